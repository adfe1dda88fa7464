import { z } from 'zod'
import { type FieldProblem, Problem } from '../kernel/error.ts'
import { eachRow, type Progress } from '../kernel/progress.ts'
import { isStorable, plainText } from '../kernel/text.ts'
import { type ReadRow, type ReadTable, refuseFile, rowProblem, tableLimits } from './table.ts'

const mostNamed = 100

/**
 * Rows that a reader of files has made: texts by column, each of which can be stored. They are taken for what they are,
 * because to hold a hundred thousand rows against a schema once more would double them and keep everyone waiting.
 */
export class FileRows {
  readonly all: readonly ReadRow[]

  private constructor(all: readonly ReadRow[]) {
    this.all = all
  }

  /** Refuses a file with what no database and no UTF-8 can hold, by row and column. */
  static async of({ rows }: ReadTable, progress: Progress): Promise<FileRows> {
    const faults = await eachRow({ progress, rows, share: shares.storable }, ({ row, cells }) =>
      Object.entries(cells).flatMap(([column, text]) =>
        isStorable(text) ? [] : [rowProblem(row, column, 'unstorable_character')],
      ),
    )
    const found = faults.flat()
    if (found.length > 0) refuseFile(found)
    return new FileRows(rows)
  }
}

/**
 * How much of the checking of a row each way through the rows is: whether it can be stored, what it makes of its record,
 * how that fits in with all others, and what changes by it. An importer that holds rows against each other while it reads
 * them takes the second and the third at once.
 */
export const shares = { storable: 0.1, read: 0.4, among: 0.3, compare: 0.2, readAmong: 0.7 } as const

export const importInput = z.strictObject({
  /** `dry-run` says what would happen; `apply` does it, all of it or nothing. */
  mode: z.enum(['dry-run', 'apply']),
  columns: z.array(z.string().max(200)).max(1000),
  rows: z
    .union([
      z.custom<FileRows>((rows) => rows instanceof FileRows).transform(({ all }) => all),
      z.array(z.strictObject({ row: z.int().min(1), cells: z.record(z.string(), z.string()) })),
    ])
    .pipe(z.array(z.custom<ReadRow>()).min(1).max(tableLimits.rows)),
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
      /** Which parts of a record that is here already change. */
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

function changesOf<Record extends Numbered>(before: Record, after: Record): string[] {
  return (Object.keys(after) as (keyof Record & string)[])
    .filter((name) => name !== 'id' && name !== 'version')
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

function rowResult<Record extends Numbered>(one: Planned<Record>): ImportResult['rows'][number] {
  const { row, key, problems } = one
  if (!one.after || problems.length > 0) return { row, key, fate: 'error', changes: [], problems }
  if (one.before === null) return { row, key, fate: 'create', changes: [], problems: [] }
  const changes = changesOf(one.before, one.after)
  return { row, key, fate: changes.length > 0 ? 'update' : 'unchanged', changes, problems: [] }
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
  progress: Progress,
  input: ImportInput,
  plan: readonly Planned<Record>[],
  ours: readonly string[],
  save: (created: Record[], updated: Record[]) => Promise<void>,
): Promise<ImportResult> {
  const rows = await eachRow({ progress, rows: plan, share: shares.compare }, (one) => rowResult(one))
  const applied = input.mode === 'apply'
  if (applied) {
    refuseFaulty(rows)
    const of = (fate: (typeof fates)[number]) =>
      plan.flatMap(({ before, after }, index) =>
        after && rows[index]?.fate === fate ? [{ ...after, version: before?.version ?? 0 }] : [],
      )
    const [created, updated] = [of('create'), of('update')]
    await progress.begin('writing', created.length + updated.length)
    // What is to be saved is in these two lists alone: whoever saves a part of one and drops it frees its memory.
    for (const one of plan) one.before = one.after = null
    await save(created, updated)
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
