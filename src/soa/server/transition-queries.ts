import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { Problem } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { lineText } from '../../kernel/text.ts'
import { decisionOn, statedReasons } from '../../programmes/applicability.ts'
import { decideApplicability } from '../../programmes/server/commands.ts'
import { applicabilityOf, editionOf, findProgramme } from '../../programmes/server/queries.ts'
import { annexControls } from '../controls-of.ts'
import { type SoaRow, soaRowSchema } from '../soa-version.ts'
import { leftBehind, originKinds, transitionSteps } from '../transition.ts'
import { statementOf } from './facts-queries.ts'
import { labelsOf, labelsSchema } from './labels-queries.ts'
import { scopeOfStatement, statementInForce } from './versions-queries.ts'

const input = z.strictObject({
  /** The programme of the later edition. */
  id: idSchema,
  /** The programme of the earlier edition. */
  from: idSchema,
})

const stepSchema = z.strictObject({
  reference: z.string(),
  origin: z.enum(originKinds),
  sources: z.array(soaRowSchema),
  alsoIn: z.array(z.string()),
  proposal: z.enum(['include', 'exclude', 'decide']),
  why: z.enum(['new', 'all-applied', 'none-applied', 'sources-differ', 'split-exclusion']),
  justifications: z.array(localText(2000)),
  /** What the later programme has decided by the day; null where nothing was. */
  decided: z.strictObject({ applicable: z.boolean(), from: daySchema }).nullable(),
})

const answerSchema = z.strictObject({
  from: z.strictObject({ programmeId: idSchema, edition: z.string(), number: z.int().nullable() }),
  to: z.strictObject({ programmeId: idSchema, edition: z.string() }),
  steps: z.array(stepSchema),
  leftBehind: z.array(soaRowSchema),
  labels: z.strictObject({ from: labelsSchema, to: labelsSchema }),
  abilities: z.array(z.string()),
})

/** What the earlier programme decided: its version in force on the day, or else its statement as it stands. */
async function earlierRows(
  ctx: Context,
  programmeId: Id,
): Promise<{ rows: SoaRow[]; number: number | null }> {
  const approved = await statementInForce(ctx, programmeId, ctx.asOf)
  if (approved) return { rows: approved.rows, number: approved.number }
  return { rows: await statementOf(ctx, await findProgramme(ctx, programmeId), ctx.asOf), number: null }
}

/** What each decision of the earlier edition becomes in the later one, by the shipped map. */
export const getTransition: Query<Context, z.output<typeof input>, z.output<typeof answerSchema>> = {
  kind: 'query',
  noun: 'soa',
  action: 'read',
  input,
  output: answerSchema,
  scope: async (ctx, { id, from }) => {
    const scopes = [await scopeOfStatement(ctx, id), await scopeOfStatement(ctx, from)]
    if (scopes.includes('organisation')) return 'organisation'
    return {
      entities: [
        ...new Set(scopes.flatMap((scope) => (scope === 'organisation' ? [] : [...scope.entities]))),
      ],
    }
  },
  async run(ctx, { id, from }) {
    const later = await findProgramme(ctx, id)
    const earlier = await findProgramme(ctx, from)
    const map = ctx.catalogue.mappings.find((one) => one.from === earlier.edition && one.to === later.edition)
    if (!map)
      throw new Problem('precondition', 'soa.no_mapping', { from: earlier.edition, to: later.edition })
    const { rows, number } = await earlierRows(ctx, from)
    const annex = new Set(annexControls(editionOf(ctx, earlier)))
    const pairs = map.pairs.filter((pair) => annex.has(pair.from))
    const decisions = new Map((await applicabilityOf(ctx, [id])).map((one) => [one.requirement, one]))
    const steps = transitionSteps(annexControls(editionOf(ctx, later)), pairs, rows).map((step) => {
      const found = decisions.get(step.reference)
      const decision = found ? decisionOn(found, ctx.asOf) : null
      return {
        ...{
          ...step,
          sources: [...step.sources],
          alsoIn: [...step.alsoIn],
          justifications: [...step.justifications],
        },
        decided: decision && { applicable: decision.applicable, from: decision.from },
      }
    })
    const targets = await statementOf(ctx, later, ctx.asOf)
    return {
      from: { programmeId: from, edition: earlier.edition, number },
      to: { programmeId: id, edition: later.edition },
      steps,
      leftBehind: leftBehind(pairs, rows),
      labels: {
        from: await labelsOf(ctx, [rows], earlier.edition),
        to: await labelsOf(ctx, [targets], later.edition),
      },
      abilities: ctx.can('applicability.decide', await scopeOfStatement(ctx, id)) ? ['carry'] : [],
    }
  },
}

const carryInput = z.strictObject({
  id: idSchema,
  from: daySchema,
  decisions: z
    .array(
      z.strictObject({
        requirement: lineText(40),
        applicable: z.boolean(),
        reasons: z.array(z.enum(statedReasons)).max(statedReasons.length).default([]),
        justification: localText(2000).nullable(),
      }),
    )
    .min(1)
    .max(600),
})

/** Records many decisions at once, each with its own words: all of them or none. */
export const carryDecisions: Command<Context, z.output<typeof carryInput>, { decided: number }> = {
  kind: 'command',
  noun: 'applicability',
  action: 'decide',
  input: carryInput,
  output: z.strictObject({ decided: z.int() }),
  scope: (ctx, { id }) => scopeOfStatement(ctx, id),
  async run(ctx, { id, from, decisions }) {
    const groups = Map.groupBy(decisions, ({ requirement: _, ...said }) => JSON.stringify(said))
    let decided = 0
    for (const group of groups.values()) {
      const [first] = group
      if (first === undefined) continue
      const { requirement: _, ...said } = first
      const requirements = group.map((one) => one.requirement)
      decided += (await decideApplicability.run(ctx, { id, from, ...said, requirements })).items.length
    }
    return { decided }
  },
}
