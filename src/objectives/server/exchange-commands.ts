import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { saveAll } from '../../db/save.ts'
import type { Command, Query, Scope } from '../../kernel/command.ts'
import { fieldProblem } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { eachRow } from '../../kernel/progress.ts'
import { entitiesById } from '../../organisation/server/queries.ts'
import { person } from '../../people/person.ts'
import { allProgrammes } from '../../programmes/server/queries.ts'
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
import { type ObjectiveNames, objectiveCells, objectiveColumns } from '../exchange.ts'
import { type ObjectiveLookups, objectiveColumnOf, readObjective } from '../exchange-read.ts'
import { type Objective, objective } from '../objective.ts'
import { standingOn } from '../state.ts'
import { problemsOfObjective } from './commands.ts'
import { readingsOf } from './queries.ts'
import { shownObjectives } from './register-queries.ts'
import { scopeOfMany } from './scope-of-many.ts'

const turned = (names: ReadonlyMap<Id, string>): Map<string, Id> =>
  new Map([...names].map(([id, name]) => [name.toLowerCase(), id]))

async function namesOf(ctx: Context): Promise<ObjectiveNames> {
  const people = [...(await everyOf(ctx, person)).values()]
  const entities = [...(await entitiesById(ctx)).values()]
  return {
    people: new Map(people.map((one) => [one.id, one.email])),
    entities: new Map(entities.map((one) => [one.id, one.key])),
    programmes: new Map((await allProgrammes(ctx)).map((one) => [one.id, one.key])),
  }
}

async function lookupsOf(ctx: Context): Promise<ObjectiveLookups> {
  const names = await namesOf(ctx)
  return {
    names,
    people: turned(names.people),
    entities: turned(names.entities),
    programmes: turned(names.programmes),
    mint: () => newId(ctx.random),
  }
}

const byKey = async (ctx: Context) =>
  new Map([...(await everyOf(ctx, objective)).values()].map((one) => [one.key, one]))

/** Reads every row against what is there, and holds it against the rules that a single change is held against. */
async function planOf(ctx: Context, { rows, columns }: ImportInput): Promise<Planned<Objective>[]> {
  const lookups = await lookupsOf(ctx)
  const existing = await byKey(ctx)
  const seen = new Map<string, number>()
  return eachRow(
    { progress: ctx.progress, rows, share: shares.readAmong },
    async ({ row, cells }): Promise<Planned<Objective>> => {
      const key = (cells.key ?? '').trim().toLowerCase()
      const twin = key === '' ? undefined : seen.get(key)
      seen.set(key, twin ?? row)
      const here = existing.get(key)
      // Read through the schema as well, so that both sides of the comparison have their fields in one order.
      const before = here ? objective.schema.parse(here) : null
      if (twin !== undefined)
        return {
          ...{ row, key, before, after: null },
          problems: [fieldProblem('/key', 'exchange.key_twice', { row: twin })],
        }
      const { one, problems } = readObjective(
        { cells: new Map(Object.entries(cells)), columns },
        before,
        lookups,
      )
      const changed = one !== null && JSON.stringify(one) !== JSON.stringify(before)
      const wrong = changed ? byColumn(await problemsOfObjective(ctx, one), objectiveColumnOf) : []
      return { row, key, before, after: one, problems: [...problems, ...wrong] }
    },
  )
}

/** Entities that the rows name and those of the objectives that they change; a row without any concerns all of them. */
async function scopeOfRows(ctx: Context, { rows, columns }: ImportInput): Promise<Scope> {
  const existing = await byKey(ctx)
  const ids = new Map([...(await entitiesById(ctx)).values()].map((one) => [one.key, one.id]))
  return scopeOfMany(
    rows.flatMap(({ cells }) => {
      const before = existing.get((cells.key ?? '').trim().toLowerCase())
      if (!columns.includes('entities')) return [before ?? { entityIds: [] }]
      const entityIds = (cells.entities ?? '')
        .split(/[,、，;\n]/)
        .flatMap((key) => ids.get(key.trim().toLowerCase()) ?? [])
      return [...(before ? [before] : []), { entityIds }]
    }),
  )
}

/** Takes objectives from a file, matched by key: in `apply` one faulty row refuses the file. */
export const importObjectives: Command<Context, ImportInput, ImportResult> = {
  kind: 'command',
  noun: 'objective',
  action: 'import',
  input: importInput,
  output: importOutput,
  scope: scopeOfRows,
  async run(ctx, input) {
    return carryOut(
      ctx.progress,
      input,
      await planOf(ctx, input),
      objectiveColumns,
      async (created, updated) => {
        await saveAll(ctx, objective, 'objective.created', created, input.reason)
        await saveAll(ctx, objective, 'objective.updated', updated, input.reason)
      },
    )
  },
}

const exportInput = z.strictObject({
  /** Only these, of those that the actor may see. */
  ids: z.array(idSchema).min(1).max(10_000).optional(),
})

/** Gives the objectives that the actor may see to `take`, as rows under {@link objectiveColumns}; `importObjectives` reads them. */
export const exportObjectives = (
  take: (row: string[]) => Promise<void>,
): Query<Context, z.output<typeof exportInput>, { count: number }> => ({
  kind: 'query',
  noun: 'objective',
  action: 'read',
  input: exportInput,
  output: z.strictObject({ count: z.int() }),
  scope: () => 'filtered',
  async run(ctx, { ids }) {
    const wanted = ids === undefined ? null : new Set(ids)
    const all = (await shownObjectives(ctx)).filter((one) => wanted === null || wanted.has(one.id))
    const names = await namesOf(ctx)
    const readings = await readingsOf(
      ctx,
      all.map((one) => one.id),
    )
    for (const one of all) {
      const stands = standingOn(one, readings.get(one.id) ?? [], ctx.asOf)
      await take([...objectiveCells(one, names, stands).values()])
    }
    return { count: all.length }
  },
})
