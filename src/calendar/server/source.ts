import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { DueKind } from '../due.ts'

/** What every source of due things is given. */
export type Asked = {
  leadDays: Readonly<Record<DueKind, number>>
  /** The entities that the actor may see; null is all. */
  reached: readonly Id[] | null
  /** Whose things are asked for matters where not everybody is shown everything. */
  actorId: Id | null
}

/**
 * A select of due things that the actor may see: subject, kind, due, lead, name, step, record_id, control_id, entities,
 * owner_id, programmes. It gives only what is not done by the end of `ctx.asOf`.
 */
export type DueSource = (ctx: Context, asked: Asked) => Promise<RawBuilder<unknown>> | RawBuilder<unknown>

/** A due thing that was computed and not read. */
export type ComputedDue = {
  subject: string
  kind: DueKind
  due: Day
  lead: number
  name: LocalText
  step: string | null
  recordId: Id
  entities: readonly Id[]
  ownerId: Id | null
  programmes: readonly Id[]
}

/** Computed things as rows, in the columns of a {@link DueSource}. */
export const asRows = (found: readonly ComputedDue[]): RawBuilder<unknown> => sql`
  select subject, kind, due, lead, name, step, "recordId" as record_id, null::uuid as control_id,
    array(select jsonb_array_elements_text(entities)::uuid) as entities, "ownerId" as owner_id, programmes
  from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as x(subject text, kind text, due date, lead integer,
    name jsonb, step text, "recordId" uuid, entities jsonb, "ownerId" uuid, programmes jsonb)`

export const within = (column: string, reached: readonly Id[] | null): RawBuilder<boolean> =>
  reached === null ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} = any(${reached}::uuid[])`
