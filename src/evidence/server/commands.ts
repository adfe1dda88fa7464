import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { keySchema as dataKey } from '../../frameworks/fields.ts'
import type { Command } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, notFound, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { findPerson } from '../../people/server/queries.ts'
import { type Evidence, evidence } from '../evidence.ts'
import { type EvidenceFile, fileFacts } from '../file.ts'
import { contentProblems, derivedValidity, timeProblems } from '../rules.ts'
import { wordProblems } from '../word-cards.ts'
import { takeFiles } from './files.ts'
import { lockEvidence, refuseEnded } from './found.ts'
import { judgeLinks } from './links.ts'
import { successorOf } from './successor.ts'

export { keepFile } from './files.ts'

const { shape } = evidence.schema

const factsInput = {
  title: shape.title,
  description: shape.description.default(null),
  location: shape.location.default(null),
  source: shape.source.default('uploaded'),
  collector: shape.collector.default(null),
  /** The person who took it from its source; not given, it is who adds it. */
  collectorId: shape.collectorId.optional(),
  aboutFrom: shape.aboutFrom,
  aboutTo: shape.aboutTo,
  /** Not given, it is today. */
  collectedOn: shape.collectedOn.optional(),
  collectedAt: shape.collectedAt.default(null),
  /** Not given, it follows from the implementations that it is linked to. */
  validUntil: shape.validUntil.nullable().default(null),
  toleranceDays: shape.toleranceDays.default(0),
  /** Files of the actor that wait, in the order in which they are shown. */
  files: z.array(idSchema).max(200).default([]),
  /** A waiting JSON file that holds data of a kind. */
  data: z
    .strictObject({ kind: dataKey.max(80), file: idSchema })
    .nullable()
    .default(null),
  implementationIds: shape.implementationIds.default([]),
  occurrenceIds: shape.occurrenceIds.default([]),
  requirements: shape.requirements.default([]),
  assetIds: shape.assetIds.default([]),
  retainUntil: shape.retainUntil.default(null),
}

const addInput = z.strictObject({ ...factsInput, entityId: shape.entityId })
type Facts = z.output<ReturnType<typeof z.strictObject<typeof factsInput>>>

type Data = { data: Evidence['data']; problems: FieldProblem[] }

async function takeData(ctx: Context, wanted: Facts['data']): Promise<Data> {
  if (wanted === null) return { data: null, problems: [] }
  const { files, problems } = await takeFiles(ctx, [wanted.file], 'data/file')
  const [file] = files
  if (!file) return { data: null, problems: problems.map((one) => ({ ...one, pointer: '/data/file' })) }
  if (file.mediaType !== 'application/json')
    return {
      data: null,
      problems: [fieldProblem('/data/file', 'evidence.data_not_json', { found: file.mediaType })],
    }
  return { data: { kind: wanted.kind, digest: file.digest, size: file.size }, problems: [] }
}

type Kept = { files: readonly EvidenceFile[]; data: Evidence['data'] }

/** Puts an item together and refuses it with everything that is wrong with it. */
async function compose(
  ctx: Context,
  input: Facts,
  entityId: Id,
  kept: Kept,
  replaces: Evidence | null,
): Promise<Evidence> {
  const taken = await takeFiles(ctx, input.files)
  const data = await takeData(ctx, input.data)
  const { problems, implementations } = await judgeLinks(ctx, input, replaces)
  const actorId = ctx.actor.kind === 'person' ? ctx.actor.id : null
  const collectorId = input.collectorId === undefined ? actorId : input.collectorId
  if (collectorId !== null && collectorId !== actorId) await findPerson(ctx, collectorId)
  const { validUntil, collectedOn, ...facts } = input
  const one: Evidence = {
    ...facts,
    id: newId(ctx.random),
    version: 0,
    entityId,
    collectorId,
    addedById: actorId,
    collectedOn: collectedOn ?? ctx.today,
    validUntil: validUntil ?? derivedValidity(input, implementations),
    validityStated: validUntil !== null,
    files: [...kept.files, ...taken.files],
    data: data.data ?? kept.data,
    review: null,
    replaces: replaces?.id ?? null,
    withdrawn: null,
    hold: null,
    disposed: null,
  }
  const fileProblems = [...taken.problems, ...data.problems]
  refuseInvalid([
    ...fileProblems,
    ...problems,
    ...timeProblems(one, ctx.today),
    ...(fileProblems.length > 0 ? [] : contentProblems(one)),
    ...wordProblems(one),
  ])
  return one
}

