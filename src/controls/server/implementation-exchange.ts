import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command, Query, Scope } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { eachRow } from '../../kernel/progress.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import {
  carryOut,
  type ImportInput,
  type ImportResult,
  importInput,
  importOutput,
  type Planned,
  shares,
} from '../../tabular/import-result.ts'
import { dayOr } from '../../tabular/read-day.ts'
import { byColumn } from '../../tabular/read-row.ts'
import { implementationCells, implementationColumns } from '../exchange.ts'
import { implementationColumnOf, type Lookups, placeOf, readImplementation } from '../exchange-read.ts'
import { type Implementation, implementation, implementationProblems } from '../implementation.ts'
import { exchangeLookups, exchangeNames } from './exchange-lookups.ts'
import { planFor } from './planning.ts'
import { allControls, implementationsOf, visibleImplementations } from './queries.ts'

type Place = { controlId: Id | null; entityId: Id | null; serviceId: Id | null }

const keyOf = (place: Place) => `${place.controlId} ${place.entityId} ${place.serviceId}`

/** The one that a row means: that which ended on the day named, else the one that runs. */
const meant = (here: readonly Implementation[], endedOn: string): Implementation | null =>
  here.find((one) => endedOn !== '' && one.endedOn === endedOn) ??
  here.find((one) => one.endedOn === null) ??
  null

/** Reads every row against what is carried out at the place that it names; no place twice. */
async function planOf(
  ctx: Context,
  input: ImportInput,
  lookups: Lookups,
): Promise<Planned<Implementation>[]> {
  const places = input.rows.map(({ cells }) => placeOf(new Map(Object.entries(cells)), lookups))
  const existing = Map.groupBy(
    await implementationsOf(ctx, [...new Set(places.flatMap((one) => one.controlId ?? []))]),
    keyOf,
  )
  const seen = new Map<string, number>()
  const { progress } = ctx
  return eachRow(
    { progress, rows: input.rows, share: shares.read },
    ({ row, cells }, index): Planned<Implementation> => {
      const place = places[index] ?? placeOf(new Map(Object.entries(cells)), lookups)
      const key = [cells.control, cells.entity, cells.service].filter(Boolean).join(' / ')
      const endedOn = dayOr(cells.endedOn ?? '')
      const found = meant(existing.get(keyOf(place)) ?? [], endedOn)
      const before = found ? implementation.schema.parse(found) : null
      const identity = `${keyOf(place)} ${endedOn}`
      const twin = place.problems.length === 0 ? seen.get(identity) : undefined
      seen.set(identity, twin ?? row)
      if (twin !== undefined)
        return {
          ...{ row, key, before, after: null },
          problems: [fieldProblem('', 'exchange.key_twice', { row: twin })],
        }
      const given = new Map(Object.entries(cells))
      const { one, problems } = readImplementation(given, input.columns, before, place, lookups)
      return { row, key, before, after: one, problems }
    },
  )
}

/** Holds every row against the rules that a single change is held against. */
async function checked(
  ctx: Context,
  plan: readonly Planned<Implementation>[],
): Promise<Planned<Implementation>[]> {
  const controls = new Map((await allControls(ctx)).map((one) => [one.id, one]))
  const services = new Map((await allServices(ctx)).map((one) => [one.id, one]))
  return eachRow({ progress: ctx.progress, rows: plan, share: shares.among }, (one) => {
    const { before, after } = one
    if (!after) return one
    const changed = before === null || JSON.stringify(before) !== JSON.stringify(after)
    if (!changed) return one
    const retiredOn = controls.get(after.controlId)?.retiredOn ?? null
    const service = after.serviceId === null ? null : services.get(after.serviceId)
    const problems: FieldProblem[] = [
      ...one.problems,
      ...byColumn(implementationProblems(after), implementationColumnOf),
      ...(retiredOn === null ? [] : [fieldProblem('/control', 'control.retired', { day: retiredOn })]),
      ...(service && service.entityId !== after.entityId
        ? [fieldProblem('/service', 'implementation.service_elsewhere')]
        : []),
      ...(before !== null && before.endedOn !== null
        ? [fieldProblem('', 'implementation.ended', { day: before.endedOn })]
        : []),
    ]
    return { ...one, problems }
  })
}

/** The right over every entity that a row names; a file that names none that is here concerns the organisation. */
async function scopeOfRows(ctx: Context, input: ImportInput): Promise<Scope> {
  const ids = new Map((await allEntities(ctx)).map((one) => [one.key, one.id]))
  const named = [
    ...new Set(input.rows.flatMap(({ cells }) => ids.get((cells.entity ?? '').toLowerCase()) ?? [])),
  ]
  return named.length === 0 ? 'organisation' : { entities: named }
}

/** Takes implementations from a file, matched by control, entity and service, and brings the plan up to them. */
export const importImplementations: Command<Context, ImportInput, ImportResult> = {
  kind: 'command',
  noun: 'implementation',
  action: 'import',
  input: importInput,
  output: importOutput,
  scope: scopeOfRows,
  async run(ctx, input) {
    const lookups = await exchangeLookups(ctx)
    const plan = await checked(ctx, await planOf(ctx, input, lookups))
    return carryOut(ctx.progress, input, plan, implementationColumns, async (created, updated) => {
      const saved = [
        // An end is written first: it may make place for one that begins.
        ...(await saveAll(ctx, implementation, 'implementation.updated', updated, input.reason)),
        ...(await saveAll(ctx, implementation, 'implementation.created', created, input.reason)),
      ]
      await planFor(ctx, saved)
    })
  },
}

const exportInput = z.strictObject({
  /** Those of these controls only. */
  controls: z.array(idSchema).min(1).max(10_000).optional(),
})

const exportOutput = z.strictObject({ count: z.int() })

const portion = 500

/** Gives all implementations that the actor may see to `take`, ended ones too, as rows under {@link implementationColumns}. */
export const exportImplementations = (
  take: (row: string[]) => Promise<void>,
): Query<Context, z.output<typeof exportInput>, z.output<typeof exportOutput>> => ({
  kind: 'query',
  noun: 'implementation',
  action: 'read',
  input: exportInput,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, { controls }) {
    const names = await exchangeNames(ctx)
    const shown = await visibleImplementations(ctx)
    let count = 0
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const rows = await ctx.tx
        .selectFrom(rowsOf(ctx, implementation, 'i'))
        .selectAll()
        .where(shown)
        .$if(controls !== undefined, (query) => query.where('controlId', 'in', controls ?? []))
        .where('id', '>', after)
        .orderBy('id')
        .limit(portion)
        .execute()
      for (const one of rows) await take([...implementationCells(one, names).values()])
      count += rows.length
      const last = rows.at(-1)
      if (!last || rows.length < portion) return { count }
      after = last.id
    }
  },
})
