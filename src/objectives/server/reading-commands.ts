import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { save, saveAll } from '../../db/save.ts'
import type { Command, Scope } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { eachRow } from '../../kernel/progress.ts'
import {
  carryOut,
  type ImportInput,
  type ImportResult,
  importInput,
  importOutput,
  type Planned,
  shares,
} from '../../tabular/import-result.ts'
import { type Objective, objective } from '../objective.ts'
import { type Reading, reading } from '../reading.ts'
import { type ReadingColumn, readingColumns, readReading } from '../reading-exchange.ts'
import { readingProblems } from '../rules.ts'
import { countingOn } from '../state.ts'
import { scopeOfObjective } from './commands.ts'
import { findObjective, readingsOf } from './queries.ts'
import { scopeOfMany } from './scope-of-many.ts'

const actorId = (ctx: Context): Id | null => (ctx.actor.kind === 'person' ? ctx.actor.id : null)

const addInput = reading.schema
  .pick({ on: true, value: true, source: true, note: true, replaces: true })
  .extend({ id: idSchema })

/** Appends a value of an objective's measure. Nothing read is changed: a correction names what it replaces. */
export const addReading: Command<Context, z.output<typeof addInput>, Reading> = {
  kind: 'command',
  noun: 'reading',
  action: 'add',
  input: addInput,
  output: reading.schema,
  scope: async (ctx, { id }) => scopeOfObjective(await findObjective(ctx, id)),
  async run(ctx, { id, ...input }) {
    const of = await findObjective(ctx, id)
    const others = (await readingsOf(ctx, [id])).get(id) ?? []
    const added: Reading = {
      ...input,
      ...{ id: newId(ctx.random), version: 0, objectiveId: id, readById: actorId(ctx) },
    }
    refuseInvalid(readingProblems(added, others, of, ctx.today))
    return save(ctx, reading, input.replaces === null ? 'reading.added' : 'reading.corrected', added)
  },
}

type Row = Planned<Reading>

/** Reads every row against the objectives and the values that are there; one value for a day. */
async function planOf(ctx: Context, input: ImportInput): Promise<Row[]> {
  const objectives = new Map([...(await everyOf(ctx, objective)).values()].map((one) => [one.key, one]))
  const here = await readingsOf(
    ctx,
    [...objectives.values()].map((one) => one.id),
  )
  const counting = new Map([...here].map(([id, all]) => [id, countingOn(all, '9999-12-31')]))
  const seen = new Map<string, number>()
  const { progress } = ctx
  return eachRow({ progress, rows: input.rows, share: shares.readAmong }, ({ row, cells }): Row => {
    const given = new Map(Object.entries(cells)) as ReadonlyMap<ReadingColumn, string>
    const key = `${given.get('objective') ?? ''} ${given.get('on') ?? ''}`
    const of = objectives.get((given.get('objective') ?? '').toLowerCase())
    const read = readReading(given, of?.id ?? null, newId(ctx.random), actorId(ctx))
    if (!read.one || !of) return { row, key, before: null, after: null, problems: read.problems }
    // By what it means: two rows may write one day in two ways.
    const meant = `${of.id} ${read.one.on}`
    const twin = seen.get(meant)
    seen.set(meant, twin ?? row)
    if (twin !== undefined) return { ...{ row, key, before: null, after: null }, problems: [twice(twin)] }
    return judged(ctx, { row, key, of, one: read.one, present: counting.get(of.id) ?? [] })
  })
}

const twice = (row: number) => fieldProblem('/on', 'reading.day_twice', { row })

type Judged = { row: number; key: string; of: Objective; one: Reading; present: readonly Reading[] }

function judged(ctx: Context, { row, key, of, one, present }: Judged): Row {
  const before = present.find((each) => each.on === one.on)
  if (before && before.value === one.value) {
    const same = reading.schema.parse(before)
    return { row, key, before: same, after: same, problems: [] }
  }
  const problems: FieldProblem[] = before
    ? [fieldProblem('/value', 'reading.differs', { before: before.value })]
    : readingProblems(one, present, of, ctx.today)
  return { row, key, before: null, after: one, problems }
}

/** The right over every objective that a row names; a file that names none that is here concerns the organisation. */
async function scopeOfRows(ctx: Context, input: ImportInput): Promise<Scope> {
  const objectives = new Map([...(await everyOf(ctx, objective)).values()].map((one) => [one.key, one]))
  const named = input.rows.flatMap(({ cells }) => objectives.get((cells.objective ?? '').toLowerCase()) ?? [])
  return named.length === 0 ? 'organisation' : scopeOfMany(named)
}

/** Takes values from a file, matched by objective and day. What is there already stays; a file corrects nothing. */
export const importReadings: Command<Context, ImportInput, ImportResult> = {
  kind: 'command',
  noun: 'reading',
  action: 'import',
  input: importInput,
  output: importOutput,
  scope: scopeOfRows,
  async run(ctx, input) {
    const plan = await planOf(ctx, input)
    return carryOut(ctx.progress, input, plan, readingColumns, async (created) => {
      await saveAll(ctx, reading, 'reading.added', created, input.reason)
    })
  },
}
