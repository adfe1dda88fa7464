import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { pageInput } from '../../kernel/page.ts'
import { entitiesBelow } from '../../organisation/server/queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { costsOf, currencyCostSchema } from '../cost.ts'
import { treatmentOptions } from '../risk.ts'
import { isOverdue } from '../view.ts'
import { actionAnswer, actionAnswerSchema, ownersNamed, ratingAnswer, ratingSchema } from './answers.ts'
import { everyStanding, type RiskStanding } from './queries.ts'

const planInput = z.strictObject({
  ...pageInput,
  entity: idSchema.optional(),
  /** Whose action it is; one without an owner is its risk's owner's. */
  owner: idSchema.optional(),
  control: idSchema.optional(),
  state: z.enum(['open', 'done', 'overdue', 'all']).default('open'),
})

type PlanInput = z.output<typeof planInput>

const lineSchema = actionAnswerSchema.extend({
  risk: z.strictObject({
    id: idSchema,
    version: z.int(),
    code: z.string(),
    name: localText(200),
    entityId: idSchema,
    option: z.enum(treatmentOptions).nullable(),
    residual: ratingSchema.nullable(),
  }),
  abilities: z.array(z.string()),
})

const planSchema = z.strictObject({
  items: z.array(lineSchema),
  nextCursor: z.string().nullable(),
  total: z.int(),
  /** Of the whole filtered plan, for each currency. */
  costs: z.array(currencyCostSchema),
  counts: z.strictObject({ open: z.int(), done: z.int(), overdue: z.int() }),
})

export type PlanLine = z.output<typeof lineSchema>
type Line = { found: RiskStanding; action: RiskStanding['risk']['actions'][number] }

const wants = (input: PlanInput, below: ReadonlySet<Id> | null, { found, action }: Line) =>
  (below === null || below.has(found.risk.entityId)) &&
  (input.owner === undefined || (action.ownerId ?? found.risk.ownerId) === input.owner) &&
  (input.control === undefined || action.controlId === input.control)

/** The rows after a place; a cursor is the place of the row that came last. */
function startOf({ cursor }: PlanInput): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,9}$/.test(cursor)) refuseInvalid([fieldProblem('/cursor', 'request.cursor')])
  return Number(cursor)
}

const inOrder = (a: Line, b: Line) =>
  a.action.dueOn < b.action.dueOn
    ? -1
    : a.action.dueOn > b.action.dueOn
      ? 1
      : a.found.risk.code < b.found.risk.code
        ? -1
        : 1

// Thousands of actions are put in order once for each day and each state of the risks, and not once for each page.
const inOrderOf = new WeakMap<readonly RiskStanding[], readonly Line[]>()

/** Every action of the plans of open risks. */
function linesOf(standing: readonly RiskStanding[]): readonly Line[] {
  const known = inOrderOf.get(standing)
  if (known) return known
  const lines = standing
    .filter((found) => found.standing.view.closed === null)
    .flatMap((found) => found.standing.view.actions.map((action): Line => ({ found, action })))
    .sort(inOrder)
  inOrderOf.set(standing, lines)
  return lines
}

/** The treatment plan over all risks in the order of the due days (6.1.3 e), as it stood on the day. */
export const treatmentPlan: Query<Context, PlanInput, z.output<typeof planSchema>> = {
  kind: 'query',
  noun: 'risk',
  action: 'read',
  input: planInput,
  output: planSchema,
  scope: () => 'filtered',
  async run(ctx, input) {
    const below = input.entity === undefined ? null : await entitiesBelow(ctx, input.entity)
    const reached = await reachedEntities(ctx)
    const lines = linesOf(await everyStanding(ctx, ctx.asOf)).filter(
      (line) => (reached?.includes(line.found.risk.entityId) ?? true) && wants(input, below, line),
    )
    const isDone = ({ action }: Line) => action.doneOn !== null
    const isLate = ({ action }: Line) => isOverdue(action, ctx.asOf)
    const states: Record<PlanInput['state'], (line: Line) => boolean> = {
      all: () => true,
      done: isDone,
      open: (line) => !isDone(line),
      overdue: isLate,
    }
    const shown = lines.filter(states[input.state])
    const start = startOf(input)
    const page = shown.slice(start, start + input.limit)
    const owner = await ownersNamed(
      ctx,
      page.map(({ found, action }) => action.ownerId ?? found.risk.ownerId),
    )
    return {
      items: page.map(({ found, action }) => ({
        ...actionAnswer(ctx, action, () => owner(action.ownerId ?? found.risk.ownerId)),
        risk: {
          ...{ id: found.risk.id, version: found.risk.version, code: found.risk.code },
          ...{ name: found.risk.name, entityId: found.risk.entityId },
          option: found.standing.view.treatment?.option ?? null,
          residual: ratingAnswer(found.standing.ratings.residual),
        },
        abilities: ctx.can('risk.act', { entities: [found.risk.entityId] }) ? ['act'] : [],
      })),
      nextCursor: start + input.limit < shown.length ? String(start + input.limit) : null,
      total: shown.length,
      costs: costsOf(shown.map(({ action }) => action)),
      counts: {
        open: lines.filter((line) => !isDone(line)).length,
        done: lines.filter(isDone).length,
        overdue: lines.filter(isLate).length,
      },
    }
  },
}
