import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { languages } from '../../kernel/language.ts'
import { currentClaims } from '../facts.ts'
import { isInForce, isReviewed, type PageText, pageText, wordingDigest } from '../page-text.ts'
import { countable, fillText, placeholderKinds } from '../placeholders.ts'
import { bySection, termsSection } from '../section.ts'
import { factsOn } from './register.ts'

/** Every text, whatever its days; a page has dozens. */
export const allTexts = async (ctx: Context): Promise<PageText[]> => {
  const texts = await ctx.tx
    .selectFrom(rowsOf(ctx, pageText, 't'))
    .selectAll()
    .execute()
  return texts.sort((a, b) => bySection(a.section, b.section) || a.place - b.place || (a.id < b.id ? -1 : 1))
}

export async function findText(ctx: Context, id: Id): Promise<PageText> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, pageText, 't'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('page_text')
  return found
}

const textAnswer = pageText.schema.extend({
  reviewed: z.boolean(),
  inForce: z.boolean(),
  /** What a reviewer of this wording has to name. */
  digest: z.string(),
  abilities: z.array(z.string()),
})

type TextAnswer = z.output<typeof textAnswer>

const answerOf = (ctx: Context, text: PageText): TextAnswer => ({
  ...text,
  reviewed: isReviewed(text),
  inForce: isInForce(text, ctx.asOf),
  digest: wordingDigest(text),
  abilities: ['update', 'review'].filter((action) => ctx.can(`page_text.${action}`, 'organisation')),
})

export const listTexts: Query<Context, Record<string, never>, { items: TextAnswer[] }> = {
  kind: 'query',
  noun: 'page_text',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(textAnswer) }),
  scope: () => 'filtered',
  run: async (ctx) => ({ items: (await allTexts(ctx)).map((text) => answerOf(ctx, text)) }),
}

const fillings = z.array(
  z.strictObject({
    placeholder: z.string(),
    meaning: z.string(),
    en: z.string().nullable(),
    ja: z.string().nullable(),
  }),
)

/** Every placeholder that a text may use today, with what would stand there: the editor's list of choices. */
export const listPlaceholders: Query<Context, Record<string, never>, { items: z.output<typeof fillings> }> = {
  kind: 'query',
  noun: 'page_text',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: fillings }),
  scope: () => 'filtered',
  async run(ctx) {
    const facts = await factsOn(ctx, ctx.asOf)
    const schemes = [...new Set(currentClaims(facts).map((claim) => claim.scheme))].sort()
    const items = Object.entries(placeholderKinds).flatMap(([name, { takes, meaning }]) => {
      const forms =
        takes === 'none'
          ? [`{${name}}`]
          : schemes.flatMap((scheme) =>
              takes === 'scheme'
                ? [`{${name}:${scheme}}`]
                : countable.map((what) => `{${name}:${scheme}:${what}}`),
            )
      return forms.flatMap((placeholder) => {
        const [en, ja] = languages.map((language) => {
          const { text, unresolved } = fillText(placeholder, facts, language)
          return unresolved.length > 0 ? null : text
        })
        return en || ja
          ? [{ placeholder, meaning: meaning[ctx.language], en: en ?? null, ja: ja ?? null }]
          : []
      })
    })
    return { items }
  },
}

/** The terms of use in force today that a named person has reviewed; null when there are none. */
export async function termsInForce(ctx: Context): Promise<PageText | null> {
  const texts = await allTexts(ctx)
  return (
    texts.find((text) => text.section === termsSection && isInForce(text, ctx.today) && isReviewed(text)) ??
    null
  )
}
