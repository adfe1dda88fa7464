import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Scope } from '../../kernel/command.ts'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { RecordBase, RecordOf, RecordType } from '../../kernel/record.ts'
import type { Belonging } from '../belonging.ts'

/** One thing that is somebody's: a record, or a part of one. */
export type Thing = {
  noun: string
  id: Id
  version: number
  part: string
  personId: Id
  /** What people call the record: `R-012`, or its key. */
  code: string
  name: LocalText
  /** The record on whose page it is seen. */
  pageOf: Id
  scope: Scope
  /** The permission with which it is handed over. */
  permission: string
}

/** What a kind of record says of one of its own, in the words of people. */
type Shown = Pick<Thing, 'code' | 'name' | 'pageOf' | 'scope'>

type Parts<R extends RecordType> = {
  type: R
  permission: string
  belongs: Belonging<RecordOf<R>>
  /** Rows in which one of some people is named anywhere that matters. */
  touching(people: RawBuilder<Id[]>): RawBuilder<boolean>
  /** How some records are called and where they lie, in one go. */
  shown(ctx: Context, records: readonly RecordOf<R>[]): Promise<(one: RecordOf<R>, part: string) => Shown>
}

/** One kind of record that belongs to people: how its things are found and handed over. */
export type Spec = {
  noun: string
  find(ctx: Context, people: readonly Id[], day: Day): Promise<Thing[]>
  hand(ctx: Context, things: readonly Thing[], to: Id, from: Day, reason: string): Promise<number>
}

export const byOwner = (people: RawBuilder<Id[]>) => sql<boolean>`owner_id = any(${people})`

/** Builds the spec of a kind; what is known of its type stays within. */
export function specOf<R extends RecordType>({ type, permission, belongs, touching, shown }: Parts<R>): Spec {
  const rows = async (ctx: Context, condition: RawBuilder<boolean>) => {
    const found = await sql<RecordOf<R>>`select * from ${rowsOf(ctx, type, 'r')} where ${condition}`.execute(
      ctx.tx,
    )
    return found.rows
  }
  const base = (one: RecordOf<R>) => one as unknown as RecordBase
  return {
    noun: type.noun,
    async find(ctx, people, day) {
      const wanted = new Set(people)
      const found = (await rows(ctx, touching(sql<Id[]>`${[...people]}::uuid[]`))).flatMap((one) => {
        const parts = belongs.parts(one, day).filter(({ personId }) => wanted.has(personId))
        return parts.length === 0 ? [] : [{ one, parts }]
      })
      if (found.length === 0) return []
      const words = await shown(
        ctx,
        found.map(({ one }) => one),
      )
      return found.flatMap(({ one, parts }) =>
        parts.map((each) => ({
          ...{ noun: type.noun, id: base(one).id, version: base(one).version, permission },
          ...each,
          ...words(one, each.part),
        })),
      )
    },
    async hand(ctx, things, to, from, reason) {
      const partsOf = new Map<Id, Set<string>>()
      for (const { id, part } of things) partsOf.set(id, (partsOf.get(id) ?? new Set()).add(part))
      const ids = [...partsOf.keys()]
      const found = await rows(ctx, sql<boolean>`id = any(${ids}::uuid[])`)
      const after = found.map((one) => belongs.hand(one, partsOf.get(base(one).id) ?? new Set(), to, from))
      return (await saveAll(ctx, type, `${type.noun}.handed-over`, after, reason, from)).length
    },
  }
}
