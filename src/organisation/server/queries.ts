import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { everyOf, oneOf } from '../../db/loaded.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Entity, entity, isMember } from '../entity.ts'
import { type Organisation, organisation } from '../organisation.ts'
import { type Service, service } from '../service.ts'

export async function theOrganisation(ctx: Context): Promise<Organisation> {
  const row = await ctx.tx
    .selectFrom(rowsOf(ctx, organisation, 'o'))
    .selectAll()
    .executeTakeFirst()
  if (!row) throw notFound('organisation')
  return row
}

/** Every entity of the organisation, in the order of their keys; a corporation has hundreds, not millions. */
export const allEntities = (ctx: Context): Promise<Entity[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, entity, 'e'))
    .selectAll()
    .orderBy('key')
    .execute()

export const allServices = (ctx: Context): Promise<Service[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, service, 's'))
    .selectAll()
    .orderBy('key')
    .execute()

/** Every entity by id, for rules that ask who is there: read once, however many changes a transaction makes. */
export const entitiesById = (ctx: Context): Promise<ReadonlyMap<Id, Entity>> => everyOf(ctx, entity)

export const servicesById = (ctx: Context): Promise<ReadonlyMap<Id, Service>> => everyOf(ctx, service)

export async function findEntity(ctx: Context, id: Id): Promise<Entity> {
  const found = await oneOf(ctx, entity, id)
  if (!found) throw notFound('entity')
  return found
}

export async function findService(ctx: Context, id: Id): Promise<Service> {
  const found = await oneOf(ctx, service, id)
  if (!found) throw notFound('service')
  return found
}

/** Which companies belonged to the organisation on a day. */
export const membersOn = async (ctx: Context, day: Day): Promise<Entity[]> =>
  (await allEntities(ctx)).filter((one) => isMember(one, day))

const abilitiesSchema = z.array(z.string())

export const getOrganisation: Query<
  Context,
  Record<string, never>,
  Organisation & { today: Day; abilities: string[] }
> = {
  kind: 'query',
  noun: 'organisation',
  action: 'read',
  input: z.strictObject({}),
  output: organisation.schema.extend({ today: daySchema, abilities: abilitiesSchema }),
  // Anyone with any role may know the organisation's name and calendar.
  scope: () => 'filtered',
  run: async (ctx) => ({
    ...(await theOrganisation(ctx)),
    today: ctx.today,
    abilities: ctx.can('organisation.update', 'organisation') ? ['update'] : [],
  }),
}

type EntityAnswer = Entity & { member: boolean; abilities: string[] }

/** An entity with all that lie below it, at any depth: what a register is narrowed to. */
export const entitiesBelow = async (ctx: Context, top: Id): Promise<ReadonlySet<Id>> =>
  new Set((await allEntities(ctx)).flatMap(({ id }) => (ctx.ancestors(id).includes(top) ? [id] : [])))

const entityAnswer = (ctx: Context, one: Entity): EntityAnswer => ({
  ...one,
  member: isMember(one, ctx.asOf),
  abilities: ctx.can('entity.update', { entities: [one.id] }) ? ['update'] : [],
})

const entityAnswerSchema = entity.schema.extend({ member: z.boolean(), abilities: abilitiesSchema })

/** The names of all entities are known to everyone inside: a grant limits what is done and seen below them. */
export const listEntities: Query<Context, Record<string, never>, { items: EntityAnswer[] }> = {
  kind: 'query',
  noun: 'entity',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(entityAnswerSchema) }),
  scope: () => 'filtered',
  run: async (ctx) => ({ items: (await allEntities(ctx)).map((one) => entityAnswer(ctx, one)) }),
}

export const getEntity: Query<Context, { id: Id }, EntityAnswer> = {
  kind: 'query',
  noun: 'entity',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: entityAnswerSchema,
  scope: () => 'filtered',
  run: async (ctx, { id }) => entityAnswer(ctx, await findEntity(ctx, id)),
}

type ServiceAnswer = Service & { abilities: string[] }

const serviceAnswer = (ctx: Context, one: Service): ServiceAnswer => ({
  ...one,
  abilities: ctx.can('service.update', { entities: [one.entityId] }) ? ['update'] : [],
})

const serviceAnswerSchema = service.schema.extend({ abilities: abilitiesSchema })

export const listServices: Query<Context, Record<string, never>, { items: ServiceAnswer[] }> = {
  kind: 'query',
  noun: 'service',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(serviceAnswerSchema) }),
  scope: () => 'filtered',
  run: async (ctx) => ({ items: (await allServices(ctx)).map((one) => serviceAnswer(ctx, one)) }),
}

export const getService: Query<Context, { id: Id }, ServiceAnswer> = {
  kind: 'query',
  noun: 'service',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: serviceAnswerSchema,
  scope: () => 'filtered',
  run: async (ctx, { id }) => serviceAnswer(ctx, await findService(ctx, id)),
}
