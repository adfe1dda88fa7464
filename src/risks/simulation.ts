import type { Quantity } from './quantity.ts'
import { normalFrom, poisson, uniformFrom } from './random.ts'

type Range = Quantity['frequency']

/** Logarithm's mean and spread of a lognormal distribution of which nine in ten lie within a range. */
export type Lognormal = { mu: number; sigma: number }

/** The standard normal number below which 95 % lie. */
const z95 = 1.6448536269514722

export function lognormalOf({ low, high }: Range): Lognormal {
  const [a, b] = [Math.log(low), Math.log(high)]
  return { mu: (a + b) / 2, sigma: (b - a) / (2 * z95) }
}

const meanOf = ({ mu, sigma }: Lognormal): number => Math.exp(mu + sigma ** 2 / 2)

/** The loss of a year on average, worked out and not simulated: mean events times mean loss (Wald's identity). */
export const expectedLoss = ({ frequency, loss }: Pick<Quantity, 'frequency' | 'loss'>): number =>
  meanOf(lognormalOf(frequency)) * meanOf(lognormalOf(loss))

export const percentiles = [5, 50, 90, 95, 99] as const

export type Simulation = {
  trials: number
  /** Average and percentiles of the loss of a year, in minor units. */
  mean: number
  percentiles: Readonly<Record<(typeof percentiles)[number], number>>
  /** Share of years with any event at all. */
  anyLoss: number
  /** How likely a year's loss is higher: losses rise, probabilities never do. */
  curve: readonly { loss: number; probability: number }[]
}

// Summed one by one up to here, so that no estimate keeps a server busy for seconds.
const mostSummed = 30

/**
 * A sum of many equal lognormal losses as one lognormal of the same mean and variance (L. F. Fenton, "The sum of
 * log-normal probability distributions", IRE Transactions on Communications Systems, 1960). `relative` is the variance of
 * one loss over its squared mean.
 */
function summed(events: number, mean: number, relative: number, normal: () => number): number {
  const sigma2 = Math.log1p(relative / events)
  return events * mean * Math.exp(Math.sqrt(sigma2) * normal() - sigma2 / 2)
}

/** The losses of `trials` years. For each: a rate from its range, a count of events, a loss from its range for each. */
function years({ frequency, loss, trials, seed }: Omit<Quantity, 'currency' | 'why'>): Float64Array {
  const uniform = uniformFrom(seed)
  const normal = normalFrom(uniform)
  const rate = lognormalOf(frequency)
  const each = lognormalOf(loss)
  const mean = meanOf(each)
  const relative = Math.expm1(each.sigma ** 2)
  const total = new Float64Array(trials)
  for (let year = 0; year < trials; year++) {
    const events = poisson(Math.exp(rate.mu + rate.sigma * normal()), uniform, normal)
    let sum = 0
    if (events > mostSummed) sum = summed(events, mean, relative, normal)
    else for (let event = 0; event < events; event++) sum += Math.exp(each.mu + each.sigma * normal())
    total[year] = sum
  }
  return total
}

/** Shares of the years with a loss at which the curve is drawn: denser where years are bad, since those are asked about. */
const drawn = [
  ...Array.from({ length: 45 }, (_, step) => 0.98 - step * 0.02),
  ...[0.08, 0.06, 0.05, 0.04, 0.03, 0.02, 0.015, 0.01, 0.0075, 0.005, 0.0025, 0.001],
]

/** The smallest loss that at least a share of the years stay within. */
const within = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0

/** Share of years whose loss is higher. */
function exceeding(sorted: Float64Array, loss: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) > loss) high = middle
    else low = middle + 1
  }
  return (sorted.length - low) / sorted.length
}

function curveOf(sorted: Float64Array): Simulation['curve'] {
  const any = exceeding(sorted, 0)
  const losses = [...new Set(drawn.map((share) => within(sorted, 1 - share * any)))].sort((a, b) => a - b)
  return losses.map((loss) => ({ loss, probability: exceeding(sorted, loss) }))
}

/**
 * What a risk may cost in a year, by Monte Carlo. Nothing in it depends on the machine, the day or the hour: equal
 * estimates with equal seeds give equal results, in the browser as on the server.
 */
export function simulate(estimate: Omit<Quantity, 'currency' | 'why'>): Simulation {
  const sorted = years(estimate).sort()
  const sum = sorted.reduce((all, loss) => all + loss, 0)
  const at = (percent: number) => within(sorted, percent / 100)
  return {
    trials: sorted.length,
    mean: sum / sorted.length,
    percentiles: { 5: at(5), 50: at(50), 90: at(90), 95: at(95), 99: at(99) },
    anyLoss: exceeding(sorted, 0),
    curve: curveOf(sorted),
  }
}
