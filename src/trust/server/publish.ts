import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { Problem } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { type Publication, publication } from '../publication.ts'
import { renderPage } from '../render.ts'
import { draftOn, latestNumber, publicationDay } from './publication-queries.ts'
import { currentStylesheet } from './stylesheet.ts'

const publishInput = z.strictObject({
  /** The day whose facts the page states; today when absent. */
  asOf: daySchema.optional(),
  note: publication.schema.shape.note.optional(),
})

const pageLimit = 1024 * 1024

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

const store = async (ctx: Context, bytes: Uint8Array) => ctx.objects.put(once(bytes), pageLimit)

const isTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '23505'

/** Of two publications at once, one gets the number; the other is told, and may look again. */
async function claimNumber(ctx: Context, edition: Publication): Promise<Publication> {
  try {
    return await save(ctx, publication, 'publication.published', edition)
  } catch (error) {
    throw isTaken(error) ? new Problem('conflict', 'publication.raced') : error
  }
}

/**
 * Publishes the page of a day, or refuses with every reason. The log is sealed at once, so that the edition can be
 * proved from the moment it is seen.
 */
export const publish: Command<Context, z.output<typeof publishInput>, Publication> = {
  kind: 'command',
  noun: 'publication',
  action: 'publish',
  seal: true,
  input: publishInput,
  output: publication.schema,
  scope: () => 'organisation',
  async run(ctx, { asOf = ctx.today, note = null }) {
    if (asOf > ctx.today) throw new Problem('precondition', 'publication.future', { day: asOf })
    const { content, reasons } = await draftOn(ctx, asOf)
    if (reasons.length > 0) {
      const fields = reasons.map(({ code, params, record }) => ({
        pointer: `/${record.noun}/${record.id}`,
        code,
        params,
      }))
      throw new Problem('precondition', 'publication.refused', { count: fields.length }, fields)
    }
    const number = (await latestNumber(ctx)) + 1
    const { bytes, digest } = await currentStylesheet()
    const publishedOn = await publicationDay(ctx)
    const edition = { number, publishedOn, stylesheet: digest }
    // The bytes become durable first. A crash here leaves objects that no row names: harmless, and found by content
    // when the same page is published again.
    const pages = {
      en: await store(ctx, Buffer.from(renderPage(content, edition, 'en'))),
      ja: await store(ctx, Buffer.from(renderPage(content, edition, 'ja'))),
      stylesheet: await store(ctx, bytes),
    }
    // The row names the objects; it holds together with its log entry, or neither does.
    return claimNumber(ctx, {
      id: newId(ctx.random),
      version: 0,
      number,
      asOf,
      publishedAt: ctx.clock.now().toISOString(),
      publishedOn,
      publishedBy: ctx.actor.kind === 'person' ? ctx.actor.id : null,
      note,
      content,
      pages,
    })
  },
}
