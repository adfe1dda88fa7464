import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { relationships } from '../../frameworks/library.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { namedSchema, peopleNamed } from '../../people/server/name-queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { type Control, control } from '../control.ts'
import { libraryNews } from '../library-news.ts'
import { answersOf, implementationAnswerSchema } from './implementation-queries.ts'
import { linksOf, linksSchema } from './link-answers.ts'
import { placeSchema, placesOf } from './place-answers.ts'
import { abilitiesOf, controlAnswerSchema, implementationsOf, visibleControls } from './queries.ts'

const carriedOutSchema = implementationAnswerSchema.extend({ owner: namedSchema.nullable() })

const newsSchema = z.strictObject({
  version: z.string(),
  changes: z.array(
    z.strictObject({
      edition: z.string(),
      requirement: z.string(),
      before: z.enum(relationships).nullable(),
      after: z.enum(relationships).nullable(),
      words: z.boolean(),
    }),
  ),
})

const recordSchema = controlAnswerSchema.extend({
  carriedOut: z.array(carriedOutSchema),
  places: z.array(placeSchema),
  links: linksSchema,
  /** The shipped version of the common library and what it changes in the links of this control; null where nothing. */
  libraryNews: newsSchema.nullable(),
})

/** What the shipped version of the library would change; nothing for a control that is retired or has it already. */
function newsOf(ctx: Context, one: Control): z.output<typeof newsSchema> | null {
  const { library } = ctx.catalogue
  if (one.libraryId === null || one.libraryVersion === library.version || one.retiredOn !== null) return null
  const changes = libraryNews(one, library)
  return changes.length > 0 ? { version: library.version, changes } : null
}

/** One control with what it answers, every implementation that the actor may see (ended ones too) and how each place stands. */
export const getControl: Query<Context, { id: Id }, z.output<typeof recordSchema>> = {
  kind: 'query',
  noun: 'control',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: recordSchema,
  scope: () => 'filtered',
  async run(ctx, { id }) {
    const one = await ctx.tx
      .selectFrom(rowsOf(ctx, control, 'c'))
      .selectAll()
      .where('id', '=', id)
      .where(await visibleControls(ctx))
      .executeTakeFirst()
    if (!one) throw notFound('control')
    const all = await implementationsOf(ctx, [id])
    const reached = await reachedEntities(ctx)
    const carriedOut = answersOf(
      ctx,
      all.filter((each) => reached === null || reached.includes(each.entityId)),
    )
    const named = await peopleNamed(ctx, [
      one.ownerId,
      one.review?.personId,
      ...carriedOut.map((each) => each.ownerId),
    ])
    return {
      ...one,
      implementations: carriedOut.filter((each) => each.stance !== null).length,
      owner: named(one.ownerId),
      reviewer: named(one.review?.personId ?? null),
      abilities: abilitiesOf(ctx, one),
      carriedOut: carriedOut.map((each) => ({ ...each, owner: named(each.ownerId) })),
      places: await placesOf(ctx, all),
      links: await linksOf(ctx, one),
      libraryNews: newsOf(ctx, one),
    }
  },
}
