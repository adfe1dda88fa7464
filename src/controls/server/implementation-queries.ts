import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { pageOfRows } from '../../db/list.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { reachedEntities, readingScope } from '../../programmes/server/reach-queries.ts'
import { type Implementation, implementation, stances } from '../implementation.ts'
import { phaseOn } from '../phases.ts'

export async function findImplementation(ctx: Context, id: Id): Promise<Implementation> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, implementation, 'i'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('implementation')
  return found
}

export const implementationsById = (ctx: Context, ids: readonly Id[]): Promise<Implementation[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, implementation, 'i'))
        .selectAll()
        .where('id', 'in', [...new Set(ids)])
        .orderBy('id')
        .execute()

export const implementationAnswerSchema = implementation.schema.extend({
  /** How it stands on the day asked about; null before it began and after it ended. */
  stance: z.enum(stances).nullable(),
  abilities: z.array(z.string()),
})

export type ImplementationAnswer = z.output<typeof implementationAnswerSchema>

export const answersOf = (ctx: Context, rows: readonly Implementation[]): ImplementationAnswer[] =>
  rows.map((one) => ({
    ...one,
    stance: phaseOn(one, ctx.asOf)?.stance ?? null,
    abilities:
      one.endedOn === null
        ? (['update', 'end'] as const).filter((action) =>
            ctx.can(`implementation.${action}`, { entities: [one.entityId] }),
          )
        : [],
  }))

const isId = (value: string) => idSchema.safeParse(value).success

const listInput = z.strictObject({
  ...pageInput,
  control: idSchema.optional(),
  entity: idSchema.optional(),
  service: idSchema.optional(),
  owner: idSchema.optional(),
  ended: z.enum(['yes', 'no']).default('no'),
  order: z.enum(['asc', 'desc']).default('asc'),
})

async function rowsWanted(ctx: Context, input: z.output<typeof listInput>): Promise<RawBuilder<boolean>> {
  const reached = await reachedEntities(ctx)
  const parts = [reached === null ? sql<boolean>`true` : sql<boolean>`entity_id = any(${reached}::uuid[])`]
  if (input.control) parts.push(sql<boolean>`control_id = ${input.control}::uuid`)
  if (input.entity) parts.push(sql<boolean>`entity_id = ${input.entity}::uuid`)
  if (input.service) parts.push(sql<boolean>`service_id = ${input.service}::uuid`)
  if (input.owner) parts.push(sql<boolean>`owner_id = ${input.owner}::uuid`)
  parts.push(
    input.ended === 'yes'
      ? sql<boolean>`ended_on < ${ctx.asOf}::date`
      : sql<boolean>`(ended_on is null or ended_on >= ${ctx.asOf}::date)`,
  )
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** A page of implementations, by their ids: two queries. */
export const listImplementations: Query<Context, z.output<typeof listInput>, Page<ImplementationAnswer>> = {
  kind: 'query',
  noun: 'implementation',
  action: 'read',
  input: listInput,
  output: pageOf(implementationAnswerSchema),
  scope: () => 'filtered',
  async run(ctx, input) {
    const order = { name: 'id', by: sql<string>`id`, down: input.order === 'desc', isPlace: isId }
    const page = await pageOfRows(ctx, implementation, await rowsWanted(ctx, input), order, input)
    return { ...page, items: answersOf(ctx, page.items) }
  },
}

export const getImplementation: Query<Context, { id: Id }, ImplementationAnswer> = {
  kind: 'query',
  noun: 'implementation',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: implementationAnswerSchema,
  scope: async (ctx, { id }) => readingScope(ctx, [(await findImplementation(ctx, id)).entityId]),
  async run(ctx, { id }) {
    const [found] = answersOf(ctx, [await findImplementation(ctx, id)])
    if (!found) throw notFound('implementation')
    return found
  },
}
