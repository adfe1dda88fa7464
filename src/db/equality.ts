import type { ColumnType } from 'kysely'
import type { RecordOf, RecordType } from '../kernel/record.ts'
import type { Tables } from './tables.gen.ts'

/** What a column reads as; a JSON column reads as whatever the record says, and is not compared further. */
type Read<Column> = Column extends ColumnType<infer Select, unknown, unknown> ? Select : Column

/** Columns that PostgreSQL works out are not part of a record. */
type Stored<Table> = {
  [Name in keyof Table as Name extends 'organisationId'
    ? never
    : Table[Name] extends ColumnType<unknown, never, never>
      ? never
      : Name]: Read<Table[Name]>
}

/** The fields of a record, with what is JSON in the table turned into `unknown`, as the table has it. */
type AsStored<Row, Table> = {
  [Name in keyof Row]: Name extends keyof Stored<Table>
    ? unknown extends Stored<Table>[Name]
      ? unknown
      : Row[Name] extends string
        ? string
        : Row[Name] extends string | null
          ? string | null
          : Row[Name]
    : 'no such column'
}

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : { record: A; table: B }

type Flat<T> = { [Name in keyof T]: T[Name] }

/**
 * `true` when the record type and its table declare the same fields with the same types; otherwise a type that
 * shows both. Used as `const equal: TableEquals<typeof entity, 'entity'> = true`, so that the compiler refuses a
 * field which only one of its two declarations has.
 */
export type TableEquals<R extends RecordType, Name extends keyof Tables> = Equal<
  Flat<AsStored<RecordOf<R>, Tables[Name]>>,
  Flat<Stored<Tables[Name]>>
>
