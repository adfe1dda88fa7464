import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Edition } from '../../frameworks/edition.ts'
import type { Query, Scope } from '../../kernel/command.ts'
import { notFound, Problem } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { allServices } from '../../organisation/server/queries.ts'
import type { Service } from '../../organisation/service.ts'
import { type Applicability, applicability, decisionOn } from '../applicability.ts'
import { isRunning, type Programme, programme } from '../programme.ts'
import { requirementsOf } from '../requirements.ts'

/** The entities that a programme ever had in scope, those of its services too: what a grant over it must reach. */
export function scopeOfProgramme(
  one: Programme,
  services: readonly Pick<Service, 'id' | 'entityId'>[],
): Scope {
  const operators = services
    .filter((service) => one.services.some((part) => part.serviceId === service.id))
    .map((service) => service.entityId)
  const entities = [...new Set([...one.entities.map((part) => part.entityId), ...operators])]
  return one.certificateId === null ? { entities } : { entities, certificateId: one.certificateId }
}

/** Programmes that the actor's grants reach: by an entity in scope, an entity that operates a service, or an engagement. */
function visibleProgrammes(ctx: Context): RawBuilder<boolean> {
  if (ctx.visible === null) return sql<boolean>`true`
  const { entities, certificates } = ctx.visible
  return sql<boolean>`(certificate_id = any(${certificates}::uuid[])
    or exists (select 1 from jsonb_array_elements(p.entities) as part
      where (part ->> 'entityId')::uuid = any(${entities}::uuid[]))
    or exists (select 1 from jsonb_array_elements(p.services) as part
      join service s on s.organisation_id = ${ctx.organisationId}::uuid and s.id = (part ->> 'serviceId')::uuid
      where s.entity_id = any(${entities}::uuid[])))`
}

/** Every programme that the actor may see, in the order of their keys; a corporation has dozens. */
export const allProgrammes = (ctx: Context): Promise<Programme[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, programme, 'p'))
    .selectAll()
    .where(visibleProgrammes(ctx))
    .orderBy('key')
    .execute()

export async function findProgramme(ctx: Context, id: Id): Promise<Programme> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, programme, 'p'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('programme')
  return found
}

/** Every decision in some programmes, in one query. */
export const applicabilityOf = (ctx: Context, programmeIds: readonly Id[]): Promise<Applicability[]> =>
  programmeIds.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, applicability, 'a'))
        .selectAll()
        .where('programmeId', 'in', [...programmeIds])
        .orderBy('programmeId')
        .orderBy('requirement')
        .execute()

export function editionOf(ctx: Context, one: Pick<Programme, 'edition'>): Edition {
  const edition = ctx.catalogue.editions.get(one.edition)
  if (!edition) throw new Problem('invalid', 'edition.unknown', { key: one.edition })
  return edition
}

const answerSchema = programme.schema.extend({
  editionName: localText(400),
  running: z.boolean(),
  /** How many requirements an assessor would conclude on, and how many of them were decided not to apply. */
  requirements: z.int(),
  notApplicable: z.int(),
  abilities: z.array(z.string()),
})

export type ProgrammeAnswer = z.output<typeof answerSchema>

const changes = ['update', 'end'] as const

function answerOf(
  ctx: Context,
  one: Programme,
  services: readonly Service[],
  decisions: readonly Applicability[],
): ProgrammeAnswer {
  const edition = editionOf(ctx, one)
  const inForce = new Set(requirementsOf(edition, one, ctx.asOf).map((node) => node.id))
  const excluded = decisions.filter(
    (decided) =>
      decided.programmeId === one.id &&
      inForce.has(decided.requirement) &&
      decisionOn(decided, ctx.asOf)?.applicable === false,
  )
  const scope = scopeOfProgramme(one, services)
  return {
    ...one,
    editionName: edition.framework.name,
    running: isRunning(one, ctx.asOf),
    requirements: inForce.size,
    notApplicable: excluded.length,
    abilities: [
      ...changes.filter((action) => one.endedOn === null && ctx.can(`programme.${action}`, scope)),
      ...(one.endedOn === null && ctx.can('applicability.decide', scope) ? ['decide'] : []),
    ],
  }
}

/** All programmes with their counts: three queries, whatever their number. */
export const listProgrammes: Query<Context, Record<string, never>, { items: ProgrammeAnswer[] }> = {
  kind: 'query',
  noun: 'programme',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(answerSchema) }),
  scope: () => 'filtered',
  async run(ctx) {
    const found = await allProgrammes(ctx)
    const services = await allServices(ctx)
    const decisions = await applicabilityOf(
      ctx,
      found.map((one) => one.id),
    )
    return { items: found.map((one) => answerOf(ctx, one, services, decisions)) }
  },
}

const byId = z.strictObject({ id: idSchema })

const scopeOfId = async (ctx: Context, { id }: { id: Id }): Promise<Scope> =>
  scopeOfProgramme(await findProgramme(ctx, id), await allServices(ctx))

export const getProgramme: Query<Context, { id: Id }, ProgrammeAnswer> = {
  kind: 'query',
  noun: 'programme',
  action: 'read',
  input: byId,
  output: answerSchema,
  scope: scopeOfId,
  async run(ctx, { id }) {
    const one = await findProgramme(ctx, id)
    return answerOf(ctx, one, await allServices(ctx), await applicabilityOf(ctx, [id]))
  },
}

const decidedSchema = z.strictObject({
  requirement: z.string(),
  title: localText(400),
  parent: z.string().nullable(),
  /** The decision's id and version, to change it; null where none was taken, and it applies. */
  decided: applicability.schema.nullable(),
  applicable: z.boolean(),
})

/** What a programme asks for on a day, each with the decision whether it applies. */
export const listApplicability: Query<Context, { id: Id }, { items: z.output<typeof decidedSchema>[] }> = {
  kind: 'query',
  noun: 'applicability',
  action: 'read',
  input: byId,
  output: z.strictObject({ items: z.array(decidedSchema) }),
  scope: scopeOfId,
  async run(ctx, { id }) {
    const one = await findProgramme(ctx, id)
    const edition = editionOf(ctx, one)
    const decided = new Map((await applicabilityOf(ctx, [id])).map((each) => [each.requirement, each]))
    const items = requirementsOf(edition, one, ctx.asOf).map((node) => {
      const found = decided.get(node.id) ?? null
      const title = (language: 'en' | 'ja') => edition.locales[language].titles[node.id]
      return {
        requirement: node.id,
        title: { en: title('en'), ja: title('ja') },
        parent: node.parent,
        decided: found,
        applicable: (found && decisionOn(found, ctx.asOf)?.applicable) ?? true,
      }
    })
    return { items }
  },
}
