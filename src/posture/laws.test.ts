import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accepted,
  change,
  changed,
  type Lists,
  onDay,
  result,
  span,
  world,
} from '../../tests/support/posture.ts'
import { addDays } from '../kernel/day.ts'
import type { Facts, Kind } from './facts.ts'
import { createPosture, type Posture } from './posture.ts'
import { speaksAgainst } from './reason.ts'
import { levels } from './state.ts'

const anyDay = fc.integer({ min: -1, max: span + 2 }).map(onDay)
const runs = { seed: 2023, numRuns: 300 }

/** Everything that can be asked of a posture on a day, as plain data. */
function everything(posture: Posture, day: string) {
  const all = posture.all(day)
  const answers = all.programmes.flatMap(({ programmeId, requirements }) =>
    requirements.map((requirement) => posture.requirement(programmeId, requirement, day)),
  )
  return { all, answers, controls: posture.controls(day), breaks: posture.breaks(day) }
}

const cells = (posture: Posture, day: string) =>
  posture
    .all(day)
    .programmes.flatMap(({ requirements }) => requirements.flatMap((row) => [row, ...row.units]))

/** No answer of `after` covers or assures less than the same answer of `before`. */
function expectNotLower(before: Posture, after: Posture, day: string): void {
  const later = cells(after, day)
  for (const [at, { coverage, assurance }] of cells(before, day).entries()) {
    expect(levels.indexOf(later[at]?.coverage ?? 'none')).toBeGreaterThanOrEqual(levels.indexOf(coverage))
    expect(levels.indexOf(later[at]?.assurance ?? 'none')).toBeGreaterThanOrEqual(levels.indexOf(assurance))
  }
}

describe('the order of facts', () => {
  test('decides nothing', () => {
    const shuffled = world().chain((facts) =>
      fc
        .tuple(
          ...Object.values(facts).map((list: unknown[]) =>
            fc.shuffledSubarray(list, { minLength: list.length }),
          ),
        )
        .map((lists) => ({
          facts,
          other: Object.fromEntries(Object.keys(facts).map((kind, at) => [kind, lists[at]])),
        })),
    )
    fc.assert(
      fc.property(shuffled, anyDay, ({ facts, other }, day) => {
        const turned = other as unknown as Facts
        expect(everything(createPosture(turned), day)).toEqual(everything(createPosture(facts), day))
      }),
      runs,
    )
  })
})

describe('what is true and added never lowers an answer', () => {
  const addition = (add: (facts: Lists, day: string) => Lists) =>
    fc.assert(
      fc.property(world(), anyDay, (facts, day) => {
        expectNotLower(createPosture(facts), createPosture(add(facts, day)), day)
      }),
      runs,
    )

  test('accepted evidence', () =>
    addition((facts, day) => ({
      ...facts,
      evidence: [
        ...facts.evidence,
        ...facts.implementations.map(({ id }) => accepted(`new ${id}`, id, day, day)),
      ],
    })))

  test('a passing result', () =>
    addition((facts, day) => ({
      ...facts,
      results: [
        ...facts.results,
        ...facts.checks.flatMap((check) =>
          facts.resources.map((resource) =>
            result(`${check.id} ${resource.id}`, check.id, resource.id, 'pass', day, day),
          ),
        ),
      ],
    })))

  test('a mapping, or a group of controls', () => {
    const extra = fc.tuple(world(), world())
    fc.assert(
      fc.property(extra, anyDay, ([facts, more], day) => {
        const added = <T extends { id: string }>(list: readonly T[]) =>
          list.map((one) => ({ ...one, id: `new ${one.id}` }))
        const links = [...facts.links, ...added(more.links)]
        const together = [...facts.together, ...added(more.together)]
        expectNotLower(createPosture(facts), createPosture({ ...facts, links }), day)
        expectNotLower(createPosture(facts), createPosture({ ...facts, together }), day)
      }),
      runs,
    )
  })
})

describe('unknown is not failed, and not applicable is not success', () => {
  test('what is not known, or no longer, takes nothing away from an effective control', () => {
    fc.assert(
      fc.property(world(), anyDay, (facts, day) => {
        const old = addDays(day, -1)
        const nothing = {
          ...facts,
          evidence: [
            ...facts.evidence,
            ...facts.implementations.flatMap(({ id }) => [
              { ...accepted(`a ${id}`, id, old, null), verdict: 'awaiting' as const },
              { ...accepted(`r ${id}`, id, old, null), verdict: 'rejected' as const },
              accepted(`s ${id}`, id, old, old),
            ]),
          ],
          results: [
            ...facts.results,
            ...facts.checks.flatMap(({ id }) =>
              facts.resources.flatMap((resource) => [
                result(`e ${id} ${resource.id}`, id, resource.id, 'error', day),
                result(`n ${id} ${resource.id}`, id, resource.id, 'not-run', day),
              ]),
            ),
          ],
        }
        const before = createPosture(facts)
        expect(createPosture(nothing).controls(day)).toEqual(before.controls(day))
        expect(createPosture(nothing).all(day)).toEqual(before.all(day))
      }),
      runs,
    )
  })

  test('a requirement is met when every unit where it applies meets it, and there is one', () => {
    fc.assert(
      fc.property(world(), anyDay, (facts, day) => {
        for (const { requirements, totals } of createPosture(facts).all(day).programmes) {
          for (const { state, units } of requirements) {
            const applying = units.filter((unit) => unit.state !== 'not-applicable')
            expect(state === 'met').toBe(
              applying.length > 0 && applying.every((unit) => unit.state === 'met'),
            )
            expect(state === 'not-applicable').toBe(units.length > 0 && applying.length === 0)
            expect(state === 'failing').toBe(applying.some((unit) => unit.state === 'failing'))
          }
          expect(totals.met + totals.partial + totals.failing + totals['not-assessed']).toBe(
            totals.applicable,
          )
          expect(totals.applicable + totals['not-applicable']).toBe(requirements.length)
        }
      }),
      runs,
    )
  })

  test('every state follows from the reasons that are given for it', () => {
    const positive = new Set(['evidence.valid', 'occurrence.passed', 'check.passed'])
    fc.assert(
      fc.property(world(), anyDay, (facts, day) => {
        const { answers, controls } = everything(createPosture(facts), day)
        for (const { state, reasons } of answers.flatMap(
          (one) => one?.units.flatMap((unit) => unit.controls) ?? [],
        )) {
          const codes = reasons.map(({ code }) => code)
          expect(codes.length).toBeGreaterThan(0)
          expect(state === 'failing').toBe(codes.some((code) => speaksAgainst.has(code)))
          if (state === 'effective') expect(codes.some((code) => positive.has(code))).toBe(true)
        }
        const posture = createPosture(facts)
        for (const { controlId, states } of controls.controls)
          controls.units.forEach((unit, at) => {
            expect(posture.control(controlId, unit, day).state).toBe(states[at])
          })
      }),
      runs,
    )
  })
})

