import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import type { Command, Scope } from '../../kernel/command.ts'
import { fieldProblem } from '../../kernel/error.ts'
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
import { byColumn, type ReadRecord } from '../../tabular/read-row.ts'
import { issueColumns, type Names, obligationColumns, partyColumns } from '../exchange.ts'
import { contextColumnOf, type Lookups, readIssue, readObligation, readParty } from '../exchange-read.ts'
import type { Issue } from '../issue.ts'
import type { Kept } from '../kept.ts'
import type { Obligation } from '../obligation.ts'
import { type Party, party } from '../party.ts'
import { issueNoun, obligationNoun, partyNoun } from './commands.ts'
import { type KeptNoun, problemsOf, scopeOfEntities } from './kept-commands.ts'

const keysOf = (all: ReadonlyMap<Id, { key: string }>) => new Map([...all].map(([id, one]) => [id, one.key]))

const turned = (names: ReadonlyMap<Id, string>): Map<string, Id> =>
  new Map([...names].map(([id, name]) => [name.toLowerCase(), id]))

/** What rows name, by id: four queries, however many rows. */
export async function namesOf(ctx: Context): Promise<Names> {
  const people = [...(await everyOf(ctx, person)).values()]
  return {
    people: new Map(people.map((one) => [one.id, one.email])),
    entities: keysOf(await entitiesById(ctx)),
    services: keysOf(await servicesById(ctx)),
    parties: keysOf(await everyOf(ctx, party)),
  }
}

async function lookupsOf(ctx: Context): Promise<Lookups> {
  const names = await namesOf(ctx)
  return {
    names,
    people: turned(names.people),
    entities: turned(names.entities),
    services: turned(names.services),
    parties: turned(names.parties),
    mint: () => newId(ctx.random),
  }
}

type Exchanged<T extends Kept, Input> = {
  noun: KeptNoun<T, Input>
  columns: readonly string[]
  read(
    given: { cells: ReadonlyMap<string, string>; columns: readonly string[] },
    before: T | null,
    lookups: Lookups,
  ): ReadRecord<T>
}

/** Reads every row against what is there, and holds it against the rules that a single change is held against. */
async function planOf<T extends Kept, Input>(
  ctx: Context,
  { noun, read }: Exchanged<T, Input>,
  input: ImportInput,
): Promise<Planned<T>[]> {
  const lookups = await lookupsOf(ctx)
  const existing = new Map([...(await noun.every(ctx)).values()].map((one) => [one.key, one]))
  const seen = new Map<string, number>()
  const { progress } = ctx
  return eachRow(
    { progress, rows: input.rows, share: shares.readAmong },
    async ({ row, cells }): Promise<Planned<T>> => {
      const key = (cells.key ?? '').toLowerCase()
      const twin = key === '' ? undefined : seen.get(key)
      seen.set(key, twin ?? row)
      const found = existing.get(key)
      // Read through the schema as well, so that both sides of the comparison have their fields in one order.
      const before = found ? noun.schema.parse(found) : null
      if (twin !== undefined) {
        const problems = [fieldProblem('/key', 'exchange.key_twice', { row: twin })]
        return { row, key, before, after: null, problems }
      }
      const given = { cells: new Map(Object.entries(cells)), columns: input.columns }
      const { one, problems } = read(given, before, lookups)
      const changed = one !== null && JSON.stringify(one) !== JSON.stringify(before)
      const wrong = one && changed ? byColumn(await problemsOf(ctx, noun, one), contextColumnOf) : []
      return { row, key, before, after: one, problems: [...problems, ...wrong] }
    },
  )
}

/** Entities that the rows name and those of the entries that they change; a row without any concerns all of them. */
async function scopeOfRows<T extends Kept, Input>(
  ctx: Context,
  { noun }: Exchanged<T, Input>,
  input: ImportInput,
): Promise<Scope> {
  const existing = new Map([...(await noun.every(ctx)).values()].map((one) => [one.key, one.entityIds]))
  const ids = new Map([...(await entitiesById(ctx)).values()].map((one) => [one.key, one.id]))
  const lists = input.rows.flatMap(({ cells }): (readonly Id[])[] => {
    const before = existing.get((cells.key ?? '').toLowerCase())
    const named = (cells.entities ?? '').split(/[,、，;\n]/).flatMap((key) => ids.get(key.trim()) ?? [])
    if (!input.columns.includes('entities')) return [before ?? []]
    return before ? [before, named] : [named]
  })
  // Not one argument for each row: there may be more rows than a call can have arguments.
  return scopeOfEntities(lists.some((ids) => ids.length === 0) ? [] : [...new Set(lists.flat())])
}

/** Takes entries from a file, matched by key: in `apply` one faulty row refuses the file. */
const importOf = <T extends Kept, Input>(
  one: Exchanged<T, Input>,
): Command<Context, ImportInput, ImportResult> => ({
  kind: 'command',
  noun: one.noun.noun,
  action: 'import',
  input: importInput,
  output: importOutput,
  scope: (ctx, input) => scopeOfRows(ctx, one, input),
  async run(ctx, input) {
    const plan = await planOf(ctx, one, input)
    return carryOut(ctx.progress, input, plan, one.columns, async (created, updated) => {
      await one.noun.save(ctx, `${one.noun.noun}.created`, created, input.reason)
      await one.noun.save(ctx, `${one.noun.noun}.updated`, updated, input.reason)
    })
  },
})

export const importParties = importOf<Party, Omit<Party, 'id' | 'version' | 'reviews' | 'former'>>({
  ...{ noun: partyNoun, columns: partyColumns, read: readParty },
})
export const importIssues = importOf<Issue, Omit<Issue, 'id' | 'version' | 'reviews' | 'former'>>({
  ...{ noun: issueNoun, columns: issueColumns, read: readIssue },
})
export const importObligations = importOf<
  Obligation,
  Omit<Obligation, 'id' | 'version' | 'reviews' | 'former'>
>({
  ...{ noun: obligationNoun, columns: obligationColumns, read: readObligation },
})
