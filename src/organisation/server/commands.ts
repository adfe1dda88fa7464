import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { Problem, refuseInvalid } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { entity, entityProblems } from '../entity.ts'
import { organisation } from '../organisation.ts'
import { service, serviceProblems } from '../service.ts'
import { entitiesById, findEntity, findService, servicesById, theOrganisation } from './queries.ts'

const organisationChange = organisation.schema.omit({ id: true })

/** Changes the organisation's name, time zone, host or, in a demo, the day at which its calendar stands. */
export const updateOrganisation: Command<
  Context,
  z.output<typeof organisationChange>,
  z.output<typeof organisation.schema>
> = {
  kind: 'command',
  noun: 'organisation',
  action: 'update',
  input: organisationChange,
  output: organisation.schema,
  scope: () => 'organisation',
  async run(ctx, input) {
    const before = await theOrganisation(ctx)
    // A calendar that stands still outside a demo would make every due date lie.
    if ((before.demoDay === null) !== (input.demoDay === null))
      throw new Problem('precondition', 'organisation.not_a_demo')
    return save(ctx, organisation, 'organisation.updated', { ...input, id: before.id })
  },
}

const entityInput = entity.schema.omit({ id: true, version: true })

export const createEntity: Command<Context, z.output<typeof entityInput>, z.output<typeof entity.schema>> = {
  kind: 'command',
  noun: 'entity',
  action: 'create',
  input: entityInput,
  output: entity.schema,
  scope: (_, input) => (input.parentId === null ? 'organisation' : { entities: [input.parentId] }),
  async run(ctx, input) {
    const created = { ...input, id: newId(ctx.random), version: 0 }
    refuseInvalid(entityProblems(created, await entitiesById(ctx)))
    return save(ctx, entity, 'entity.created', created)
  },
}

/** Moving an entity needs the right over where it was and where it goes. */
export const updateEntity: Command<
  Context,
  z.output<typeof entity.schema>,
  z.output<typeof entity.schema>
> = {
  kind: 'command',
  noun: 'entity',
  action: 'update',
  input: entity.schema,
  output: entity.schema,
  async scope(ctx, input) {
    const before = await findEntity(ctx, input.id)
    const moved = input.parentId !== null && input.parentId !== before.parentId
    return { entities: moved && input.parentId ? [input.id, input.parentId] : [input.id] }
  },
  async run(ctx, input) {
    refuseInvalid(entityProblems(input, await entitiesById(ctx)))
    return save(ctx, entity, 'entity.updated', input)
  },
}

const serviceInput = service.schema.omit({ id: true, version: true })

export const createService: Command<
  Context,
  z.output<typeof serviceInput>,
  z.output<typeof service.schema>
> = {
  kind: 'command',
  noun: 'service',
  action: 'create',
  input: serviceInput,
  output: service.schema,
  async scope(ctx, input) {
    await findEntity(ctx, input.entityId)
    return { entities: [input.entityId] }
  },
  async run(ctx, input) {
    const created = { ...input, id: newId(ctx.random), version: 0 }
    refuseInvalid(serviceProblems(created, await servicesById(ctx)))
    return save(ctx, service, 'service.created', created)
  },
}

export const updateService: Command<
  Context,
  z.output<typeof service.schema>,
  z.output<typeof service.schema>
> = {
  kind: 'command',
  noun: 'service',
  action: 'update',
  input: service.schema,
  output: service.schema,
  async scope(ctx, input) {
    const before = await findService(ctx, input.id)
    await findEntity(ctx, input.entityId)
    return { entities: [before.entityId, input.entityId] }
  },
  async run(ctx, input) {
    refuseInvalid(serviceProblems(input, await servicesById(ctx)))
    return save(ctx, service, 'service.updated', input)
  },
}
