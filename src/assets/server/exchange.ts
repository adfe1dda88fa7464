import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { fieldProblem, Problem } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { eachRow } from '../../kernel/progress.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { person } from '../../people/person.ts'
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
import { type Asset, asset } from '../asset.ts'
import { type AssetColumn, assetCells, assetColumns, type Names } from '../exchange.ts'
import { assetColumnOf, keyOfRow, type Lookups, type Row, readAsset } from '../exchange-read.ts'
import { columnNamed } from '../exchange-words.ts'
import { aroundOf, circleProblems, problemsAround } from './around.ts'
import { assetsInMemory } from './current.ts'
import { refuseNeeded } from './ending.ts'
import { assetCandidates, assetFilter, assetRows } from './filter.ts'
import { scaleInForce } from './scale-queries.ts'

const people = (ctx: Context) =>
  ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .select(['id', 'email'])
    .execute()

/** What rows name, by id: three queries and the assets in memory. */
async function namesOf(ctx: Context): Promise<Names> {
  const { graph } = await assetsInMemory(ctx)
  return {
    people: new Map((await people(ctx)).map((one) => [one.id, one.email])),
    entities: new Map((await allEntities(ctx)).map((one) => [one.id, one.key])),
    services: new Map((await allServices(ctx)).map((one) => [one.id, one.key])),
    assets: new Map(graph.facts.flatMap((one) => (one ? [[one.id, one.key] as const] : []))),
  }
}

type Called = { id: Id; key: string; name: { en?: string | undefined; ja?: string | undefined } }

/** Records by key, and by name where no other has the same. */
function calledBy(all: readonly Called[]): Map<string, Id> {
  const names = all.flatMap(({ id, name }) =>
    [...new Set([name.en, name.ja])].flatMap((each) => (each ? [[each.toLowerCase(), id] as const] : [])),
  )
  const twice = new Set(
    names.filter(([name], at) => names.findIndex(([other]) => other === name) !== at).map(([name]) => name),
  )
  return new Map([
    ...names.filter(([name]) => !twice.has(name)),
    ...all.map((one) => [one.key, one.id] as const),
  ])
}

const turned = (names: ReadonlyMap<Id, string>): Map<string, Id> =>
  new Map([...names].map(([id, name]) => [name.toLowerCase(), id]))

async function lookupsOf(ctx: Context): Promise<Lookups & { assets: Map<string, Id> }> {
  const names = await namesOf(ctx)
  const entities = await allEntities(ctx)
  return {
    ...{ names, people: turned(names.people), scale: await scaleInForce(ctx) },
    assets: turned(names.assets),
    entities: calledBy(entities),
    services: calledBy(await allServices(ctx)),
    onlyEntity: entities.length === 1 ? (entities[0]?.id ?? null) : null,
    mint: () => newId(ctx.random),
  }
}

/** The columns of a file by ours; the first of two that mean the same counts. */
function columnsOf(columns: readonly string[]): Map<string, AssetColumn> {
  const found = new Map<string, AssetColumn>()
  const taken = new Set<AssetColumn>()
  for (const column of columns) {
    const named = columnNamed(column, assetColumns)
    if (named === null || taken.has(named)) continue
    taken.add(named)
    found.set(column, named)
  }
  return found
}

async function existingByKey(ctx: Context, keys: readonly string[]): Promise<Map<string, Asset>> {
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, asset, 'a'))
    .selectAll()
    .where(sql<boolean>`key = any(${keys}::text[])`)
    .execute()
  return new Map(rows.map((one) => [one.key, one]))
}

// Rows whose records are in memory together with what was read of them.
const together = 2_000

/** Reads every row against what is there; no key twice. */
async function planOf(ctx: Context, { columns: headings, rows }: ImportInput): Promise<Planned<Asset>[]> {
  const { progress } = ctx
  const columns = columnsOf(headings)
  const ours = new Set(columns.values())
  const named = (cells: ImportInput['rows'][number]['cells']): Row => ({
    columns: ours,
    cells: new Map(
      Object.entries(cells).flatMap(([column, text]): [AssetColumn, string][] => {
        const name = columns.get(column)
        return name ? [[name, text]] : []
      }),
    ),
  })
  const lookups = await lookupsOf(ctx)
  // Before any row is read: a row may depend on one further down.
  const keys = await eachRow({ progress, rows, share: 0 }, ({ cells }) => {
    const key = keyOfRow(named(cells))
    if (!lookups.assets.has(key)) lookups.assets.set(key, newId(ctx.random))
    return key
  })
  const seen = new Map<string, number>()
  const plan: Planned<Asset>[] = []
  for (let at = 0; at < rows.length; at += together) {
    const existing = await existingByKey(ctx, keys.slice(at, at + together))
    const some = rows.slice(at, at + together)
    const planned = await eachRow({ progress, rows: some, share: shares.read }, ({ row, cells }, index) => {
      const key = keys[at + index] ?? ''
      const twin = seen.get(key)
      seen.set(key, twin ?? row)
      const before = existing.get(key) ?? null
      return plannedRow({ row, key, before, twin }, named(cells), lookups)
    })
    for (const one of planned) plan.push(one)
  }
  return plan
}

