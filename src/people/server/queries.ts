import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { after, containing, cursorOf, placeOf } from '../../db/keyset.ts'
import { oneOf } from '../../db/loaded.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { organisation } from '../../organisation/organisation.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import { type ApiKey, apiKey } from '../api-key.ts'
import { type Person, person } from '../person.ts'
import { isInForce, type RoleGrant, roleGrant } from '../role-grant.ts'
import { accountsThatOpen } from './account.ts'
import { isBelow } from './below.ts'

export async function findPerson(ctx: Context, id: Id): Promise<Person> {
  const found = await oneOf(ctx, person, id)
  if (!found) throw notFound('person')
  return found
}

export async function findGrant(ctx: Context, id: Id): Promise<RoleGrant> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, roleGrant, 'g'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('grant')
  return found
}

export async function findKey(ctx: Context, id: Id): Promise<ApiKey> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, apiKey, 'k'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('api_key')
  return found
}

export const grantsOf = (ctx: Context, personIds: readonly Id[]): Promise<RoleGrant[]> =>
  personIds.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, roleGrant, 'g'))
        .selectAll()
        .where('personId', 'in', [...personIds])
        .orderBy('grantedOn')
        .orderBy('id')
        .execute()

/** Of two owners who remove each other at once, one waits here and then finds that they are the last. */
export const lockOwners = (ctx: Context) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`owners/${ctx.organisationId}`}, 0))`.execute(ctx.tx)

/** Everyone who can act as an owner of the whole organisation today: an invitation is not an owner yet. */
export async function ownerIds(ctx: Context): Promise<Id[]> {
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, roleGrant, 'g'))
    .innerJoin(rowsOf(ctx, person, 'p'), 'p.id', 'g.personId')
    .select(['g.personId', 'g.grantedOn', 'g.endedOn'])
    .where('g.role', '=', 'owner')
    .where('g.entityId', 'is', null)
    .where('p.state', '=', 'active')
    .execute()
  return [...new Set(rows.filter((row) => isInForce(row, ctx.today)).map((row) => row.personId))]
}

// The account id is how sign-in finds a person; nobody needs to see it.
const shownPerson = person.schema
  .omit({ accountId: true })
  .extend({ grants: z.array(roleGrant.schema), abilities: z.array(z.string()) })

export type ShownPerson = z.output<typeof shownPerson>

/** What the actor may do about a person now; `link` and `reset` are two names of a way in, of which one is right. */
function abilitiesOver(ctx: Context, one: Person, grants: readonly RoleGrant[], opens: boolean): string[] {
  if (one.state === 'left') return []
  const scope = one.entityId === null ? ('organisation' as const) : { entities: [one.entityId] }
  const below = isBelow(ctx, one.id, grants)
  const waits = one.accountId === null ? one.state === 'invited' : !opens
  return [
    ...['update', 'leave'].filter((action) => ctx.can(`person.${action}`, scope)),
    ...(below && waits && ctx.can('person.invite', scope) ? ['link'] : []),
    ...(below && opens && ctx.can('person.reset', scope) ? ['reset'] : []),
    ...(below && ctx.can('person.change_address', scope) ? ['change_address'] : []),
  ]
}

async function showAll(ctx: Context, people: readonly Person[]): Promise<ShownPerson[]> {
  const ids = people.map((one) => one.id)
  const grants = await grantsOf(ctx, ids)
  const opening = await accountsThatOpen(
    ctx,
    people.flatMap((one) => one.accountId ?? []),
  )
  return people.map((one) => {
    const { accountId, ...rest } = one
    const opens = accountId !== null && opening.has(accountId)
    return {
      ...rest,
      grants: grants.filter((grant) => grant.personId === one.id),
      abilities: abilitiesOver(ctx, one, grants, opens),
    }
  })
}

const listInput = z.strictObject({
  ...pageInput,
  text: z.string().max(200).optional(),
  state: person.schema.shape.state.optional(),
})

/** People are listed by those who manage the organisation; a manager of some entities sees the people of those. */
export const listPeople: Query<Context, z.output<typeof listInput>, Page<ShownPerson>> = {
  kind: 'query',
  noun: 'person',
  action: 'read',
  input: listInput,
  output: pageOf(shownPerson),
  scope: () => 'filtered',
  async run(ctx, input) {
    const by = sql<string>`email`
    const place = input.cursor ? placeOf(input.cursor, 'email') : null
    const like = containing(input.text ?? '')
    const seen = ctx.visible?.entities ?? null
    const filtered = ctx.tx
      .selectFrom(rowsOf(ctx, person, 'p'))
      .where(
        sql<boolean>`(email ilike ${like} or name ->> 'en' ilike ${like} or name ->> 'ja' ilike ${like})`,
      )
      .$if(input.state !== undefined, (query) => query.where('state', '=', input.state ?? 'active'))
      .$if(seen !== null, (query) => query.where(sql<boolean>`entity_id = any(${seen ?? []}::uuid[])`))
    const rows = await filtered
      .selectAll()
      .$if(place !== null, (query) => (place ? query.where(after(by, place, false)) : query))
      .orderBy('email')
      .orderBy('id')
      .limit(input.limit + 1)
      .execute()
    const { total } = await filtered.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow()
    const shown = rows.slice(0, input.limit)
    const last = rows.length > input.limit ? shown.at(-1) : undefined
    return {
      items: await showAll(ctx, shown),
      nextCursor: last ? cursorOf({ sort: 'email', value: last.email, id: last.id }) : null,
      total: Number(total),
    }
  },
}

const scopeOfPerson = (one: Person) =>
  one.entityId === null ? ('organisation' as const) : { entities: [one.entityId] }

export const getPerson: Query<Context, { id: Id }, ShownPerson> = {
  kind: 'query',
  noun: 'person',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: shownPerson,
  scope: async (ctx, { id }) => scopeOfPerson(await findPerson(ctx, id)),
  async run(ctx, { id }) {
    const [shown] = await showAll(ctx, [await findPerson(ctx, id)])
    if (!shown) throw notFound('person')
    return shown
  },
}

const meSchema = z.strictObject({
  kind: z.enum(['person', 'key', 'visitor', 'system']),
  person: person.schema.pick({ id: true, name: true, email: true }).nullable(),
  organisation: organisation.schema.pick({ id: true, name: true, timeZone: true }),
  today: daySchema,
  demo: z.boolean(),
  permissions: z.array(z.string()),
  /** For somebody who may do nothing: the owners, whom they can ask. */
  ask: z.array(person.schema.pick({ name: true, email: true })),
})

const mostToAsk = 5

/** The owners of the whole organisation, for somebody who waits for a role. */
async function ownersToAsk(ctx: Context): Promise<Pick<Person, 'name' | 'email'>[]> {
  const ids = await ownerIds(ctx)
  if (ids.length === 0) return []
  return ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .select(['name', 'email'])
    .where('id', 'in', ids)
    .orderBy('email')
    .limit(mostToAsk)
    .execute()
}

/** Who is signed in, and what some grant of theirs allows somewhere. Whoever may do nothing is told so, not refused. */
export const mySelf: Query<Context, Record<string, never>, z.output<typeof meSchema>> = {
  kind: 'query',
  noun: 'person',
  action: 'self',
  input: z.strictObject({}),
  output: meSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const { id, name, timeZone, demoDay } = await theOrganisation(ctx)
    const me = ctx.actor.kind === 'person' && ctx.actor.id ? await findPerson(ctx, ctx.actor.id) : null
    const permissions = [...ctx.permissions]
    return {
      kind: ctx.actor.kind,
      person: me && { id: me.id, name: me.name, email: me.email },
      organisation: { id, name, timeZone },
      today: ctx.today,
      demo: demoDay !== null,
      permissions,
      ask: me !== null && permissions.length === 0 ? await ownersToAsk(ctx) : [],
    }
  },
}

const shownKey = apiKey.schema
  .omit({ digest: true })
  .extend({ usedAt: z.string().nullable(), works: z.boolean() })

export const listApiKeys: Query<Context, Record<string, never>, { items: z.output<typeof shownKey>[] }> = {
  kind: 'query',
  noun: 'api_key',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(shownKey) }),
  scope: () => 'organisation',
  async run(ctx) {
    const keys = await ctx.tx
      .selectFrom(rowsOf(ctx, apiKey, 'k'))
      .selectAll()
      .orderBy('expiresAt', 'desc')
      .orderBy('id')
      .execute()
    const uses = new Map(
      (await ctx.tx.selectFrom('apiKeyUse').select(['id', 'usedAt']).execute()).map((use) => [
        use.id,
        use.usedAt,
      ]),
    )
    const now = ctx.clock.now().toISOString()
    return {
      items: keys.map(({ digest: _, ...key }) => ({
        ...key,
        usedAt: uses.get(key.id) ?? null,
        works: key.revokedAt === null && now < key.expiresAt,
      })),
    }
  },
}
