import { asset } from '../../assets/asset.ts'
import { issue } from '../../context/issue.ts'
import { obligation } from '../../context/obligation.ts'
import { control } from '../../controls/control.ts'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { saveAll } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, Problem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { eachRow } from '../../kernel/progress.ts'
import { entitiesById, servicesById } from '../../organisation/server/queries.ts'
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
import { type Names, riskColumns } from '../exchange.ts'
import { type Lookups, readRisk, riskColumnOf } from '../exchange-read.ts'
import { writtenProblems } from '../history.ts'
import { type Risk, risk } from '../risk.ts'
import { lockCodes } from './commands.ts'
import { allMethods } from './queries.ts'
import { personProblems } from './references.ts'

const keysOf = (all: ReadonlyMap<Id, { key: string }>) => new Map([...all].map(([id, one]) => [id, one.key]))

const turned = (names: ReadonlyMap<Id, string>): Map<string, Id> =>
  new Map([...names].map(([id, name]) => [name.toLowerCase(), id]))

/** What rows name, by id: seven queries, however many rows. */
export async function namesOf(ctx: Context): Promise<Names> {
  const people = [...(await everyOf(ctx, person)).values()]
  const controls = [...(await everyOf(ctx, control)).values()]
  return {
    people: new Map(people.map((one) => [one.id, one.email])),
    controls: new Map(controls.map((one) => [one.id, one.code])),
    entities: keysOf(await entitiesById(ctx)),
    services: keysOf(await servicesById(ctx)),
    assets: keysOf(await everyOf(ctx, asset)),
    issues: keysOf(await everyOf(ctx, issue)),
    obligations: keysOf(await everyOf(ctx, obligation)),
  }
}

async function lookupsOf(ctx: Context): Promise<Lookups> {
  const names = await namesOf(ctx)
  return {
    ...{ people: turned(names.people), entities: turned(names.entities), services: turned(names.services) },
    ...{ assets: turned(names.assets), issues: turned(names.issues) },
    obligations: turned(names.obligations),
    methods: await allMethods(ctx),
    personId: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    mint: () => newId(ctx.random),
  }
}

/** What the register refuses, whatever a row says. */
async function forbidden(ctx: Context, before: Risk | null, after: Risk): Promise<FieldProblem[]> {
  const last = after.assessments.at(-1)
  return [
    ...(before?.closed ? [fieldProblem('', 'risk.closed', { day: before.closed.on })] : []),
    ...byColumn(writtenProblems(after, ctx.today), riskColumnOf),
    ...byColumn(await personProblems(ctx, '/ownerId', after.ownerId, before?.ownerId ?? null), riskColumnOf),
    ...(last && last.on > ctx.today
      ? [fieldProblem('/assessedOn', 'risk.in_future', { day: last.on, today: ctx.today })]
      : []),
  ]
}

async function planOf(ctx: Context, input: ImportInput): Promise<Planned<Risk>[]> {
  const lookups = await lookupsOf(ctx)
  const existing = new Map(
    [...(await everyOf(ctx, risk)).values()].map((one) => [one.code.toLowerCase(), one]),
  )
  const seen = new Map<string, number>()
  const { progress } = ctx
  return eachRow(
    { progress, rows: input.rows, share: shares.readAmong },
    async ({ row, cells }): Promise<Planned<Risk>> => {
      const key = (cells.code ?? '').trim()
      const twin = key === '' ? undefined : seen.get(key.toLowerCase())
      seen.set(key.toLowerCase(), twin ?? row)
      const found = existing.get(key.toLowerCase())
      // Read through the schema as well, so that both sides of the comparison have their fields in one order.
      const before = found ? risk.schema.parse(found) : null
      if (twin !== undefined) {
        const problems = [fieldProblem('/code', 'exchange.key_twice', { row: twin })]
        return { row, key, before, after: null, problems }
      }
      const given = { cells: new Map(Object.entries(cells)), columns: input.columns }
      const { one, problems } = readRisk(given, before, lookups)
      const changed = one !== null && JSON.stringify(one) !== JSON.stringify(before)
      const wrong = one && changed ? await forbidden(ctx, before, one) : []
      return { row, key, before, after: one, problems: [...problems, ...wrong] }
    },
  )
}

/** Every entity that a row is in or goes to: whoever imports must be allowed to at each of them. */
function refuseElsewhere(ctx: Context, plan: readonly Planned<Risk>[]): void {
  const entities = plan.flatMap(({ before, after }) => [before?.entityId, after?.entityId])
  const all = [...new Set(entities.filter((id) => id !== undefined))]
  if (all.length > 0 && !ctx.can('risk.import', { entities: all }))
    throw new Problem('forbidden', 'access.forbidden', { permission: 'risk.import' })
}

/**
 * Takes risks from a file, matched by code: in `apply` one faulty row refuses the file. A file identifies and assesses;
 * it treats, accepts and closes nothing.
 */
export const importRisks: Command<Context, ImportInput, ImportResult> = {
  kind: 'command',
  noun: 'risk',
  action: 'import',
  input: importInput,
  output: importOutput,
  async scope(ctx, input) {
    const ids = new Map([...(await entitiesById(ctx)).values()].map((one) => [one.key, one.id]))
    const named = input.rows.flatMap(({ cells }) => ids.get((cells.entity ?? '').trim()) ?? [])
    return named.length > 0 ? { entities: [...new Set(named)] } : 'organisation'
  },
  async run(ctx, input) {
    await lockCodes(ctx)
    const plan = await planOf(ctx, input)
    refuseElsewhere(ctx, plan)
    return carryOut(ctx.progress, input, plan, riskColumns, async (created, updated) => {
      await saveAll(ctx, risk, 'risk.identified', created, input.reason)
      await saveAll(ctx, risk, 'risk.updated', updated, input.reason)
    })
  },
}
