import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { addDays } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { inLanguage, type Language } from '../../kernel/language.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import { feed } from '../feed.ts'
import { type CalendarFile, icsOf } from '../ics.ts'
import { entryWords, kindWords } from '../words.ts'
import { findDue, pageOfDue } from './due-rows.ts'
import { type DueAnswer, dueAnswers } from './queries.ts'
import type { DueSource } from './source.ts'

export const feedDigest = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Calendars hold at most so much; what is overdue or next comes first. */
const mostEntries = 2000
const daysBack = 366
const daysAhead = 366

const entryOf = (one: DueAnswer, language: Language, url: string) => ({
  uid: `${one.subject.replaceAll(':', '-')}@assay`,
  day: one.dueOn,
  summary: inLanguage(one.title, language),
  description: entryWords(one, language),
  category: kindWords[one.kind][language],
  url,
})

const input = z.strictObject({ feedId: idSchema, publicUrl: z.url() })

/** The calendar of a feed as a file: what its person may see now, each due thing on its day. */
export const readFeed = (
  sources: readonly DueSource[],
): Query<Context, z.output<typeof input>, { file: string }> => ({
  kind: 'query',
  noun: 'due',
  action: 'read',
  input,
  output: z.strictObject({ file: z.string() }),
  scope: () => 'filtered',
  async run(ctx, { feedId, publicUrl }) {
    const found = await feedById(ctx, feedId)
    const due = await findDue(
      ctx,
      {
        ...(found.reach === 'mine' ? { person: 'me' as const } : {}),
        from: addDays(ctx.today, -daysBack),
        to: addDays(ctx.today, daysAhead),
        snoozed: 'hide',
      },
      sources,
    )
    const { rows } = await pageOfDue(ctx, due, { limit: mostEntries, after: null })
    const answers = await dueAnswers(ctx, rows, due.rules)
    const organisation = inLanguage((await theOrganisation(ctx)).name, found.language)
    const file: CalendarFile = {
      name: `Assay – ${organisation}`,
      language: found.language,
      at: ctx.clock.now().toISOString(),
      entries: answers.map((one) =>
        entryOf(one, found.language, `${publicUrl}/app/calendar?day=${one.dueOn}`),
      ),
    }
    return { file: icsOf(file) }
  },
})

async function feedById(ctx: Context, id: Id) {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, feed, 'f'))
    .selectAll()
    .where('id', '=', id)
    .where('endedOn', 'is', null)
    .executeTakeFirst()
  // Whoever asks is the person of the feed, or nobody.
  if (!found || found.personId !== ctx.actor.id) throw notFound('feed')
  return found
}