/** Records an item with files that were sent before. */
export const addEvidence: Command<Context, z.output<typeof addInput>, Evidence> = {
  kind: 'command',
  noun: 'evidence',
  action: 'add',
  input: addInput,
  output: evidence.schema,
  async scope(ctx, input) {
    if (!ctx.hasEntity(input.entityId)) throw notFound('entity')
    return { entities: [input.entityId] }
  },
  async run(ctx, { entityId, ...input }) {
    const one = await compose(ctx, input, entityId, { files: [], data: null }, null)
    return save(ctx, evidence, 'evidence.added', one)
  },
}

const sendInput = z.strictObject({
  ...addInput.shape,
  /** Stored and inspected files that came with the item. Never an input from outside: whoever names a digest may not have the bytes. */
  sent: z.array(z.strictObject(fileFacts)).max(200),
})

/** Records an item together with files that came with it, in one transaction: they wait for nothing. */
export const sendEvidence: Command<Context, z.output<typeof sendInput>, Evidence> = {
  ...addEvidence,
  input: sendInput,
  async run(ctx, { entityId, sent, ...input }) {
    const files = sent.map((facts) => ({ id: newId(ctx.random), ...facts }))
    const one = await compose(ctx, input, entityId, { files, data: null }, null)
    return save(ctx, evidence, 'evidence.added', one)
  },
}

const reviseInput = z.strictObject({
  ...factsInput,
  /** Links not given stay as they are. */
  implementationIds: shape.implementationIds.optional(),
  occurrenceIds: shape.occurrenceIds.optional(),
  requirements: shape.requirements.optional(),
  assetIds: shape.assetIds.optional(),
  id: idSchema,
  /** Files of the item before that the new one keeps. */
  keep: z.array(idSchema).max(200).default([]),
})

/**
 * Adds an item in place of another, which stays as it was: what an auditor has seen does not change. The new one has to
 * be judged anew.
 */
export const reviseEvidence: Command<Context, z.output<typeof reviseInput>, Evidence> = {
  kind: 'command',
  noun: 'evidence',
  action: 'revise',
  input: reviseInput,
  output: evidence.schema,
  scope: async (ctx, { id }) => ({ entities: [(await lockEvidence(ctx, id)).entityId] }),
  async run(ctx, { id, keep, ...input }) {
    const before = await lockEvidence(ctx, id)
    refuseEnded(before)
    if (await successorOf(ctx, id)) throw new Problem('precondition', 'evidence.replaced')
    const kept = before.files.filter((file) => keep.includes(file.id))
    const unknown = keep.flatMap((wanted, index) =>
      before.files.some((file) => file.id === wanted)
        ? []
        : [fieldProblem(`/keep/${index}`, 'record.reference_unknown')],
    )
    refuseInvalid(unknown)
    const data = input.data === null ? before.data : null
    const facts = {
      ...input,
      implementationIds: input.implementationIds ?? before.implementationIds,
      occurrenceIds: input.occurrenceIds ?? before.occurrenceIds,
      requirements: input.requirements ?? before.requirements,
      assetIds: input.assetIds ?? before.assetIds,
    }
    const one = await compose(ctx, facts, before.entityId, { files: kept, data }, before)
    return save(ctx, evidence, 'evidence.revised', one)
  },
}
