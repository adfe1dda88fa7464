import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { occurrence } from '../../controls/occurrence.ts'
import { findImplementation, implementationsById } from '../../controls/server/implementation-queries.ts'
import { findOccurrence, occurrencesById } from '../../controls/server/occurrence-queries.ts'
import { findControl, implementationsOf } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { linksAt } from '../../frameworks/library.ts'
import type { Query } from '../../kernel/command.ts'
import { addDays, type Day, daySchema } from '../../kernel/day.ts'
import { fieldProblem, notFound, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { readingScope } from '../../programmes/server/reach-queries.ts'
import { type Evidence, evidence } from '../evidence.ts'
import { byWorth, proposalOf, proposalReasons, type Wanted } from '../proposal.ts'
import { candidatesOfAny, type Linked, naming, namingRequirement, visibleEvidence } from './conditions.ts'
import { answerOf, evidenceAnswerSchema } from './queries.ts'

const input = z.strictObject({ implementation: idSchema.optional(), occurrence: idSchema.optional() })
type Input = z.output<typeof input>

const proposalSchema = z.strictObject({
  item: evidenceAnswerSchema,
  because: z.enum(proposalReasons),
  /** What it was given for already: `on` is the day of its acceptance, or of its collection. */
  given: z.array(
    z.strictObject({
      implementationId: idSchema,
      occurrenceId: idSchema.nullable(),
      controlId: idSchema,
      entityId: idSchema,
      periodFrom: daySchema.nullable(),
      periodTo: daySchema.nullable(),
      on: daySchema,
    }),
  ),
})

type Answer = z.output<typeof proposalSchema>

// Of more than these nobody chooses, and each condition costs a look into an index.
const mostCandidates = 300
const mostConditions = 100
const mostProposals = 20

async function implementationOf(ctx: Context, { implementation, occurrence }: Input): Promise<Id> {
  if ((implementation === undefined) === (occurrence === undefined))
    refuseInvalid([fieldProblem('/occurrence', 'evidence.proposal_for_one')])
  if (implementation !== undefined) return implementation
  if (occurrence === undefined) throw notFound('occurrence')
  return (await findOccurrence(ctx, occurrence)).implementationId
}

async function requirementsOf(ctx: Context, controlId: Id): Promise<string[]> {
  const { libraryId, libraryVersion, requirementLinks } = await findControl(ctx, controlId)
  const shipped = [...linksAt(ctx.catalogue.library, libraryVersion)].flatMap(([edition, { links }]) =>
    links
      .filter((link) => link.control === libraryId)
      .flatMap((link) => link.requirements.map((requirement) => `${edition} ${requirement}`)),
  )
  const own = requirementLinks.map(({ edition, requirement }) => `${edition} ${requirement}`)
  return [...new Set([...own, ...shipped])]
}

const split = (name: string) => {
  const at = name.indexOf(' ')
  return { edition: name.slice(0, at), requirement: name.slice(at + 1) }
}

const linkedTo = ({ implementation, occurrence, edition, requirement }: Linked): RawBuilder<boolean> => {
  if (implementation !== undefined) return naming('implementation_ids', implementation)
  if (occurrence !== undefined) return naming('occurrence_ids', occurrence)
  return namingRequirement(edition ?? '', requirement ?? '')
}

/** Items that name a sibling or a requirement, the newest first: what is chosen from. */
async function candidates(ctx: Context, wanted: Wanted, occurrenceIds: readonly Id[]): Promise<Evidence[]> {
  const links: Linked[] = [
    ...[wanted.implementationId, ...wanted.siblings].map((implementation) => ({ implementation })),
    ...occurrenceIds.map((occurrence) => ({ occurrence })),
    ...[...wanted.requirements].map(split),
  ].slice(0, mostConditions)
  const ids = await candidatesOfAny(ctx, links)
  const { rows } = await sql<Evidence>`
    select * from ${rowsOf(ctx, evidence, 'e')}
    where ${ids === null ? sql<boolean>`true` : sql<boolean>`id = any(${ids}::uuid[])`}
      and (${sql.join(links.map(linkedTo), sql` or `)}) and ${await visibleEvidence(ctx)}
      and withdrawn is null and disposed is null
    order by about_to desc, id limit ${mostCandidates}`.execute(ctx.tx)
  return rows
}

async function given(ctx: Context, items: readonly Evidence[]): Promise<ReadonlyMap<Id, Answer['given']>> {
  const occurrences = new Map(
    (
      await occurrencesById(
        ctx,
        items.flatMap((one) => one.occurrenceIds),
      )
    ).map((one) => [one.id, one]),
  )
  const implementations = new Map(
    (
      await implementationsById(ctx, [
        ...items.flatMap((one) => one.implementationIds),
        ...[...occurrences.values()].map((one) => one.implementationId),
      ])
    ).map((one) => [one.id, one]),
  )
  const placeOf = (id: Id, on: string, occurrenceId: Id | null): Answer['given'] => {
    const found = implementations.get(id)
    if (!found) return []
    const { controlId, entityId } = found
    const of = occurrenceId === null ? undefined : occurrences.get(occurrenceId)
    const [periodFrom, periodTo] = [of?.periodFrom ?? null, of?.periodTo ?? null]
    return [{ implementationId: id, occurrenceId, controlId, entityId, periodFrom, periodTo, on }]
  }
  return new Map(
    items.map((one) => {
      const on = one.review?.verdict === 'accepted' ? one.review.on : one.collectedOn
      return [
        one.id,
        [
          ...one.implementationIds.flatMap((id) => placeOf(id, on, null)),
          ...one.occurrenceIds.flatMap((id) => placeOf(occurrences.get(id)?.implementationId ?? '', on, id)),
        ],
      ]
    }),
  )
}

/** What an implementation or occurrence wants, and the occurrences by which items of its control can be known. */
async function wantedFor(ctx: Context, asked: Input): Promise<{ wanted: Wanted; occurrenceIds: Id[] }> {
  const implementationId = await implementationOf(ctx, asked)
  const { controlId } = await findImplementation(ctx, implementationId)
  const siblings = (await implementationsOf(ctx, [controlId])).map(({ id }) => id)
  const of = asked.occurrence === undefined ? null : await findOccurrence(ctx, asked.occurrence)
  const around = of ? await occurrencesAround(ctx, siblings, of.periodFrom, of.dueBy) : []
  return {
    wanted: {
      implementationId,
      occurrence: of ? { id: of.id, from: of.periodFrom, to: of.dueBy } : null,
      siblings: new Set(siblings.filter((id) => id !== implementationId)),
      occurrences: new Map(around.map((one) => [one.id, one.implementationId])),
      requirements: new Set(await requirementsOf(ctx, controlId)),
    },
    occurrenceIds: around.map(({ id }) => id),
  }
}

/** Occurrences of the control anywhere in about the same time: what was given for one may show another. */
const occurrencesAround = (ctx: Context, siblings: readonly Id[], from: Day, to: Day) =>
  ctx.tx
    .selectFrom(rowsOf(ctx, occurrence, 'o'))
    .select(['id', 'implementationId'])
    .where('implementationId', 'in', [...siblings])
    .where('dueBy', '>=', addDays(from, -31))
    .where('dueBy', '<=', addDays(to, 31))
    .orderBy('dueBy', 'desc')
    .orderBy('id')
    .limit(mostConditions / 2)
    .execute()

/** Evidence that is there already and could serve for an implementation or occurrence too. */
export const listProposals: Query<Context, Input, { items: Answer[] }> = {
  kind: 'query',
  noun: 'evidence',
  action: 'read',
  input,
  output: z.strictObject({ items: z.array(proposalSchema) }),
  async scope(ctx, asked) {
    const id = await implementationOf(ctx, asked)
    return readingScope(ctx, [(await findImplementation(ctx, id)).entityId])
  },
  async run(ctx, asked) {
    const { wanted, occurrenceIds } = await wantedFor(ctx, asked)
    const chosen = (await candidates(ctx, wanted, occurrenceIds))
      .flatMap((one) => {
        const found = proposalOf(one, wanted, ctx.asOf)
        return found ? [{ one, because: found.because }] : []
      })
      .sort(byWorth)
      .slice(0, mostProposals)
    const places = await given(
      ctx,
      chosen.map(({ one }) => one),
    )
    return {
      items: chosen.map(({ one, because }) => ({
        item: answerOf(ctx, one),
        because,
        given: places.get(one.id) ?? [],
      })),
    }
  },
}
