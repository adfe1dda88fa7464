import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command, Query, Scope } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { eachRow } from '../../kernel/progress.ts'
import { allEntities } from '../../organisation/server/queries.ts'
import {
  carryOut,
  type ImportInput,
  type ImportResult,
  importInput,
  importOutput,
  type Planned,
  shares,
} from '../../tabular/import-result.ts'
import { byColumn } from '../../tabular/read-row.ts'
import { type Evidence, evidence } from '../evidence.ts'
import { evidenceCells, evidenceColumns } from '../exchange.ts'
import { dayText } from '../exchange-links.ts'
import { atSaidDays, evidenceColumnOf, readEvidence } from '../exchange-read.ts'
import { contentProblems, timeProblems } from '../rules.ts'
import { stateOn } from '../state.ts'
import { shownTitle, wordProblems } from '../word-cards.ts'
import { evidenceFilter, evidenceRows } from './conditions.ts'
import { useFiles } from './exchange-files.ts'
import { type ExchangeLookups, exchangeBase, exchangeLookups, namesOf } from './exchange-lookups.ts'

type Cells = Readonly<Record<string, string>>

/** What a row without an id is recognised by: its place, its days and its title. */
const nameOf = (entity: string, from: string, to: string, collected: string, title: string) =>
  JSON.stringify([entity, from, to, collected, title])

const nameOfItem = (one: Evidence) =>
  nameOf(one.entityId, one.aboutFrom, one.aboutTo, one.collectedOn, one.title)

const trimmed = (cells: Cells, column: string) => (cells[column] ?? '').trim()

function nameOfRow(cells: Cells, entities: ReadonlyMap<string, Id>): string {
  const from = dayText(trimmed(cells, 'aboutFrom'))
  const to = dayText(trimmed(cells, 'aboutTo')) || from
  const entity = entities.get(trimmed(cells, 'entity').toLowerCase()) ?? ''
  const collected = dayText(trimmed(cells, 'collectedOn')) || to
  return nameOf(entity, from, to, collected, trimmed(cells, 'title'))
}

/** Items that rows may mean, by id or by title, of entities whose evidence the actor may import. */
async function mentioned(ctx: Context, rows: readonly Cells[]): Promise<Evidence[]> {
  const ids = rows.map((cells) => trimmed(cells, 'id').toLowerCase())
  const known = ids.filter((id) => idSchema.safeParse(id).success)
  const titles = [...new Set(rows.map((cells) => trimmed(cells, 'title')))].filter(Boolean)
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, evidence, 'e'))
    .selectAll()
    .where(sql<boolean>`(id = any(${known}::uuid[]) or title = any(${titles}::text[]))`)
    .execute()
  return found.flatMap((one) =>
    ctx.can('evidence.import', { entities: [one.entityId] }) ? [evidence.schema.parse(one)] : [],
  )
}

/** The item that a row is about: by its id, else the one of its name that stands. */
function matcher(existing: readonly Evidence[], entities: ReadonlyMap<string, Id>) {
  const byId = new Map(existing.map((one) => [one.id, one]))
  const replaced = new Set(existing.flatMap((one) => (one.withdrawn === null ? (one.replaces ?? []) : [])))
  const byName = Map.groupBy(existing, nameOfItem)
  return (cells: Cells): { before: Evidence | null; several: boolean } => {
    const named = byId.get(trimmed(cells, 'id').toLowerCase())
    if (named) return { before: named, several: false }
    const all = byName.get(nameOfRow(cells, entities)) ?? []
    const standing = all.filter((one) => one.withdrawn === null && !replaced.has(one.id))
    const [only = null, ...others] = standing.length > 0 ? standing : all
    return { before: only, several: others.length > 0 }
  }
}

/** Reads every row against what is there; no item twice. */
function planOf(
  { progress }: Context,
  { rows }: ImportInput,
  existing: readonly Evidence[],
  lookups: ExchangeLookups,
): Promise<Planned<Evidence>[]> {
  const match = matcher(existing, lookups.entities)
  const seen = new Map<string, number>()
  return eachRow({ progress, rows, share: shares.read }, ({ row, cells }) => {
    const { before, several } = match(cells)
    const key = shownTitle(trimmed(cells, 'title') || (before?.title ?? ''))
    const refused = (code: string, params: Record<string, number>): Planned<Evidence> => ({
      row,
      key,
      before,
      after: null,
      problems: [fieldProblem('', code, params)],
    })
    if (several) return refused('evidence.several', {})
    const name = before?.id ?? nameOfRow(cells, lookups.entities)
    const twin = seen.get(name)
    seen.set(name, twin ?? row)
    if (twin !== undefined) return refused('exchange.key_twice', { row: twin })
    const { one, problems } = readEvidence(new Map(Object.entries(cells)), before, lookups)
    return { row, key, before, after: one, problems }
  })
}

