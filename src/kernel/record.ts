import { z } from 'zod'
import { datedFields } from './dated.ts'
import { idSchema } from './id.ts'

/** What every record has: its id, and a version that counts its changes from 1 without gaps. */
export const recordBase = { id: idSchema, version: z.int().min(1) }

export type RecordBase = { id: string; version: number }

/**
 * A kind of record: the first of the two hand-written declarations of each field (the other is the migration).
 * `noun` names it in the log, in permissions and in addresses; `table` in SQL. `open` records have statements that
 * strangers are given as a whole: they say in which capacity somebody acted, never who.
 */
export type RecordType<Shape extends z.ZodRawShape = z.ZodRawShape> = {
  noun: string
  table: string
  open: boolean
  /** Fields of which `former` keeps what they said before, by the day: changes of them are facts of the organisation. */
  dated: readonly string[]
  schema: z.ZodObject<Shape & typeof recordBase, z.core.$strict>
}

export type RecordOf<R extends RecordType> = z.output<R['schema']>

export function recordType<Shape extends z.ZodRawShape>(
  noun: string,
  table: string,
  shape: Shape,
  { open = false }: { open?: boolean } = {},
): RecordType<Shape> {
  const schema = z.strictObject({ ...recordBase, ...shape }) as RecordType<Shape>['schema']
  return { noun, table, open, dated: datedFields(shape.former), schema }
}
