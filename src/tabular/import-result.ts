import { z } from 'zod'
import { type FieldProblem, Problem } from '../kernel/error.ts'
import { plainText } from '../kernel/text.ts'

const mostRows = 10_000
const mostNamed = 100

export const importInput = z.strictObject({
  /** `dry-run` says what would happen; `apply` does it, all of it or nothing. */
  mode: z.enum(['dry-run', 'apply']),
  columns: z.array(z.string().max(200)).max(1000),
  rows: z
    .array(z.strictObject({ row: z.int().min(1), cells: z.record(z.string(), z.string()) }))
    .min(1)
    .max(mostRows),
  reason: plainText(2000).nullable().default(null),
})

export type ImportInput = z.output<typeof importInput>

const fates = ['create', 'update', 'unchanged', 'error'] as const

const problemSchema = z.strictObject({
  /** A column of the file; empty for the row as a whole. */
  pointer: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

export const importOutput = z.strictObject({
  applied: z.boolean(),
  counts: z.record(z.enum(fates), z.int()),
  /** Columns that are none of ours: they are shown, and nothing is done with them. */
  unknownColumns: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      row: z.int(),
      key: z.string(),
      fate: z.enum(fates),
      /** Which parts of the record change. */
      changes: z.array(z.string()),
      problems: z.array(problemSchema),
    }),
  ),
})

export type ImportResult = z.output<typeof importOutput>

/** What a row makes of a record. */
export type Planned<Record> = {
  row: number
  key: string
  before: Record | null
  after: Record | null
  problems: FieldProblem[]
}

type Numbered = { id: string; version: number }

function changesOf<Record extends Numbered>({ before, after }: Planned<Record>): string[] {
  if (!after) return []
  const [old, now] = [before as object | null, after as object] as [Partial<Record> | null, Record]
  return (Object.keys(now) as (keyof Record & string)[])
    .filter((name) => name !== 'id' && name !== 'version')
    .filter((name) => JSON.stringify(old?.[name]) !== JSON.stringify(now[name]))
}

function rowResult<Record extends Numbered>(one: Planned<Record>): ImportResult['rows'][number] {
  const { row, key, problems } = one
  if (!one.after || problems.length > 0) return { row, key, fate: 'error', changes: [], problems }
  const changes = changesOf(one)
  const fate = one.before === null ? 'create' : changes.length > 0 ? 'update' : 'unchanged'
  return { row, key, fate, changes, problems: [] }
}

/** Refuses the whole file with the row and column of each problem. */
function refuseFaulty(rows: ImportResult['rows']): void {
  const fields = rows.flatMap(({ row, problems }) =>
    problems.map((problem) => ({ ...problem, pointer: `/${row}${problem.pointer}` }) as FieldProblem),
  )
  if (fields.length > 0)
    throw new Problem('invalid', 'tabular.file', { count: fields.length }, fields.slice(0, mostNamed))
}

/**
 * Says what becomes of each row and, when it is to be applied, gives what is new and what changed to `save`; one faulty
 * row refuses the file. A row that changes nothing leaves no entry in the log.
 */
export async function carryOut<Record extends Numbered>(
  input: ImportInput,
  plan: readonly Planned<Record>[],
  ours: readonly string[],
  save: (created: Record[], updated: Record[]) => Promise<void>,
): Promise<ImportResult> {
  const rows = plan.map((one) => rowResult(one))
  const applied = input.mode === 'apply'
  if (applied) {
    refuseFaulty(rows)
    const of = (fate: (typeof fates)[number]) =>
      plan.flatMap(({ before, after }, index) =>
        after && rows[index]?.fate === fate ? [{ ...after, version: before?.version ?? 0 }] : [],
      )
    await save(of('create'), of('update'))
  }
  const count = (fate: (typeof fates)[number]) => rows.filter((one) => one.fate === fate).length
  return {
    applied,
    counts: {
      create: count('create'),
      update: count('update'),
      unchanged: count('unchanged'),
      error: count('error'),
    },
    unknownColumns: input.columns.filter((column) => !ours.includes(column)),
    rows,
  }
}
