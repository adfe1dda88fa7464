import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import {
  digestSchema,
  mayReview,
  type PageText,
  pageText,
  pageTextProblems,
  wordingDigest,
} from '../page-text.ts'
import { knownSections } from '../section.ts'
import { standardFamilies, type WordingRules } from '../wording.ts'
import { registeredNames } from './register.ts'
import { countReviewers } from './reviewers.ts'
import { findText } from './text-queries.ts'

/** What a text may not say by itself: every name that the register or the catalogue knows. */
async function wordingRules(ctx: Context): Promise<WordingRules> {
  const names = [
    ...(await registeredNames(ctx)),
    ...standardFamilies.map((name) => ({ name, instead: '{short:…} / {standard:…} / {publisher:…}' })),
  ]
  // The longest first, so that a whole name is reported rather than its first word.
  const longestFirst = names.sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1))
  return { schemes: new Set(ctx.catalogue.schemes.keys()), names: longestFirst }
}

async function refuseFaults(ctx: Context, text: PageText): Promise<void> {
  refuseInvalid(pageTextProblems(text, knownSections(ctx.catalogue.schemes.keys()), await wordingRules(ctx)))
}

const authorOf = (ctx: Context) => (ctx.actor.kind === 'person' ? ctx.actor.id : null)

const wordingFields = {
  section: true,
  place: true,
  title: true,
  body: true,
  effectiveFrom: true,
  effectiveTo: true,
} as const

const createInput = pageText.schema.pick(wordingFields)

/** Adds a text. It stands unreviewed until somebody else has read it. */
export const createText: Command<Context, z.output<typeof createInput>, PageText> = {
  kind: 'command',
  noun: 'page_text',
  action: 'create',
  input: createInput,
  output: pageText.schema,
  scope: () => 'organisation',
  async run(ctx, input) {
    const text = { ...input, id: newId(ctx.random), version: 0, authorId: authorOf(ctx), review: null }
    await refuseFaults(ctx, text)
    return save(ctx, pageText, 'page_text.created', text)
  },
}

const updateInput = pageText.schema.pick({ ...wordingFields, id: true, version: true })

/** Changes a text. Other words than those reviewed are unreviewed words; other days or another place are not. */
export const updateText: Command<Context, z.output<typeof updateInput>, PageText> = {
  kind: 'command',
  noun: 'page_text',
  action: 'update',
  input: updateInput,
  output: pageText.schema,
  scope: () => 'organisation',
  async run(ctx, input) {
    const before = await findText(ctx, input.id)
    const reworded = wordingDigest(before) !== wordingDigest(input)
    const text = {
      ...before,
      ...input,
      authorId: reworded ? authorOf(ctx) : before.authorId,
      review: reworded ? null : before.review,
    }
    await refuseFaults(ctx, text)
    return save(ctx, pageText, 'page_text.updated', text)
  },
}

const reviewInput = pageText.schema.pick({ id: true, version: true }).extend({ digest: digestSchema })

/**
 * A named person approves exactly the wording whose digest they name. Not their own, unless nobody else could;
 * not a program; and not a wording that today's register would refuse.
 */
export const reviewText: Command<Context, z.output<typeof reviewInput>, PageText> = {
  kind: 'command',
  noun: 'page_text',
  action: 'review',
  input: reviewInput,
  output: pageText.schema,
  scope: () => 'organisation',
  async run(ctx, { id, version, digest }) {
    const { actor } = ctx
    if (actor.kind !== 'person' || actor.id === null) throw new Problem('forbidden', 'text.review_person')
    const text = await findText(ctx, id)
    if (wordingDigest(text) !== digest) {
      throw new Problem('conflict', 'text.review_other_wording', {}, [
        fieldProblem('/digest', 'text.review_other_wording'),
      ])
    }
    if (!mayReview(text, actor.id, await countReviewers(ctx)))
      throw new Problem('forbidden', 'text.review_own')
    await refuseFaults(ctx, text)
    const review = { by: actor.id, name: actor.name, on: ctx.today, digest }
    return save(ctx, pageText, 'page_text.reviewed', { ...text, version, review })
  },
}
