import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { type Day, dayOf, daySchema } from '../../kernel/day.ts'
import { notFound, Problem } from '../../kernel/error.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import { claimReasons } from '../claims.ts'
import { claimsOf, pageContentSchema } from '../content.ts'
import { diffContents } from '../diff.ts'
import { composePage } from '../page.ts'
import { type Publication, publication } from '../publication.ts'
import { reasonText } from '../reasons.ts'
import { renderPage } from '../render.ts'
import { factsOn } from './register.ts'
import { currentStylesheet } from './stylesheet.ts'
import { allTexts } from './text-queries.ts'

const rows = (ctx: Context) => ctx.tx.selectFrom(rowsOf(ctx, publication, 'p'))

export async function latestPublication(ctx: Context): Promise<Publication | null> {
  return (await rows(ctx).selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst()) ?? null
}

export async function findPublication(ctx: Context, number: number): Promise<Publication> {
  const found = await rows(ctx).selectAll().where('number', '=', number).executeTakeFirst()
  if (!found) throw notFound('publication')
  return found
}

/** The newest edition among those that state the facts of a day or, failing that, of the last day before it. */
export async function publicationOn(ctx: Context, day: Day): Promise<Publication | null> {
  const found = await rows(ctx)
    .selectAll()
    .where('asOf', '<=', day)
    .orderBy('asOf', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found ?? null
}

export const changeSchema = z.strictObject({
  section: z.string(),
  claim: z.string().nullable(),
  fact: z.string(),
  language: z.enum(['en', 'ja']).nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

export const reasonSchema = z.strictObject({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.strictObject({ en: z.string(), ja: z.string() }),
  /** The record to mend. */
  record: z.strictObject({ noun: z.string(), id: z.string() }),
})

/**
 * The day on which something is published, as the clock has it: a demo's calendar may stand still, but what the page
 * says about its own making is never part of the story.
 */
export const publicationDay = async (ctx: Context): Promise<Day> =>
  dayOf(ctx.clock.now(), (await theOrganisation(ctx)).timeZone)

/** What the page of a day would say now, and every reason against it. */
export async function draftOn(ctx: Context, day: Day) {
  const facts = await factsOn(ctx, day)
  const texts = await allTexts(ctx)
  const content = composePage(facts, texts, day)
  const reasons = claimReasons(facts, texts, day).map((reason) => ({
    ...reason,
    params: { ...reason.params },
    text: { en: reasonText(reason, 'en'), ja: reasonText(reason, 'ja') },
  }))
  return { content, reasons }
}

const previewSchema = z.strictObject({
  number: z.int(),
  content: pageContentSchema,
  html: z.strictObject({ en: z.string(), ja: z.string() }),
  reasons: z.array(reasonSchema),
  changes: z.array(changeSchema),
  abilities: z.array(z.string()),
})

/** The page as it would be published for the day that the reader asks about, beside the newest edition. */
export const previewPage: Query<Context, Record<string, never>, z.output<typeof previewSchema>> = {
  kind: 'query',
  noun: 'publication',
  action: 'read',
  input: z.strictObject({}),
  output: previewSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const latest = await latestPublication(ctx)
    const { content, reasons } = await draftOn(ctx, ctx.asOf)
    const edition = {
      number: (latest?.number ?? 0) + 1,
      publishedOn: await publicationDay(ctx),
      stylesheet: (await currentStylesheet()).digest,
    }
    return {
      number: edition.number,
      content,
      html: { en: renderPage(content, edition, 'en'), ja: renderPage(content, edition, 'ja') },
      reasons,
      changes: diffContents(latest?.content ?? null, content),
      abilities: ctx.can('publication.publish', 'organisation') ? ['publish'] : [],
    }
  },
}

const statusSchema = z.strictObject({
  live: z.strictObject({ number: z.int(), asOf: daySchema, publishedAt: z.string() }).nullable(),
  /** True when the live page says exactly what a page of today would. */
  upToDate: z.boolean(),
  changes: z.array(changeSchema),
  reasons: z.array(reasonSchema),
  /** The last day on which everything on the live page still holds. */
  holdsUntil: daySchema.nullable(),
})

/** Whether the live page still says what the register says today, and what would change. */
export const pageStatus: Query<Context, Record<string, never>, z.output<typeof statusSchema>> = {
  kind: 'query',
  noun: 'publication',
  action: 'read',
  input: z.strictObject({}),
  output: statusSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const latest = await latestPublication(ctx)
    const { content, reasons } = await draftOn(ctx, ctx.today)
    const changes = diffContents(latest?.content ?? null, content)
    const ends = latest
      ? claimsOf(latest.content).flatMap((claim) => (claim.validTo ? [claim.validTo] : []))
      : []
    return {
      live: latest && { number: latest.number, asOf: latest.asOf, publishedAt: latest.publishedAt },
      upToDate: latest !== null && changes.length === 0,
      changes,
      reasons,
      holdsUntil: ends.sort()[0] ?? null,
    }
  },
}

const editionSchema = publication.schema.omit({ content: true })

export type EditionLine = z.output<typeof editionSchema>

const listInput = z.strictObject(pageInput)

/** Every edition, newest first. */
export const listPublications: Query<Context, z.output<typeof listInput>, Page<EditionLine>> = {
  kind: 'query',
  noun: 'publication',
  action: 'read',
  input: listInput,
  output: pageOf(editionSchema),
  scope: () => 'filtered',
  async run(ctx, { limit, cursor }) {
    if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) throw new Problem('invalid', 'request.cursor')
    const before = cursor === undefined ? null : Number(cursor)
    const found = await rows(ctx)
      .select([
        'id',
        'version',
        'number',
        'asOf',
        'publishedAt',
        'publishedOn',
        'publishedBy',
        'note',
        'pages',
      ])
      .$if(before !== null, (query) => query.where('number', '<', before ?? 0))
      .orderBy('number', 'desc')
      .limit(limit + 1)
      .execute()
    const latest = await latestNumber(ctx)
    const last = found.length > limit ? found[limit - 1] : undefined
    // Numbers have no gaps, so the newest one is the count.
    return { items: found.slice(0, limit), nextCursor: last ? String(last.number) : null, total: latest }
  },
}

export async function latestNumber(ctx: Context): Promise<number> {
  const row = await rows(ctx)
    .select((eb) => eb.fn.max('number').as('number'))
    .executeTakeFirst()
  return row?.number ?? 0
}

const editionNumber = z.coerce.number().int().min(1).max(999_999_999)

const numberInput = z.strictObject({ number: editionNumber })

export const getPublication: Query<Context, { number: number }, Publication> = {
  kind: 'query',
  noun: 'publication',
  action: 'read',
  input: numberInput,
  output: publication.schema,
  scope: () => 'filtered',
  run: (ctx, { number }) => findPublication(ctx, number),
}

const diffInput = z.strictObject({
  from: editionNumber,
  number: editionNumber,
})

/** What changed from one edition to another, fact by fact. */
export const diffPublications: Query<
  Context,
  z.output<typeof diffInput>,
  { changes: z.output<typeof changeSchema>[] }
> = {
  kind: 'query',
  noun: 'publication',
  action: 'read',
  input: diffInput,
  output: z.strictObject({ changes: z.array(changeSchema) }),
  scope: () => 'filtered',
  async run(ctx, { from, number }) {
    const [before, after] = [await findPublication(ctx, from), await findPublication(ctx, number)]
    return { changes: diffContents(before.content, after.content) }
  },
}
