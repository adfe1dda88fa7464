import { z } from 'zod'
import type { Action } from './risk.ts'

export const currencyCostSchema = z.strictObject({
  currency: z.string(),
  /** In minor units: what all actions cost, and what those cost that are done. */
  planned: z.int(),
  done: z.int(),
})

export type CurrencyCost = z.output<typeof currencyCostSchema>

/** What actions cost in each currency, in the order of their codes. Sums of different currencies say nothing. */
export function costsOf(actions: readonly Pick<Action, 'cost' | 'doneOn'>[]): CurrencyCost[] {
  const sums = new Map<string, CurrencyCost>()
  for (const { cost, doneOn } of actions) {
    if (cost === null) continue
    const { currency, amount } = cost
    const before = sums.get(currency) ?? { currency, planned: 0, done: 0 }
    const done = before.done + (doneOn === null ? 0 : amount)
    sums.set(currency, { currency, planned: before.planned + amount, done })
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1))
}
