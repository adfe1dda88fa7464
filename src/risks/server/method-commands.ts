import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { isDraft, withAuthor } from '../../people/approval.ts'
import { approvalBy, authorOf } from '../../people/server/approval-commands.ts'
import { type RiskMethod, riskMethod } from '../method.ts'
import { methodProblems } from '../method-rules.ts'
import { type MethodContent, startingMethod } from '../starting-method.ts'
import { allMethods, findMethod } from './queries.ts'

type MethodCommand<Input> = Command<Context, Input, RiskMethod>

const holds = (one: RiskMethod) => one.approval !== null && one.withdrawn === null

/** Versions take effect in the order of their numbers. */
function orderProblems(one: RiskMethod, all: readonly RiskMethod[]): FieldProblem[] {
  const later = all
    .filter((other) => other.number < one.number && holds(other))
    .find((other) => other.effectiveFrom > one.effectiveFrom)
  return later
    ? [
        fieldProblem('/effectiveFrom', 'risk_method.effective_before', {
          number: later.number,
          day: later.effectiveFrom,
        }),
      ]
    : []
}

async function begin(
  ctx: Context,
  content: MethodContent & Pick<RiskMethod, 'effectiveFrom'>,
  unreviewed: boolean,
): Promise<RiskMethod> {
  const all = await allMethods(ctx)
  const open = all.find(isDraft)
  if (open) throw new Problem('conflict', 'risk_method.draft_open', { number: open.number })
  const created: RiskMethod = {
    ...content,
    ...{ id: newId(ctx.random), version: 0, unreviewed, number: (all.at(-1)?.number ?? 0) + 1 },
    ...{ authorIds: [authorOf(ctx)], draftedOn: ctx.today, approval: null, withdrawn: null },
  }
  refuseInvalid([...methodProblems(created), ...orderProblems(created, all)])
  return save(ctx, riskMethod, 'risk-method.drafted', created)
}

/** Drafts the method that comes with the installation, marked as read by nobody. */
export const startMethod: MethodCommand<Record<string, never>> = {
  kind: 'command',
  noun: 'risk-method',
  action: 'draft',
  input: z.strictObject({}),
  output: riskMethod.schema,
  scope: () => 'organisation',
  run: (ctx) => begin(ctx, { ...startingMethod, effectiveFrom: ctx.today }, true),
}

const content = riskMethod.schema.omit({
  id: true,
  version: true,
  number: true,
  unreviewed: true,
  authorIds: true,
  draftedOn: true,
  approval: true,
  withdrawn: true,
})

/** Drafts the next version of the method. Risks keep the version by which they were judged. */
export const draftMethod: MethodCommand<z.output<typeof content>> = {
  kind: 'command',
  noun: 'risk-method',
  action: 'draft',
  input: content,
  output: riskMethod.schema,
  scope: () => 'organisation',
  run: (ctx, input) => begin(ctx, input, ctx.actor.kind !== 'person'),
}

const byVersion = riskMethod.schema.pick({ id: true, version: true })
const updateInput = content.extend(byVersion.shape)

/** Edits a draft; whoever does becomes one of its authors, and a person makes its words the organisation's own. */
export const updateMethod: MethodCommand<z.output<typeof updateInput>> = {
  kind: 'command',
  noun: 'risk-method',
  action: 'draft',
  input: updateInput,
  output: riskMethod.schema,
  scope: () => 'organisation',
  async run(ctx, input) {
    const before = await findMethod(ctx, input.id)
    if (!isDraft(before))
      throw new Problem('precondition', 'risk_method.not_draft', { number: before.number })
    const after: RiskMethod = {
      ...before,
      ...input,
      unreviewed: before.unreviewed && ctx.actor.kind !== 'person',
      authorIds: withAuthor(before.authorIds, authorOf(ctx)),
    }
    refuseInvalid([...methodProblems(after), ...orderProblems(after, await allMethods(ctx))])
    return save(ctx, riskMethod, 'risk-method.updated', after)
  },
}

/** Another person than its authors puts a version in force from its day on; approving, they have read it. */
export const approveMethod: MethodCommand<z.output<typeof byVersion>> = {
  kind: 'command',
  noun: 'risk-method',
  action: 'approve',
  seal: true,
  input: byVersion,
  output: riskMethod.schema,
  scope: () => 'organisation',
  async run(ctx, { id, version }) {
    const before = await findMethod(ctx, id)
    const approval = await approvalBy(ctx, before)
    refuseInvalid(orderProblems(before, await allMethods(ctx)))
    return save(ctx, riskMethod, 'risk-method.approved', { ...before, version, approval, unreviewed: false })
  },
}

const withdrawInput = byVersion.extend({ reason: plainText(2000) })

/** Gives up a draft, or takes an approved version out of force; what was judged by it keeps it. */
export const withdrawMethod: MethodCommand<z.output<typeof withdrawInput>> = {
  kind: 'command',
  noun: 'risk-method',
  action: 'withdraw',
  input: withdrawInput,
  output: riskMethod.schema,
  scope: () => 'organisation',
  async run(ctx, { id, version, reason }) {
    const before = await findMethod(ctx, id)
    if (before.withdrawn)
      throw new Problem('precondition', 'approval.withdrawn', { day: before.withdrawn.on })
    const withdrawn = { on: ctx.today, reason }
    return save(ctx, riskMethod, 'risk-method.withdrawn', { ...before, version, withdrawn }, reason)
  },
}