describe('time', () => {
  /** What was known at the end of a day: nothing taken, attempted, found or decided later. */
  const until = (facts: Lists, day: string): Lists => ({
    ...facts,
    evidence: facts.evidence
      .filter((one) => one.collectedAt <= day)
      .map((one) =>
        one.decidedOn !== null && one.decidedOn > day
          ? { ...one, verdict: 'awaiting', decidedOn: null }
          : one,
      ),
    occurrences: facts.occurrences.map((one) => ({
      ...one,
      attempts: one.attempts.filter(({ on }) => on <= day),
    })),
    results: facts.results.filter(({ on }) => on <= day),
  })

  test('a past day does not know what happened later', () => {
    fc.assert(
      fc.property(world(), anyDay, (facts, day) => {
        expect(everything(createPosture(facts), day)).toEqual(
          everything(createPosture(until(facts, day)), day),
        )
      }),
      runs,
    )
  })

  test('a window is what each of its days says', () => {
    fc.assert(
      fc.property(world(), fc.nat(span), fc.nat(20), (facts, from, length) => {
        const posture = createPosture(facts)
        const { controls, units } = posture.controls(onDay(0))
        const window = { from: onDay(from), to: onDay(from + length) }
        for (const { controlId } of controls)
          for (const unit of units) {
            const { spans, gaps } = posture.effectiveness(controlId, unit, window)
            for (let day = window.from; day <= window.to; day = addDays(day, 1)) {
              const span = spans.filter((one) => one.from <= day && day <= one.to)
              const { state } = posture.control(controlId, unit, day)
              expect(span.map((one) => one.state)).toEqual([state])
              expect(gaps.some((gap) => gap.from <= day && day <= gap.to)).toBe(state !== 'effective')
            }
          }
      }),
      { ...runs, numRuns: 40 },
    )
  })

  test('the outlook names the day on which a control falls when nothing more is done', () => {
    const far = onDay(span + 5)
    fc.assert(
      fc.property(world(true), fc.integer({ min: 0, max: span }).map(onDay), (facts, day) => {
        const known = createPosture(until(facts, day))
        for (const one of createPosture(facts).breaks(day)) {
          const window = { from: day, to: far }
          const [first, second] = known.effectiveness(one.controlId, one.unit, window).spans
          if (one.severity === 'failing' || one.severity === 'not-assessed')
            expect(first?.state).toBe(one.severity)
          else if (one.breaksOn <= far)
            expect([first?.state, second?.from, second?.state]).toEqual([
              'effective',
              one.breaksOn,
              one.severity === 'will-fail' ? 'failing' : 'not-assessed',
            ])
        }
      }),
      runs,
    )
  })
})

describe('one change', () => {
  test('after another gives what a computation from the start gives, on every day asked for', () => {
    fc.assert(
      fc.property(
        world(),
        fc.array(change, { maxLength: 6 }),
        anyDay,
        anyDay,
        (facts, changes, day, other) => {
          const posture = createPosture(facts)
          let now = facts
          const days = [day, other]
          for (const one of days) posture.all(one)
          for (const make of changes) {
            const next = make(now)
            now = changed(now, next)
            posture.apply(next)
            const afresh = createPosture(now)
            expect(everything(posture, day)).toEqual(everything(afresh, day))
            if (now.links.length % 2 === 0)
              expect(everything(posture, other)).toEqual(everything(afresh, other))
          }
          expect(everything(posture, other)).toEqual(everything(createPosture(now), other))
        },
      ),
      { ...runs, numRuns: 200 },
    )
  })

  test('of every kind is taken in', () => {
    const kinds = Object.keys(fc.sample(world(), 1)[0] ?? {}) as Kind[]
    fc.assert(
      fc.property(
        world(),
        fc.shuffledSubarray(kinds, { minLength: kinds.length }),
        anyDay,
        (facts, order, day) => {
          const none = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Facts
          const posture = createPosture(none)
          posture.all(day)
          for (const kind of order)
            for (const after of facts[kind])
              posture.apply({ kind, before: null, after } as Parameters<Posture['apply']>[0])
          expect(everything(posture, day)).toEqual(everything(createPosture(facts), day))
        },
      ),
      { ...runs, numRuns: 60 },
    )
  })
})
