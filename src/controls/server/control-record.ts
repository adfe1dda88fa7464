import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { namedSchema, peopleNamed } from '../../people/server/name-queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { control } from '../control.ts'
import { answersOf, implementationAnswerSchema } from './implementation-queries.ts'
import { linksOf, linksSchema } from './link-answers.ts'
import { placeSchema, placesOf } from './place-answers.ts'
import { abilitiesOf, controlAnswerSchema, implementationsOf, visibleControls } from './queries.ts'

const carriedOutSchema = implementationAnswerSchema.extend({ owner: namedSchema.nullable() })

const recordSchema = controlAnswerSchema.extend({
  carriedOut: z.array(carriedOutSchema),
  places: z.array(placeSchema),
  links: linksSchema,
  /** Version of the common library that an adopted control's links are read from. */
  libraryVersion: z.string(),
})

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
      libraryVersion: ctx.catalogue.library.version,
    }
  },
}
