import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Day } from '../../kernel/day.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type LocalText, localText } from '../../kernel/language.ts'
import { hasLeft, person } from '../person.ts'

/** A person by name alone: who owns something is known to everyone who may see it. */
export const namedSchema = z.strictObject({ id: idSchema, name: localText(200) })

export type Named = { id: Id; name: LocalText }

/** The names of some people in one query, those who left too. */
export async function peopleNamed(
  ctx: Context,
  ids: Iterable<Id | null | undefined>,
): Promise<(id: Id | null) => Named | null> {
  const wanted = [...new Set([...ids].filter((id) => id !== null && id !== undefined))]
  const rows =
    wanted.length === 0
      ? []
      : await ctx.tx
          .selectFrom(rowsOf(ctx, person, 'p'))
          .select(['id', 'name'])
          .where(sql<boolean>`id = any(${wanted}::uuid[])`)
          .execute()
  const byId = new Map(rows.map(({ id, name }) => [id, { id, name }]))
  return (id) => (id === null ? null : (byId.get(id) ?? null))
}

/** Who keeps something: somebody who has left is shown as such, because it must be handed over. */
export const keeperSchema = namedSchema.extend({ left: z.boolean() })

export type Keeper = z.output<typeof keeperSchema>

/** Some people with whether they have left, in one query. */
export async function keepersNamed(
  ctx: Context,
  ids: Iterable<Id | null | undefined>,
): Promise<(id: Id | null) => Keeper | null> {
  const wanted = [...new Set([...ids].filter((id) => id !== null && id !== undefined))]
  const rows =
    wanted.length === 0
      ? []
      : await ctx.tx
          .selectFrom(rowsOf(ctx, person, 'p'))
          .select(['id', 'name', 'state', 'leftOn'])
          .where(sql<boolean>`id = any(${wanted}::uuid[])`)
          .execute()
  const byId = new Map(rows.map(({ id, name, ...one }) => [id, { id, name, left: hasLeft(one, ctx.asOf) }]))
  return (id) => (id === null ? null : (byId.get(id) ?? null))
}

/** Everyone who was gone by a day, as a select of their ids; as {@link hasLeft} has it. */
export const idsOfLeavers = (ctx: Context, day: Day) =>
  sql<Id>`(select id from ${rowsOf(ctx, person, 'p')} where state = 'left' and coalesce(left_on <= ${day}::date, true))`
