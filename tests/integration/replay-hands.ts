import { sql } from 'kysely'
import type { Context } from '../../src/db/context.ts'
import { reading } from '../../src/db/transaction.ts'
import type { Command } from '../../src/kernel/command.ts'
import { addDays } from '../../src/kernel/day.ts'
import type { RecordOf, RecordType } from '../../src/kernel/record.ts'
import { addPerson } from '../../src/people/server/commands.ts'
import { giveGrant } from '../../src/people/server/grant-commands.ts'
import { takeIn } from '../../src/server/evidence-intake.ts'
import { execute } from '../../src/server/execute.ts'
import type { Caller } from '../../src/server/runtime.ts'
import type { Programme } from '../support/trust-world.ts'
import { callerWith, grantAll, type World } from '../support/world.ts'
import type { Step, Work } from './replay-steps.ts'

export const today = '2023-07-31'

let counter = 0

/** A number that no step has had before. */
export const nextNumber = (): number => ++counter

export const one = <T>(items: readonly T[], at: number): T | undefined =>
  items[at % Math.max(1, items.length)]
export const words = ({ name }: Step) => ({ en: name, ja: `${name}・日本` })
export const dayOf = (step: Step) => addDays('2023-01-01', step.at % 200)
export const versionOf = ({ id, version }: { id: string; version: number }) => ({ id, version })

/** The records of a type as they are now, in the order of their ids, with the fields that a record has. */
async function recordsOf<R extends RecordType>(
  world: World,
  organisationId: string,
  type: R,
): Promise<RecordOf<R>[]> {
  const { rows } = await reading(world.database, organisationId, (tx) =>
    sql<Record<string, unknown>>`select * from ${sql.table(type.table)} order by id`.execute(tx),
  )
  // A table may have generated columns, which are no part of a record.
  const fields = Object.keys(type.schema.shape)
  return rows.map(
    (row) => type.schema.parse(Object.fromEntries(fields.map((name) => [name, row[name]]))) as RecordOf<R>,
  )
}

/** What steps do their work with: two people who may do everything, and a way to choose what to work on. */
export function hands(world: World, { home, author, reviewer }: Programme) {
  const { runtime } = world
  const { organisationId, root, system } = home
  // Evidence is collected and judged by people who are on record; the author may do everything, and still not judge.
  const own = (caller: Caller): Caller => ({
    ...caller,
    actor: { ...caller.actor, grants: [grantAll('owner')] },
  })
  const [who, other] = [own(author), own(reviewer)]
  const does = <I, O>(command: Command<Context, I, O>, input: unknown, caller = who): Promise<O> =>
    execute(runtime, caller, command, input)
  const all = <R extends RecordType>(type: R) => recordsOf(world, organisationId, type)
  /** Works on a record that `fits`; where none does, on any: what is then refused must leave nothing behind. */
  const on =
    <R extends RecordType>(
      type: R,
      fits: (record: RecordOf<R>) => boolean,
      work: (record: RecordOf<R>, step: Step) => Promise<unknown>,
    ): Work =>
    async (step) => {
      const records = await all(type)
      const chosen = one(records.filter(fits), step.at) ?? one(records, step.at)
      return chosen === undefined ? undefined : work(chosen, step)
    }
  /** Somebody new who may do anything: those who were there may have left, or lost their roles. */
  const colleague = async (step: Step): Promise<string> => {
    const { id } = await execute(runtime, system, addPerson, {
      name: words(step),
      email: `colleague${nextNumber()}@example.com`,
      ...{ entityId: null, jobTitle: null, state: 'active', accountId: null },
    })
    await does(giveGrant, { personId: id, role: 'manager', entityId: null, certificateId: null })
    return id
  }
  const callerOf = (id: string): Caller =>
    callerWith(organisationId, [grantAll('manager')], runtime.random, { id, name: 'Colleague' })
  const taken = (name: string, text: string) => {
    const bytes = (async function* () {
      yield Buffer.from(text)
    })()
    return takeIn(runtime.objects, { name, type: '', bytes }, 1e6, '/file')
  }
  return { runtime, root, system, who, other, does, all, on, colleague, callerOf, taken }
}

export type Hands = ReturnType<typeof hands>
