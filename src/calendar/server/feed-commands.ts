import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command, Query, Scope } from '../../kernel/command.ts'
import { notFound, Problem } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { type Feed, feed } from '../feed.ts'
import { feedDigest } from './feed-queries.ts'

/** Working feeds of one person. */
export const mostFeeds = 10

// The digest serves nobody who reads the list.
const shown = feed.schema.omit({ tokenDigest: true })
export type ShownFeed = z.output<typeof shown>

const withoutDigest = ({ tokenDigest: _, ...rest }: Feed): ShownFeed => rest

export function ownId(ctx: Context): Id {
  if (ctx.actor.kind !== 'person' || ctx.actor.id === null)
    throw new Problem('forbidden', 'feed.needs_person')
  return ctx.actor.id
}

/** What is one's own concerns no more than what one sees. */
export function ownReach({ visible }: Context): Scope {
  if (visible === null) return 'organisation'
  const [certificateId] = visible.certificates
  return { entities: visible.entities, ...(certificateId === undefined ? {} : { certificateId }) }
}

const feedsOf = (ctx: Context, personId: Id): Promise<Feed[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, feed, 'f'))
    .selectAll()
    .where('personId', '=', personId)
    .where('endedOn', 'is', null)
    .orderBy('createdOn')
    .orderBy('id')
    .execute()

const createInput = feed.schema.pick({ reach: true, language: true })

/** Makes a secret address for one's own calendar. Its token is in this answer and nowhere else. */
export const createFeed: Command<
  Context,
  z.output<typeof createInput>,
  { feed: ShownFeed; token: string; path: string }
> = {
  kind: 'command',
  noun: 'feed',
  action: 'create',
  secret: true,
  input: createInput,
  output: z.strictObject({ feed: shown, token: z.string(), path: z.string() }),
  scope: ownReach,
  async run(ctx, { reach, language }) {
    const personId = ownId(ctx)
    if ((await feedsOf(ctx, personId)).length >= mostFeeds)
      throw new Problem('precondition', 'feed.too_many', { count: mostFeeds })
    const token = Buffer.from(ctx.random(32)).toString('base64url')
    const made = await save(ctx, feed, 'feed.created', {
      id: newId(ctx.random),
      version: 0,
      personId,
      tokenDigest: feedDigest(token),
      reach,
      language,
      createdOn: ctx.today,
      endedOn: null,
    })
    return { feed: withoutDigest(made), token, path: `/calendar/${token}.ics` }
  },
}

const revokeInput = z.strictObject({ id: idSchema })

/** Ends one's own feed: its address is unknown from now on. */
export const revokeFeed: Command<Context, { id: Id }, ShownFeed> = {
  kind: 'command',
  noun: 'feed',
  action: 'revoke',
  input: revokeInput,
  output: shown,
  scope: ownReach,
  async run(ctx, { id }) {
    const personId = ownId(ctx)
    const found = await ctx.tx
      .selectFrom(rowsOf(ctx, feed, 'f'))
      .selectAll()
      .where('id', '=', id)
      .where('personId', '=', personId)
      .executeTakeFirst()
    if (!found) throw notFound('feed')
    if (found.endedOn !== null) throw new Problem('precondition', 'feed.ended')
    return withoutDigest(await save(ctx, feed, 'feed.revoked', { ...found, endedOn: ctx.today }))
  },
}

/** One's own working feeds. */
export const listFeeds: Query<Context, Record<string, never>, { items: ShownFeed[] }> = {
  kind: 'query',
  noun: 'feed',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(shown) }),
  scope: () => 'filtered',
  run: async (ctx) => ({ items: (await feedsOf(ctx, ownId(ctx))).map(withoutDigest) }),
}
