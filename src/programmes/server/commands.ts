import { z } from 'zod'
import { canonicalize } from '#tlog'
import type { Context } from '../../db/context.ts'
import { save, saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { changedFromInput, changedFromProblems } from '../../kernel/dated.ts'
import { daySchema } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { lineText, plainText } from '../../kernel/text.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { findPerson } from '../../people/server/queries.ts'
import {
  type Applicability,
  applicability,
  applicabilityProblems,
  type Decision,
  decisionOn,
  statedReasons,
} from '../applicability.ts'
import { type Programme, programme, programmeProblems } from '../programme.ts'
import { applicabilityOf, editionOf, findProgramme, scopeOfProgramme } from './queries.ts'

type ProgrammeCommand<Input, Output = Programme> = Command<Context, Input, Output>

function categoryProblems(ctx: Context, one: Programme): FieldProblem[] {
  const { framework } = editionOf(ctx, one)
  const known = framework.categories.map((category) => category.key)
  return [
    ...(framework.requirements === 'outline'
      ? [fieldProblem('/edition', 'programme.edition_outline', { edition: one.edition })]
      : []),
    ...one.categories.flatMap((category, index) =>
      known.includes(category)
        ? []
        : [
            fieldProblem(`/categories/${index}`, 'programme.category_unknown', {
              category,
              known: known.join(', '),
            }),
          ],
    ),
  ]
}

/** What it names must exist here: an id of another organisation is as unknown as an invented one. */
async function referenceProblems(ctx: Context, one: Programme): Promise<FieldProblem[]> {
  const entities = new Set((await allEntities(ctx)).map((entity) => entity.id))
  const services = new Set((await allServices(ctx)).map((service) => service.id))
  const unknown = (pointer: string, ids: readonly Id[], known: ReadonlySet<Id>) =>
    ids.flatMap((id, index) =>
      known.has(id) ? [] : [fieldProblem(`${pointer}/${index}`, 'record.reference_unknown')],
    )
  return [
    ...unknown(
      '/entities',
      one.entities.map((part) => part.entityId),
      entities,
    ),
    ...unknown(
      '/services',
      one.services.map((part) => part.serviceId),
      services,
    ),
  ]
}

async function refuseBroken(ctx: Context, one: Programme): Promise<void> {
  const twins = await ctx.tx
    .selectFrom(rowsOf(ctx, programme, 'p'))
    .select('id')
    .where('key', '=', one.key)
    .where('id', '<>', one.id)
    .execute()
  if (one.ownerId !== null) await findPerson(ctx, one.ownerId)
  refuseInvalid([
    ...programmeProblems(one),
    ...categoryProblems(ctx, one),
    ...(await referenceProblems(ctx, one)),
    ...(twins.length > 0 ? [fieldProblem('/key', 'record.key_taken', { key: one.key })] : []),
  ])
}

const createInput = programme.schema.omit({ id: true, version: true, endedOn: true, former: true })

export const createProgramme: ProgrammeCommand<z.output<typeof createInput>> = {
  kind: 'command',
  noun: 'programme',
  action: 'create',
  input: createInput,
  output: programme.schema,
  scope: async (ctx, input) =>
    scopeOfProgramme({ ...input, id: '', version: 0, endedOn: null, former: null }, await allServices(ctx)),
  async run(ctx, input) {
    const created: Programme = {
      ...input,
      id: newId(ctx.random),
      ...{ version: 0, endedOn: null, former: null },
    }
    await refuseBroken(ctx, created)
    return save(ctx, programme, 'programme.created', created)
  },
}

const updateInput = programme.schema
  .omit({ endedOn: true })
  .partial({ former: true })
  .extend({ changedFrom: changedFromInput, reason: plainText(2000).nullable().default(null) })

/** Needs the right over the scope before and after: nobody takes an entity in or out that is not theirs. */
export const updateProgramme: ProgrammeCommand<z.output<typeof updateInput>> = {
  kind: 'command',
  noun: 'programme',
  action: 'update',
  input: updateInput,
  output: programme.schema,
  async scope(ctx, { reason: _reason, changedFrom: _from, ...input }) {
    const services = await allServices(ctx)
    const before = scopeOfProgramme(await findProgramme(ctx, input.id), services)
    const after = scopeOfProgramme({ ...input, endedOn: null, former: null }, services)
    if (before === 'organisation' || after === 'organisation') return 'organisation'
    return { entities: [...new Set([...before.entities, ...after.entities])] }
  },
  async run(ctx, { reason, changedFrom, ...input }) {
    const before = await findProgramme(ctx, input.id)
    refuseInvalid(changedFromProblems(changedFrom, ctx.today))
    if (before.endedOn !== null) throw new Problem('precondition', 'programme.ended', { day: before.endedOn })
    if (before.edition !== input.edition) refuseInvalid([fieldProblem('/edition', 'programme.edition_fixed')])
    const after: Programme = { ...input, endedOn: null, former: null }
    await refuseBroken(ctx, after)
    return save(ctx, programme, 'programme.updated', after, reason, changedFrom ?? ctx.today)
  },
}

const endInput = programme.schema
  .pick({ id: true, version: true })
  .extend({ endedOn: daySchema, reason: plainText(2000) })

/** Ends a programme; its past stays readable on every day of it. */
export const endProgramme: ProgrammeCommand<z.output<typeof endInput>> = {
  kind: 'command',
  noun: 'programme',
  action: 'end',
  input: endInput,
  output: programme.schema,
  scope: async (ctx, { id }) => scopeOfProgramme(await findProgramme(ctx, id), await allServices(ctx)),
  async run(ctx, { id, version, endedOn, reason }) {
    const before = await findProgramme(ctx, id)
    if (before.endedOn !== null) throw new Problem('precondition', 'programme.ended', { day: before.endedOn })
    const from = before.cycles[0]?.from ?? endedOn
    if (endedOn < from) refuseInvalid([fieldProblem('/endedOn', 'programme.end_before_start', { from })])
    return save(ctx, programme, 'programme.ended', { ...before, version, endedOn }, reason)
  },
}

const decideInput = z.strictObject({
  id: idSchema,
  from: daySchema,
  applicable: z.boolean(),
  reasons: z.array(z.enum(statedReasons)).max(statedReasons.length).default([]),
  justification: localText(2000).nullable(),
  requirements: z.array(lineText(40)).min(1).max(600),
})

/** The decisions of before from that day on are replaced: a decision says how it is until another one does. */
const decided = (before: readonly Decision[], added: Decision): Decision[] => [
  ...before.filter((decision) => decision.from < added.from),
  added,
]

function withDecision(
  existing: Applicability | undefined,
  fresh: Applicability,
  added: Decision,
): Applicability {
  return existing
    ? { ...existing, decisions: decided(existing.decisions, added) }
    : { ...fresh, decisions: [added] }
}

/** Decides for one or many requirements at once whether they apply from a day on; what says so already is left alone. */
export const decideApplicability: ProgrammeCommand<
  z.output<typeof decideInput>,
  { items: Applicability[] }
> = {
  kind: 'command',
  noun: 'applicability',
  action: 'decide',
  input: decideInput,
  output: z.strictObject({ items: z.array(applicability.schema) }),
  scope: async (ctx, { id }) => scopeOfProgramme(await findProgramme(ctx, id), await allServices(ctx)),
  async run(ctx, { id, requirements, ...said }) {
    const one = await findProgramme(ctx, id)
    if (one.endedOn !== null) throw new Problem('precondition', 'programme.ended', { day: one.endedOn })
    const assessable = new Set(
      editionOf(ctx, one)
        .requirements.filter((node) => node.requirement === true)
        .map((node) => node.id),
    )
    const known = new Map((await applicabilityOf(ctx, [id])).map((each) => [each.requirement, each]))
    const personId = ctx.actor.kind === 'person' ? ctx.actor.id : null
    const changed = [...new Set(requirements)].flatMap((requirement) => {
      const existing = known.get(requirement)
      const now = existing ? decisionOn(existing, said.from) : null
      const same =
        now?.applicable === said.applicable &&
        canonicalize(now.justification) === canonicalize(said.justification) &&
        canonicalize(now.reasons) === canonicalize(said.reasons) &&
        existing?.decisions.at(-1) === now
      const fresh = { id: newId(ctx.random), version: 0, programmeId: id, requirement, decisions: [] }
      return same ? [] : [withDecision(existing, fresh, { ...said, personId })]
    })
    refuseInvalid([
      ...requirements.flatMap((requirement, index) =>
        assessable.has(requirement)
          ? []
          : [fieldProblem(`/requirements/${index}`, 'applicability.requirement_unknown', { requirement })],
      ),
      ...(said.applicable || said.justification !== null
        ? []
        : [fieldProblem('/justification', 'applicability.justification_missing')]),
    ])
    refuseInvalid(changed.flatMap(applicabilityProblems))
    return { items: await saveAll(ctx, applicability, 'applicability.decided', changed) }
  },
}
