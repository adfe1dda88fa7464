import { sql } from 'kysely'
import { z } from 'zod'
import { assetsById } from '../../assets/server/queries.ts'
import { control } from '../../controls/control.ts'
import { implementationsById } from '../../controls/server/implementation-queries.ts'
import { occurrencesById } from '../../controls/server/occurrence-queries.ts'
import { allControls } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { person } from '../../people/person.ts'
import { readingScope } from '../../programmes/server/reach-queries.ts'
import { type Evidence, evidence } from '../evidence.ts'
import { evidenceStates, stateOn } from '../state.ts'
import { findEvidence } from './found.ts'
import { answerOf, evidenceAnswerSchema } from './queries.ts'

const controlNamed = { controlId: idSchema, code: control.schema.shape.code, name: control.schema.shape.name }
const placed = { entityId: idSchema, serviceId: idSchema.nullable() }

const detailSchema = evidenceAnswerSchema.extend({
  linked: z.strictObject({
    implementations: z.array(z.strictObject({ id: idSchema, ...controlNamed, ...placed })),
    occurrences: z.array(
      z.strictObject({
        id: idSchema,
        implementationId: idSchema,
        periodFrom: daySchema,
        periodTo: daySchema,
        dueBy: daySchema,
        ...controlNamed,
        ...placed,
      }),
    ),
    requirements: z.array(
      z.strictObject({
        edition: z.string(),
        requirement: z.string(),
        title: z.strictObject({ en: z.string().optional(), ja: z.string().optional() }),
      }),
    ),
    assets: z.array(z.strictObject({ id: idSchema, key: z.string(), name: localText(200) })),
  }),
  /** Everyone whom the item names. */
  people: z.array(z.strictObject({ id: idSchema, name: localText(200) })),
  /** What it replaced and what replaced it, the first item first. */
  revisions: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string(),
      aboutFrom: daySchema,
      aboutTo: daySchema,
      collectedOn: daySchema,
      state: z.enum(evidenceStates),
    }),
  ),
})

type Detail = z.output<typeof detailSchema>

async function linkedOf(ctx: Context, one: Evidence): Promise<Detail['linked']> {
  const occurrences = await occurrencesById(ctx, one.occurrenceIds)
  const implementations = new Map(
    (
      await implementationsById(ctx, [
        ...one.implementationIds,
        ...occurrences.map(({ implementationId }) => implementationId),
      ])
    ).map((each) => [each.id, each]),
  )
  const controls = new Map(
    implementations.size === 0 ? [] : (await allControls(ctx)).map((each) => [each.id, each]),
  )
  const named = (id: Id) => {
    const found = implementations.get(id)
    const of = found ? controls.get(found.controlId) : undefined
    if (!found || !of) return null
    const { entityId, serviceId } = found
    return { controlId: of.id, code: of.code, name: of.name, entityId, serviceId }
  }
  return {
    implementations: one.implementationIds.flatMap((id) => {
      const name = named(id)
      return name ? [{ id, ...name }] : []
    }),
    occurrences: occurrences.flatMap(({ id, implementationId, periodFrom, periodTo, dueBy }) => {
      const name = named(implementationId)
      return name ? [{ id, implementationId, periodFrom, periodTo, dueBy, ...name }] : []
    }),
    requirements: one.requirements.map(({ edition, requirement }) => {
      const { en, ja } = ctx.catalogue.editions.get(edition)?.locales ?? {}
      return {
        edition,
        requirement,
        title: { en: en?.titles[requirement], ja: ja?.titles[requirement] },
      }
    }),
    assets: (await assetsById(ctx, one.assetIds)).map(({ id, key, name }) => ({ id, key, name })),
  }
}

async function peopleOf(ctx: Context, one: Evidence): Promise<Detail['people']> {
  const ids = [one.collectorId, one.addedById, one.review?.personId, one.hold?.personId]
  const wanted = [...new Set(ids.flatMap((id) => (id ? [id] : [])))]
  if (wanted.length === 0) return []
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .select(['id', 'name'])
    .where('id', 'in', wanted)
    .orderBy('id')
    .execute()
  return rows.map(({ id, name }) => ({ id, name }))
}

/** The chain of items around one, both ways. An item taken back may have left two in its place. */
async function revisionsOf(ctx: Context, one: Evidence): Promise<Detail['revisions']> {
  const { rows } = await sql<Evidence>`
    with recursive items as (select * from ${rowsOf(ctx, evidence, 'e')}),
      earlier as (
        select * from items where id = ${one.id}::uuid
        union select items.* from items join earlier on items.id = earlier.replaces),
      chain as (
        select * from earlier
        union select items.* from items join chain on items.replaces = chain.id)
    select * from chain order by collected_on, id limit 200`.execute(ctx.tx)
  return rows.map((each) => ({
    id: each.id,
    title: each.title,
    aboutFrom: each.aboutFrom,
    aboutTo: each.aboutTo,
    collectedOn: each.collectedOn,
    state: stateOn(each, ctx.asOf),
  }))
}

/** One item with the names of all that it is linked to, and the items before and after it. */
export const getEvidence: Query<Context, { id: Id }, Detail> = {
  kind: 'query',
  noun: 'evidence',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: detailSchema,
  scope: async (ctx, { id }) => readingScope(ctx, [(await findEvidence(ctx, id)).entityId]),
  async run(ctx, { id }) {
    const one = await findEvidence(ctx, id)
    return {
      ...answerOf(ctx, one),
      linked: await linkedOf(ctx, one),
      people: await peopleOf(ctx, one),
      revisions: await revisionsOf(ctx, one),
    }
  },
}

/** One file of an item, for who may read the item. */
export const getEvidenceFile: Query<
  Context,
  { id: Id; fileId: Id },
  Evidence['files'][number] & { disposedOn: string | null }
> = {
  kind: 'query',
  noun: 'evidence',
  action: 'read',
  input: z.strictObject({ id: idSchema, fileId: idSchema }),
  output: evidence.schema.shape.files.element.extend({ disposedOn: daySchema.nullable() }),
  scope: async (ctx, { id }) => readingScope(ctx, [(await findEvidence(ctx, id)).entityId]),
  async run(ctx, { id, fileId }) {
    const one = await findEvidence(ctx, id)
    const file = one.files.find((each) => each.id === fileId)
    if (!file) throw notFound('file')
    return { ...file, disposedOn: one.disposed?.on ?? null }
  },
}

const dataSchema = evidence.schema.shape.data.unwrap().extend({ disposedOn: daySchema.nullable() })
type DataAnswer = z.output<typeof dataSchema>

/** The structured data of an item, for who may read the item. */
export const getEvidenceData: Query<Context, { id: Id }, DataAnswer> = {
  kind: 'query',
  noun: 'evidence',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: dataSchema,
  scope: async (ctx, { id }) => readingScope(ctx, [(await findEvidence(ctx, id)).entityId]),
  async run(ctx, { id }) {
    const one = await findEvidence(ctx, id)
    if (one.data === null) throw notFound('file')
    return { ...one.data, disposedOn: one.disposed?.on ?? null }
  },
}