type Known = { row: number; key: string; before: Asset | null; twin: number | undefined }

function plannedRow({ twin, ...known }: Known, given: Row, lookups: Lookups): Planned<Asset> {
  // Read through the schema as well, so that both sides of the comparison have their fields in one order.
  const before = known.before && asset.schema.parse(known.before)
  if (twin !== undefined)
    return {
      ...{ ...known, before, after: null },
      problems: [fieldProblem('/key', 'exchange.key_twice', { row: twin })],
    }
  const { one, problems } = readAsset(given, before, lookups)
  // Twice the same is kept once: a file that changes little of much takes half the memory.
  const after = JSON.stringify(one) === JSON.stringify(before) ? before : one
  return { ...known, before, after, problems }
}

const changes = ({ before, after }: Planned<Asset>) => after !== null && before !== after

/** Holds the rows that change something against the rules of the register, as the file would leave it. */
async function checked(ctx: Context, plan: readonly Planned<Asset>[], reason: string | null) {
  const wanted = plan.flatMap((one) => (changes(one) && one.after ? [one.after] : []))
  if (wanted.length === 0) return [...plan]
  const around = await aroundOf(ctx, wanted)
  const circle = await circleProblems(ctx, wanted)
  const needed =
    reason === null
      ? await refuseNeeded(ctx, wanted).then(
          () => null,
          (error: unknown) => {
            if (error instanceof Problem) return error
            throw error
          },
        )
      : null
  return eachRow({ progress: ctx.progress, rows: plan, share: shares.among }, (one) => {
    const { before, after } = one
    if (!after || !changes(one)) return one
    const ends = needed !== null && after.inUseTo !== null && after.inUseTo !== before?.inUseTo
    const problems = [
      ...problemsAround(after, around),
      ...(circle?.id === after.id ? [circle.problem] : []),
      ...(ends ? [fieldProblem('/inUseTo', needed.code, needed.params)] : []),
    ]
    return { ...one, problems: [...one.problems, ...byColumn(problems, assetColumnOf)] }
  })
}

/**
 * Takes assets from a file or from pasted cells, matched by key. In `apply` one faulty row refuses the file; each record
 * has one entry in the log.
 */
export const importAssets: Command<Context, ImportInput, ImportResult> = {
  kind: 'command',
  noun: 'asset',
  action: 'import',
  input: importInput,
  output: importOutput,
  scope: () => 'organisation',
  async run(ctx, input) {
    const plan = await checked(ctx, await planOf(ctx, input), input.reason)
    const ours = [...columnsOf(input.columns).keys()]
    return carryOut(ctx.progress, input, plan, ours, async (created, updated) => {
      for (const [entry, records] of [
        ['asset.created', created],
        ['asset.updated', updated],
      ] as const)
        while (records.length > 0) await saveAll(ctx, asset, entry, records.splice(0, together), input.reason)
    })
  },
}

const exportInput = z.strictObject({
  ...assetFilter,
  /** Only these, whatever the filter leaves of them. */
  ids: z.array(idSchema).min(1).max(10_000).optional(),
})

const exportOutput = z.strictObject({ count: z.int() })

/** Rows per read: an export of everything holds a piece of it at a time. */
const batch = 2_000

/** Gives what the list shows to `take`, as rows under {@link assetColumns}. Read back by {@link importAssets}. */
export const exportAssets = (
  take: (row: string[]) => Promise<void>,
): Query<Context, z.output<typeof exportInput>, z.output<typeof exportOutput>> => ({
  kind: 'query',
  noun: 'asset',
  action: 'read',
  input: exportInput,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, { ids, ...filter }) {
    const names = await namesOf(ctx)
    const chosen = ids ?? (await assetCandidates(ctx, filter))
    let count = 0
    for (let last = ''; ; ) {
      const rows = await ctx.tx
        .selectFrom(rowsOf(ctx, asset, 'a'))
        .selectAll()
        .where(assetRows(ctx, filter))
        .where('key', '>', last)
        .$if(chosen !== null, (query) => query.where(sql<boolean>`id = any(${chosen}::uuid[])`))
        .orderBy('key')
        .limit(batch)
        .execute()
      for (const one of rows) await take([...assetCells(one, names).values()])
      count += rows.length
      last = rows.at(-1)?.key ?? ''
      if (rows.length < batch) return { count }
    }
  },
})
