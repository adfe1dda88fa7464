import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { Problem } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { readingScope } from '../../programmes/server/reach-queries.ts'
import { quantitySchema } from '../quantity.ts'
import { expectedLoss, simulate } from '../simulation.ts'
import { findRisk } from './queries.ts'

const money = z.number().min(0)

const simulationSchema = z.strictObject({
  estimate: quantitySchema,
  /** Worked out, and found by the trials: near each other when there were enough of them. */
  expected: money,
  mean: money,
  percentiles: z.strictObject({ 5: money, 50: money, 90: money, 95: money, 99: money }),
  anyLoss: z.number().min(0).max(1),
  trials: z.int(),
  curve: z.array(z.strictObject({ loss: money, probability: z.number().min(0).max(1) })),
})

/** What a risk may cost in a year, by its estimate: equal for equal seeds. */
export const simulateRisk: Query<Context, { id: Id }, z.output<typeof simulationSchema>> = {
  kind: 'query',
  noun: 'risk',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: simulationSchema,
  scope: async (ctx, { id }) => readingScope(ctx, [(await findRisk(ctx, id)).entityId]),
  async run(ctx, { id }) {
    const { quantity } = await findRisk(ctx, id)
    if (quantity === null) throw new Problem('precondition', 'risk.no_estimate')
    const found = simulate(quantity)
    return { ...found, estimate: quantity, expected: expectedLoss(quantity), curve: [...found.curve] }
  },
}
