import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command, Scope } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
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
import { type Certificate, certificate } from '../certificate.ts'
import { exchangeColumns } from '../exchange.ts'
import { byColumn, keysIn, type Lookups, readRow } from '../exchange-read.ts'
import { certificateProblems } from '../rules.ts'
import { mayName, predecessorsKnown } from './succession-queries.ts'

type PlannedRow = Planned<Certificate>

const keysOf = (input: ImportInput): string[] => [...new Set(input.rows.map(({ cells }) => cells.key ?? ''))]

/** Every certificate that a row is about or names as a predecessor. */
const namedKeys = (input: ImportInput): string[] => [
  ...new Set([...keysOf(input), ...input.rows.flatMap(({ cells }) => keysIn(cells.predecessors ?? ''))]),
]

const existingOf = (ctx: Context, keys: readonly string[]): Promise<Certificate[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, certificate, 'c'))
    .selectAll()
    .where(sql<boolean>`key = any(${keys}::text[])`)
    .execute()

async function lookupsOf(ctx: Context, input: ImportInput): Promise<Lookups> {
  const [entities, services] = [await allEntities(ctx), await allServices(ctx)]
  const named = await existingOf(ctx, namedKeys(input))
  const certificateIds = new Map(named.map((one) => [one.key, one.id]))
  for (const key of keysOf(input)) if (!certificateIds.has(key)) certificateIds.set(key, newId(ctx.random))
  const followed = await predecessorsKnown(
    ctx,
    named.flatMap((one) => one.predecessors),
  )
  return {
    certificateIds,
    names: {
      entities: new Map(entities.map((one) => [one.id, one.key])),
      services: new Map(services.map((one) => [one.id, one.key])),
      certificates: new Map([...followed.values()].map((one) => [one.id, one.key])),
    },
    entityIds: new Map(entities.map((one) => [one.key, one.id])),
    serviceIds: new Map(services.map((one) => [one.key, one.id])),
    kindOf: (scheme) => ctx.catalogue.schemes.get(scheme)?.kind,
    mint: () => newId(ctx.random),
  }
}

/** Reads every row against what is there: the shape of each, and no key twice. Three queries, however many rows. */
async function planOf(ctx: Context, input: ImportInput, lookups: Lookups): Promise<PlannedRow[]> {
  const existing = new Map((await existingOf(ctx, keysOf(input))).map((one) => [one.key, one]))
  const seen = new Map<string, number>()
  const { progress } = ctx
  return eachRow({ progress, rows: input.rows, share: shares.read }, ({ row, cells }): PlannedRow => {
    const key = cells.key ?? ''
    const twin = seen.get(key)
    seen.set(key, twin ?? row)
    // Read through the schema as well, so that both sides of the comparison have their fields in one order.
    const found = existing.get(key)
    const before = found ? certificate.schema.parse(found) : null
    if (twin !== undefined && key !== '') {
      const problems = [fieldProblem('/key', 'import.key_twice', { row: twin })]
      return { row, key, before, after: null, problems }
    }
    const { one, problems } = readRow(new Map(Object.entries(cells)), input.columns, before, lookups)
    return { row, key, before, after: one, problems }
  })
}

const numberKey = (one: Pick<Certificate, 'scheme' | 'number'>) =>
  `${one.scheme}\n${one.number?.toUpperCase() ?? ''}`

/** Numbers that another certificate has: one in the file, or one in the register that the file does not change. */
async function numberProblems(
  ctx: Context,
  plan: readonly PlannedRow[],
): Promise<ReadonlyMap<PlannedRow, FieldProblem>> {
  const wanted = plan.filter((one) => one.after?.number)
  const numbers = [...new Set(wanted.map((one) => one.after?.number?.toUpperCase() ?? ''))]
  const stored = await ctx.tx
    .selectFrom(rowsOf(ctx, certificate, 'c'))
    .select(['id', 'scheme', 'number'])
    .where(sql<boolean>`upper(number) = any(${numbers}::text[])`)
    .execute()
  const inFile = new Set(plan.map((one) => one.before?.id))
  const taken = new Set(stored.filter((one) => !inFile.has(one.id)).map(numberKey))
  const found = new Map<PlannedRow, FieldProblem>()
  for (const one of wanted) {
    if (!one.after) continue
    const key = numberKey(one.after)
    if (taken.has(key))
      found.set(one, fieldProblem('/number', 'certificate.number_taken', { number: one.after.number ?? '' }))
    taken.add(key)
  }
  return found
}

