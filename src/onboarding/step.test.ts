import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Counts, isComplete, isUntouched, nextStep, type StepKey, stepKeys, stepsOf } from './step.ts'

const some = fc.nat(3)

const anyCounts: fc.Arbitrary<Counts> = fc.record({
  ...{ entities: some, services: some, scope: some, people: some, approvers: some },
  ...{ programmes: some, controls: some, methodDrafts: some, methodsInForce: some },
  ...{ assets: some, risks: some },
})
const anySkipped = fc.uniqueArray(fc.constantFrom(...stepKeys))

it('adding something never undoes a step, and skipping never does', () => {
  const rank = { open: 0, begun: 1, skipped: 1, done: 2 }
  fc.assert(
    fc.property(
      anyCounts,
      fc.constantFrom<keyof Counts>('services', 'people', 'controls', 'risks'),
      anySkipped,
      (there, part, skipped) => {
        const more = stepsOf({ ...there, [part]: there[part] + 1 }, [])
        stepsOf(there, []).forEach((step, at) => {
          expect(rank[more[at]?.state ?? 'open']).toBeGreaterThanOrEqual(rank[step.state])
          if (step.state === 'done') expect(stepsOf(there, skipped)[at]?.state).toBe('done')
        })
      },
    ),
  )
})

it('it is complete exactly when nothing is left to go on with, and the next step is the first such', () => {
  fc.assert(
    fc.property(anyCounts, anySkipped, (there, skipped) => {
      const steps = stepsOf(there, skipped)
      const left = steps.filter(({ state }) => state === 'open' || state === 'begun')
      expect(isComplete(steps)).toBe(left.length === 0)
      expect(nextStep(steps)).toBe(left[0]?.key ?? 'entities')
    }),
  )
})

it('of nothing the company comes first; alone nobody has four eyes; a draft waits', () => {
  const nothing: Counts = {
    ...{ entities: 0, services: 0, scope: 0, people: 0, approvers: 0, programmes: 0, controls: 0 },
    ...{ methodDrafts: 0, methodsInForce: 0, assets: 0, risks: 0 },
  }
  const state = (part: Partial<Counts>, key: StepKey) =>
    stepsOf({ ...nothing, ...part }, []).find((step) => step.key === key)?.state
  expect(nextStep(stepsOf(nothing, []))).toBe('entities')
  expect([state({ people: 1 }, 'people'), state({ people: 2 }, 'people')]).toEqual(['open', 'done'])
  expect([state({ methodDrafts: 1 }, 'method'), state({ methodsInForce: 1 }, 'method')]).toEqual([
    'begun',
    'done',
  ])
  expect(state({ programmes: 1 }, 'frameworks')).toBe('begun')
  const founded = { ...nothing, entities: 1, people: 1, approvers: 1 }
  expect([founded, { ...founded, people: 2 }, { ...founded, services: 1 }].map(isUntouched)).toEqual([
    ...[true, false, false],
  ])
})
