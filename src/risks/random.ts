/** Evenly spread numbers between 0 and 1, neither of which is ever given. */
export type Uniform = () => number

/** MurmurHash3's finaliser: spreads a seed over all bits, so that seeds 1 and 2 have nothing in common. */
function mixed(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

const rotated = (x: number, by: number) => (x << by) | (x >>> (32 - by))

export type State = readonly [number, number, number, number]

/** Four words out of one seed; never all zero, a state that xoshiro would not leave. */
export const stateOf = (seed: number): State => {
  const word = (index: number) => mixed((seed + Math.imul(index, 0x9e3779b9)) | 0)
  return [word(1), word(2), word(3), word(4) | 1]
}

/**
 * xoshiro128** 1.1 (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47, 2021):
 * 32 bits a step, period 2^128 - 1. For simulation only; nothing here is secret.
 */
export function xoshiro128(state: State): () => number {
  let [a, b, c, d] = state
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotated(d, 11)
    return result
  }
}

/** Uniform numbers from a seed: equal seeds give equal numbers, on every machine. */
export function uniformFrom(seed: number): Uniform {
  const next = xoshiro128(stateOf(seed))
  // The middle of each of 2^32 steps, so that a logarithm of it always exists.
  return () => (next() + 0.5) / 2 ** 32
}

/** Standard normal numbers by Marsaglia's polar method: two of each pair of uniform ones that fall into the circle. */
export function normalFrom(uniform: Uniform): () => number {
  let kept = 0
  let has = false
  return () => {
    if (has) {
      has = false
      return kept
    }
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const s = x * x + y * y
      if (s >= 1 || s === 0) continue
      const scale = Math.sqrt((-2 * Math.log(s)) / s)
      kept = y * scale
      has = true
      return x * scale
    }
  }
}

const few = 30

/** Exact for small means, by counting how many uniform numbers may be multiplied (Knuth, TAOCP 2, 3.4.1). */
function counted(mean: number, uniform: Uniform): number {
  const limit = Math.exp(-mean)
  let product = uniform()
  let count = 0
  while (product > limit) {
    product *= uniform()
    count++
  }
  return count
}

/**
 * A count of events with the given mean (Poisson). Above thirty it is split: a sum of independent counts is a count of
 * the summed means; above three thousand it is the normal number of the same mean and spread, rounded.
 */
export function poisson(mean: number, uniform: Uniform, normal: () => number): number {
  if (mean > 3000) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  let count = 0
  let rest = mean
  while (rest > few) {
    count += counted(few, uniform)
    rest -= few
  }
  return count + counted(rest, uniform)
}