/** The certificates that the rows may name: those of the file as it leaves them, and those of the register. */
async function certificatesAround(ctx: Context, plan: readonly PlannedRow[]) {
  const inFile = plan.flatMap(({ after }) => (after ? [after] : []))
  const known = await predecessorsKnown(
    ctx,
    inFile.flatMap((one) => one.predecessors),
  )
  const before = new Map(plan.flatMap((one) => (one.before ? [[one.before.id, one.before]] : [])))
  const ours = new Map(inFile.map((one) => [one.id, one]))
  return (one: Certificate) => ({
    get(id: Id) {
      const there = known.get(id)
      const may = there && mayName(ctx, one, before.get(one.id) ?? null, there)
      return ours.get(id) ?? (may ? there : undefined)
    },
  })
}

/** Holds every row that can be read against the rules of the register. */
async function checked(ctx: Context, plan: readonly PlannedRow[], lookups: Lookups): Promise<PlannedRow[]> {
  const around = await certificatesAround(ctx, plan)
  const entities = new Set(lookups.names.entities.keys())
  const services = new Set(lookups.names.services.keys())
  const numbers = await numberProblems(ctx, plan)
  return eachRow({ progress: ctx.progress, rows: plan, share: shares.among }, (one) => {
    if (!one.after) return one
    const certificates = one.after.predecessors.length > 0 ? around(one.after) : new Map()
    const surroundings = { catalogue: ctx.catalogue, entities, services, certificates }
    const broken = byColumn(certificateProblems(one.after, surroundings), one.after)
    const number = numbers.get(one)
    return { ...one, problems: [...one.problems, ...broken, ...(number ? [number] : [])] }
  })
}

/**
 * The right over every entity that a row names or that the certificate behind it has. A certificate without holders,
 * there already or to be made, belongs to the organisation as a whole: it cannot be slipped in beside others.
 */
async function scopeOfRows(ctx: Context, input: ImportInput): Promise<Scope> {
  const ids = new Map((await allEntities(ctx)).map((one) => [one.key, one.id]))
  const named = input.rows.map(({ cells }) =>
    (cells.holders ?? '').split(/[;\n]/).flatMap((text) => ids.get(text.trim().split(/\s/)[0] ?? '') ?? []),
  )
  const existing = await existingOf(ctx, keysOf(input))
  const known = new Set(existing.map((one) => one.key))
  const unheld =
    existing.some((one) => one.holders.length === 0) ||
    input.rows.some(({ cells }, at) => !known.has(cells.key ?? '') && named[at]?.length === 0)
  if (unheld) return 'organisation'
  const held = existing.flatMap((one) => one.holders.map((holder) => holder.entityId))
  return { entities: [...new Set([...named.flat(), ...held])] }
}

/**
 * Takes certificates from a file, matched by key: new ones are registered, changed ones updated. In `dry-run` the
 * answer is all that happens; in `apply` one faulty row refuses the file. The same file twice changes nothing.
 */
export const importCertificates: Command<Context, ImportInput, ImportResult> = {
  kind: 'command',
  noun: 'certificate',
  action: 'import',
  input: importInput,
  output: importOutput,
  scope: scopeOfRows,
  async run(ctx, input) {
    const lookups = await lookupsOf(ctx, input)
    const plan = await checked(ctx, await planOf(ctx, input, lookups), lookups)
    return carryOut(ctx.progress, input, plan, exchangeColumns, async (created, updated) => {
      await saveAll(ctx, certificate, 'certificate.registered', created, input.reason)
      await saveAll(ctx, certificate, 'certificate.updated', updated, input.reason)
    })
  },
}
