import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { isIsms } from '../../frameworks/edition.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { servicesById } from '../../organisation/server/queries.ts'
import { keeperSchema, keepersNamed, namedSchema, peopleNamed } from '../../people/server/name-queries.ts'
import {
  entitiesOn,
  isRunning,
  type Programme,
  programme,
  programmeServicesOn,
} from '../../programmes/programme.ts'
import { allProgrammes, editionOf, findProgramme } from '../../programmes/server/queries.ts'
import { driftOf, hasDrifted, inForceOn, scopeStateOn, scopeStates } from '../scope-state.ts'
import { type ScopeStatement, scopeStatement } from '../scope-statement.ts'
import { scopeStatementsOf } from './queries.ts'
import { scopeOfStatements } from './scope-commands.ts'

const ids = z.strictObject({ added: z.array(idSchema), removed: z.array(idSchema) })

const driftSchema = z.strictObject({ entities: ids, services: ids })

/** What a programme has in scope on a day: its entities, its services and the entities that operate those. */
async function partsOf(ctx: Context, one: Programme) {
  const services = await servicesById(ctx)
  const serviceIds = programmeServicesOn(one, ctx.asOf)
  const operators = serviceIds.flatMap((id) => services.get(id)?.entityId ?? [])
  return { entityIds: [...new Set([...entitiesOn(one, ctx.asOf), ...operators])], serviceIds }
}

const lineSchema = z.strictObject({
  programme: programme.schema.pick({ id: true, key: true, name: true, edition: true }),
  editionName: localText(400),
  running: z.boolean(),
  /** The version in force on the day asked about. */
  inForce: scopeStatement.schema.pick({ id: true, number: true, effectiveFrom: true }).nullable(),
  openDraft: scopeStatement.schema.pick({ id: true, number: true }).nullable(),
  drifted: z.boolean(),
})

const isIso = (ctx: Context, one: Programme) => isIsms(editionOf(ctx, one))

const draftOn = (series: readonly ScopeStatement[], day: string) =>
  series.find((one) => one.draftedOn <= day && scopeStateOn(one, series, day) === 'draft') ?? null

/** The programmes that need a scope statement, each with how it stands: four queries, whatever their number. */
export const listScopes: Query<Context, Record<string, never>, { items: z.output<typeof lineSchema>[] }> = {
  kind: 'query',
  noun: 'scope-statement',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(lineSchema) }),
  scope: () => 'filtered',
  async run(ctx) {
    const found = (await allProgrammes(ctx)).filter((one) => isIso(ctx, one))
    const all = Map.groupBy(
      await scopeStatementsOf(
        ctx,
        found.map((one) => one.id),
      ),
      (one) => one.programmeId,
    )
    const items = []
    for (const one of found) {
      const series = all.get(one.id) ?? []
      const current = inForceOn(series, ctx.asOf)
      const draft = draftOn(series, ctx.asOf)
      items.push({
        programme: { id: one.id, key: one.key, name: one.name, edition: one.edition },
        editionName: editionOf(ctx, one).framework.name,
        running: isRunning(one, ctx.asOf),
        inForce: current && { id: current.id, number: current.number, effectiveFrom: current.effectiveFrom },
        openDraft: draft && { id: draft.id, number: draft.number },
        drifted: current !== null && hasDrifted(driftOf(current, await partsOf(ctx, one))),
      })
    }
    return { items }
  },
}

const versionSchema = scopeStatement.schema.extend({
  state: z.enum(scopeStates),
  authors: z.array(namedSchema),
  approver: keeperSchema.nullable(),
  abilities: z.array(z.string()),
})

const seriesSchema = z.strictObject({
  programme: programme.schema.pick({ id: true, key: true, name: true, edition: true }),
  running: z.boolean(),
  /** Newest first, those drafted by the day asked about. */
  versions: z.array(versionSchema),
  inForceId: idSchema.nullable(),
  /** How what the programme has in scope that day differs from the statement in force. */
  drift: driftSchema.nullable(),
  /** What a new draft begins with. */
  proposal: z.strictObject({ entityIds: z.array(idSchema), serviceIds: z.array(idSchema) }),
  abilities: z.array(z.string()),
})

function abilitiesOf(ctx: Context, one: ScopeStatement, can: (action: string) => boolean): string[] {
  if (one.withdrawn !== null) return []
  const open = one.approval === null
  const own = ctx.actor.id !== null && one.authorIds.includes(ctx.actor.id)
  return [
    ...(open && can('draft') ? ['edit'] : []),
    ...(open && !own && ctx.actor.kind === 'person' && can('approve') ? ['approve'] : []),
    ...(can('withdraw') ? ['withdraw'] : []),
  ]
}

/** The versions of a programme's statement with the state of each on the day asked about, and how true it still is. */
export const getScope: Query<Context, { id: Id }, z.output<typeof seriesSchema>> = {
  kind: 'query',
  noun: 'scope-statement',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: seriesSchema,
  scope: (ctx, { id }) => scopeOfStatements(ctx, id),
  async run(ctx, { id }) {
    const one = await findProgramme(ctx, id)
    const scope = await scopeOfStatements(ctx, id)
    const can = (action: string) => ctx.can(`scope-statement.${action}`, scope)
    const series = await scopeStatementsOf(ctx, [id])
    const shown = series.filter((each) => each.draftedOn <= ctx.asOf)
    const people = shown.flatMap((each) => [...each.authorIds, each.approval?.personId])
    const named = await peopleNamed(ctx, people)
    const approvers = await keepersNamed(
      ctx,
      shown.map((each) => each.approval?.personId),
    )
    const parts = await partsOf(ctx, one)
    const current = inForceOn(series, ctx.asOf)
    const drift = current && driftOf(current, parts)
    const iso = isIso(ctx, one)
    const openDraft = series.some((each) => each.approval === null && each.withdrawn === null)
    return {
      programme: { id, key: one.key, name: one.name, edition: one.edition },
      running: isRunning(one, ctx.asOf),
      versions: shown.toReversed().map((each) => ({
        ...each,
        state: scopeStateOn(each, series, ctx.asOf),
        authors: each.authorIds.flatMap((author) => named(author) ?? []),
        approver: approvers(each.approval?.personId ?? null),
        abilities: abilitiesOf(ctx, each, can),
      })),
      inForceId: current?.id ?? null,
      drift: drift && hasDrifted(drift) ? drift : null,
      proposal: parts,
      abilities: iso && !openDraft && one.endedOn === null && can('draft') ? ['draft'] : [],
    }
  },
}
