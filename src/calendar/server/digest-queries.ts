import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { localText } from '../../kernel/language.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import { findPerson } from '../../people/server/queries.ts'
import { dueStates } from '../due.ts'
import { findDue, pageOfDue } from './due-rows.ts'
import { ownId } from './feed-commands.ts'
import { dueAnswers, managesDue } from './queries.ts'
import { reminderOf } from './reminder-commands.ts'
import type { DueSource } from './source.ts'

/** Of one part of a mail nobody reads more; counted is what was read. */
const most = 500

const toldSchema = z.object({
  title: localText(2000),
  dueOn: daySchema,
  state: z.enum(dueStates),
  person: z.object({ name: localText(200) }).nullable(),
})

const outputSchema = z.object({
  day: daySchema,
  wanted: z.boolean(),
  language: z.enum(['en', 'ja']),
  organisation: localText(200),
  demo: z.boolean(),
  name: localText(200),
  address: z.string(),
  overdue: z.array(toldSchema),
  dueSoon: z.array(toldSchema),
  escalated: z.array(toldSchema),
})

/**
 * What a person's mail of today says: their own things, and what others left overdue for too long where they manage.
 * Asked in their name, so that it holds nothing that they may not see at this moment.
 */
export const readDigest = (
  sources: readonly DueSource[],
): Query<Context, Record<string, never>, z.output<typeof outputSchema>> => ({
  kind: 'query',
  noun: 'due',
  action: 'read',
  input: z.strictObject({}),
  output: outputSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const personId = ownId(ctx)
    const { name, demoDay } = await theOrganisation(ctx)
    const reader = await findPerson(ctx, personId)
    const reminded = await reminderOf(ctx, personId)
    const page = async (filter: { person?: 'me'; state?: 'escalated' }) => {
      const found = await findDue(ctx, { ...filter, snoozed: 'hide' }, sources)
      const { rows } = await pageOfDue(ctx, found, { limit: most, after: null })
      return { rows, rules: found.rules }
    }
    const own = await page({ person: 'me' })
    const mine = await dueAnswers(ctx, own.rows, own.rules)
    const late = await page({ state: 'escalated' })
    const told = new Set(own.rows.map((row) => row.subject))
    const others = late.rows.filter((row) => !told.has(row.subject) && managesDue(ctx, row))
    return {
      day: ctx.today,
      wanted: reminded.digest,
      language: reminded.language,
      organisation: name,
      demo: demoDay !== null,
      name: reader.name,
      address: reader.email,
      overdue: mine.filter((one) => one.state === 'overdue'),
      dueSoon: mine.filter((one) => one.state === 'due-soon'),
      escalated: await dueAnswers(ctx, others, late.rules),
    }
  },
})
