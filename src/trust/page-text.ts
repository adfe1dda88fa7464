import { z } from 'zod'
import { canonicalBytes, encodeHex, sha256 } from '#tlog'
import { type Day, daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { holdsOn } from '../kernel/interval.ts'
import { type LocalText, languages, localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'
import { sectionSchema } from './section.ts'
import { type WordingRules, wordingProblems } from './wording.ts'

export const digestSchema = z.string().refine((text) => /^[0-9a-f]{64}$/.test(text), { error: 'digest' })

/** A named person's approval of exactly one wording: it carries the digest of what was read. */
export const reviewSchema = z.strictObject({
  by: idSchema,
  /** The name under which the reviewer acted, as it was then. */
  name: lineText(200),
  on: daySchema,
  digest: digestSchema,
})

/** Prose of the public page, in every language, with placeholders where the register speaks. */
export const pageText = recordType('page_text', 'page_text', {
  section: sectionSchema,
  /** Order within the section. */
  place: z.int().min(0).max(999),
  title: localText(200).nullable(),
  body: localText(8000),
  /** Who last worded it: the one person who may not review it while others could. */
  authorId: idSchema.nullable(),
  review: reviewSchema.nullable(),
  /** First and last day on which the page carries it; null is open. */
  effectiveFrom: daySchema.nullable(),
  effectiveTo: daySchema.nullable(),
})

export type PageText = RecordOf<typeof pageText>

type Wording = Pick<PageText, 'section' | 'title' | 'body'>

/** SHA-256 of the exact wording and where it stands: what a review binds to, so that any change voids it. */
export const wordingDigest = ({ section, title, body }: Wording): string =>
  encodeHex(sha256(canonicalBytes({ section, title: asJson(title), body: asJson(body) })))

const asJson = (text: LocalText | null) =>
  text && Object.fromEntries(languages.flatMap((one) => (text[one] === undefined ? [] : [[one, text[one]]])))

export const isReviewed = (text: PageText): boolean =>
  text.review !== null && text.review.digest === wordingDigest(text)

export const isInForce = (text: Pick<PageText, 'effectiveFrom' | 'effectiveTo'>, day: Day): boolean =>
  holdsOn({ from: text.effectiveFrom, to: text.effectiveTo }, day)

/** What is wrong with a text: its days, its section, and every claim typed by hand, each with its position. */
export function pageTextProblems(
  text: PageText,
  sections: ReadonlySet<string>,
  rules: WordingRules,
): FieldProblem[] {
  const problems: FieldProblem[] = []
  const { effectiveFrom: from, effectiveTo: to } = text
  if (from && to && to < from)
    problems.push(fieldProblem('/effectiveTo', 'interval.end_before_start', { from, to }))
  if (!sections.has(text.section))
    problems.push(fieldProblem('/section', 'text.section_unknown', { section: text.section }))
  for (const [field, words] of [['title', text.title] as const, ['body', text.body] as const]) {
    for (const language of languages) {
      const wording = words?.[language]
      if (wording) problems.push(...wordingProblems(`/${field}/${language}`, wording, rules))
    }
  }
  return problems
}

/** Whether this person may review: not their own wording, unless there is nobody else who could. */
export const mayReview = (text: Pick<PageText, 'authorId'>, reviewer: string, reviewers: number): boolean =>
  text.authorId !== reviewer || reviewers < 2