/** Links that a row adds: whoever says that evidence shows something must answer for the place. */
function linkProblems(ctx: Context, { before, after }: Planned<Evidence>, lookups: ExchangeLookups) {
  if (!after) return []
  const may = (entityId: Id | null) => entityId !== null && ctx.can('evidence.link', { entities: [entityId] })
  const check = (column: string, ids: readonly Id[], old: readonly Id[], entityOf: (id: Id) => Id | null) =>
    ids.some((id) => !old.includes(id) && !may(entityOf(id)))
      ? [fieldProblem(`/${column}`, 'evidence.entity_elsewhere')]
      : []
  const ofTask = (id: Id) => lookups.entityOf(lookups.implementationOf(id) ?? '')
  return [
    ...check('controls', after.implementationIds, before?.implementationIds ?? [], lookups.entityOf),
    ...check('tasks', after.occurrenceIds, before?.occurrenceIds ?? [], ofTask),
    ...check('assets', after.assetIds, before?.assetIds ?? [], lookups.assetEntity),
  ]
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** What a file may not do to an item, whatever its rows say. */
function changeProblems(input: ImportInput, before: Evidence, after: Evidence): FieldProblem[] {
  if (same(before, after)) return []
  if (before.disposed) return [fieldProblem('', 'evidence.disposed', { day: before.disposed.on })]
  if (before.withdrawn) return [fieldProblem('', 'evidence.withdrawn', { day: before.withdrawn.on })]
  const [old, now] = [before.retainUntil, after.retainUntil]
  // A rehearsal asks for no reason: it is given with the decision.
  const shorter = old !== null && now !== null && now < old && input.reason === null
  return shorter && input.mode === 'apply'
    ? [fieldProblem('/retainUntil', 'evidence.retention_shorter', { day: old })]
    : []
}

/** Holds every row against the rules that a single item is held against. */
function checked(
  ctx: Context,
  input: ImportInput,
  plan: readonly Planned<Evidence>[],
  lookups: ExchangeLookups,
): Promise<Planned<Evidence>[]> {
  return eachRow({ progress: ctx.progress, rows: plan, share: shares.among }, (one) => {
    const { before, after } = one
    if (!after) return one
    const own = before
      ? changeProblems(input, before, after)
      : byColumn(
          [...timeProblems(after, ctx.today), ...contentProblems(after), ...wordProblems(after)],
          evidenceColumnOf,
        )
    return { ...one, problems: [...one.problems, ...own, ...linkProblems(ctx, one, lookups)] }
  })
}

/** The right over every entity that a row names; a file that names none that is here concerns the organisation. */
async function scopeOfRows(ctx: Context, input: ImportInput): Promise<Scope> {
  const ids = new Map((await allEntities(ctx)).map((one) => [one.key, one.id]))
  const named = new Set(
    input.rows.flatMap(({ cells }) => ids.get(trimmed(cells, 'entity').toLowerCase()) ?? []),
  )
  return named.size === 0 ? 'organisation' : { entities: [...named] }
}

/**
 * Takes an index of evidence from a file. Rows are matched by id, else by place, days and title; what is new is added and
 * awaits review, what is here gets the links and the end of retention that its row says.
 */
export const importEvidence: Command<Context, ImportInput, ImportResult> = {
  kind: 'command',
  noun: 'evidence',
  action: 'import',
  input: importInput,
  output: importOutput,
  scope: scopeOfRows,
  async run(ctx, input) {
    const rows = input.rows.map(({ cells }) => cells)
    const existing = await mentioned(ctx, rows)
    const lookups = await exchangeLookups(ctx, rows, existing)
    const read = await planOf(ctx, input, existing, lookups)
    const plan = (await checked(ctx, input, read, lookups)).map((one, index) => ({
      ...one,
      problems: atSaidDays(one.problems, new Map(Object.entries(rows[index] ?? {}))),
    }))
    return carryOut(ctx.progress, input, plan, evidenceColumns, async (created, updated) => {
      await useFiles(
        ctx,
        lookups.files,
        created.flatMap((one) => one.files.map((file) => file.digest)),
      )
      const kept = new Map(existing.map((one) => [one.id, one.retainUntil]))
      const retained = (one: Evidence) => kept.get(one.id) !== one.retainUntil
      const { reason } = input
      await saveAll(ctx, evidence, 'evidence.added', created, reason)
      await saveAll(ctx, evidence, 'evidence.retained', updated.filter(retained), reason)
      await saveAll(
        ctx,
        evidence,
        'evidence.linked',
        updated.filter((one) => !retained(one)),
        reason,
      )
    })
  },
}

const exportInput = z.strictObject({
  ...evidenceFilter,
  /** Only these, whatever the filter leaves of them. */
  ids: z.array(idSchema).min(1).max(10_000).optional(),
})

const exportOutput = z.strictObject({ count: z.int() })

const portion = 500

/** Gives what the register shows to `take`, the newest first, as rows under {@link evidenceColumns}; `importEvidence` reads them. */
export const exportEvidence = (
  take: (row: string[]) => Promise<void>,
): Query<Context, z.output<typeof exportInput>, z.output<typeof exportOutput>> => ({
  kind: 'query',
  noun: 'evidence',
  action: 'read',
  input: exportInput,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, { ids, ...filter }) {
    const base = await exchangeBase(ctx)
    const shown = await evidenceRows(ctx, filter)
    let count = 0
    for (let last: Evidence | null = null; ; ) {
      const after: Evidence | null = last
      const rows: Evidence[] = await ctx.tx
        .selectFrom(rowsOf(ctx, evidence, 'r'))
        .selectAll()
        .where(shown)
        .$if(ids !== undefined, (query) => query.where(sql<boolean>`id = any(${ids}::uuid[])`))
        .$if(after !== null, (query) =>
          query.where(sql<boolean>`(about_to, id) < (${after?.aboutTo}::date, ${after?.id}::uuid)`),
        )
        .orderBy('aboutTo', 'desc')
        .orderBy('id', 'desc')
        .limit(portion)
        .execute()
      const names = await namesOf(ctx, base, rows)
      for (const one of rows) await take([...evidenceCells(one, names, stateOn(one, ctx.asOf)).values()])
      count += rows.length
      last = rows.at(-1) ?? null
      if (last === null || rows.length < portion) return { count }
    }
  },
})
