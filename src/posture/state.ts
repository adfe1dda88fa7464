import type { Relationship } from './relationship.ts'
import { coversAll } from './relationship.ts'

/** States of a control at a unit, weakest first: a group is as good as its weakest member. */
export const controlStates = ['absent', 'failing', 'not-assessed', 'effective'] as const
export type ControlState = (typeof controlStates)[number]

export const levels = ['none', 'partial', 'full'] as const
export type Level = (typeof levels)[number]

export const requirementStates = ['met', 'partial', 'failing', 'not-assessed', 'not-applicable'] as const
export type RequirementState = (typeof requirementStates)[number]

/**
 * How a requirement stands. `coverage`: how far the selected controls would cover it if all of them worked.
 * `assurance`: how far the effective ones do.
 */
export type Verdict = { state: RequirementState; coverage: Level; assurance: Level }

// Codes, for the arrays of a view: the index in the lists above.
export const absent = 0
export const failing = 1
export const notAssessed = 2
export const effective = 3

const met = 0
const partial = 1
const failed = 2
const unknown = 3
const notApplicable = 4

const pack = (state: number, coverage: number, assurance: number) => state * 9 + coverage * 3 + assurance

const named = <T>(list: readonly T[], index: number): T => {
  const found = list[index]
  if (found === undefined) throw new RangeError(`code ${index} is out of range`)
  return found
}

const verdicts: readonly Verdict[] = Array.from({ length: requirementStates.length * 9 }, (_, code) =>
  Object.freeze({
    state: named(requirementStates, Math.floor(code / 9)),
    coverage: named(levels, Math.floor(code / 3) % 3),
    assurance: named(levels, code % 3),
  }),
)

export const verdictOf = (code: number): Verdict => named(verdicts, code)
export const controlStateOf = (code: number): ControlState => named(controlStates, code)

/** The level that a relationship gives, as a code: 2 full, 1 partial. */
export const levelOf = (relationship: Relationship): number => (coversAll(relationship) ? 2 : 1)

/**
 * A requirement at a unit, from what reaches it: `reachers` are pairs (source, level), `states` the states of the
 * sources, each source `stride` apart. An absent control says nothing, not even coverage.
 */
export function requirementCode(
  reachers: Int32Array,
  states: Uint8Array,
  stride: number,
  unit: number,
  decided: boolean,
): number {
  let coverage = 0
  let assurance = 0
  let fails = false
  for (let at = 0; at < reachers.length; at += 2) {
    const state = states[(reachers[at] ?? 0) * stride + unit]
    if (state === absent) continue
    const level = reachers[at + 1] ?? 0
    if (level > coverage) coverage = level
    if (state === effective) {
      if (level > assurance) assurance = level
    } else if (state === failing) fails = true
  }
  if (decided) return pack(notApplicable, coverage, assurance)
  const state = assurance === 2 ? met : assurance === 1 ? partial : fails ? failed : unknown
  return pack(state, coverage, assurance)
}

/**
 * A requirement over all units of a programme. Units where it does not apply are left out, and never count as
 * success; coverage and assurance are those of the weakest unit. No unit at all is not assessed.
 */
export function overUnits(codes: Uint8Array, from: number, to: number): number {
  const count = [0, 0, 0, 0, 0]
  let coverage = 2
  let assurance = 2
  for (let at = from; at < to; at++) {
    const code = codes[at] ?? 0
    const state = Math.floor(code / 9)
    count[state] = (count[state] ?? 0) + 1
    if (state === notApplicable) continue
    coverage = Math.min(coverage, Math.floor(code / 3) % 3)
    assurance = Math.min(assurance, code % 3)
  }
  const [ofMet = 0, ofPartial = 0, ofFailing = 0, , ofNone = 0] = count
  const units = to - from
  if (units === 0) return pack(unknown, 0, 0)
  if (ofNone === units) return pack(notApplicable, 0, 0)
  if (ofMet === units - ofNone) return pack(met, coverage, assurance)
  if (ofFailing > 0) return pack(failed, coverage, assurance)
  return pack(ofMet + ofPartial > 0 ? partial : unknown, coverage, assurance)
}
