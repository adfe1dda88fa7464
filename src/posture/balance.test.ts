import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onDay, span, world } from '../../tests/support/posture.ts'
import { assetKinds } from '../assets/asset.ts'
import { forEach, properties } from '../assets/property.ts'
import {
  type Balance,
  groupsOf,
  halvesAt,
  halvesOf,
  neglected,
  rankOf,
  rankReached,
  standingOf,
} from './balance.ts'
import { createPosture } from './posture.ts'
import { controlStateOf, controlStates, effective, notAssessed } from './state.ts'

const runs = { seed: 2023, numRuns: 300 }

const control = fc.record({
  id: fc.uuid(),
  protects: fc.record({ properties: fc.subarray([...properties]), kinds: fc.subarray([...assetKinds]) }),
})
const code = fc.integer({ min: 0, max: controlStates.length - 1 })
const units = 4
const place = fc.record({
  home: fc.subarray([0, 1, 2], { minLength: 1 }),
  elsewhere: fc.subarray([2, 3]),
})
const scene = fc.array(
  fc.tuple(control, fc.uint8Array({ min: 0, max: 3, minLength: units, maxLength: units })),
  {
    maxLength: 12,
  },
)
const kind = fc.constantFrom(...assetKinds)

/** A scale whose levels ask for ever more. */
const scale = fc
  .array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 7 })
  .map((steps) =>
    steps.map((_, at) => ({ number: at + 1, needs: steps.slice(0, at + 1).reduce((a, b) => a + b) })),
  )

const halves = (
  all: [Parameters<typeof halvesAt>[0][number], Uint8Array][],
  ...rest: Parameters<typeof at>
) => at(...rest)(all)
const at =
  (ofKind: Parameters<typeof halvesAt>[2], where: Parameters<typeof halvesAt>[3]) =>
  (all: [Parameters<typeof halvesAt>[0][number], Uint8Array][]) =>
    halvesAt(
      all.map(([one]) => one),
      all.map(([, codes]) => codes),
      ofKind,
      where,
    )

describe('protection', () => {
  test('never falls when a control is added that works', () => {
    fc.assert(
      fc.property(scene, control, code, kind, place, scale, (all, added, state, ofKind, where, levels) => {
        const before = halves(all, ofKind, where)
        const after = halves([...all, [added, new Uint8Array(units).fill(state)]], ofKind, where)
        for (const property of properties) {
          expect(after[property]).toBeGreaterThanOrEqual(before[property])
          expect(rankReached(after[property], levels)).toBeGreaterThanOrEqual(
            rankReached(before[property], levels),
          )
        }
      }),
      runs,
    )
  })

  test('never falls when a control does better at a place', () => {
    fc.assert(
      fc.property(
        scene.filter((all) => all.length > 0),
        fc.nat(),
        fc.nat({ max: units - 1 }),
        kind,
        place,
        (all, which, unit, ofKind, where) => {
          const before = halves(all, ofKind, where)
          const better = all.map(([one, codes], index): [typeof one, Uint8Array] => {
            if (index !== which % all.length) return [one, codes]
            const raised = Uint8Array.from(codes)
            raised[unit] = effective
            return [one, raised]
          })
          const after = halves(better, ofKind, where)
          for (const property of properties) expect(after[property]).toBeGreaterThanOrEqual(before[property])
        },
      ),
      runs,
    )
  })

  test('counts nothing that fails or is not there, and what nothing shows as a half', () => {
    expect(controlStates.map((state, index) => [state, halvesOf(index)])).toEqual([
      ['absent', 0],
      ['failing', 0],
      ['not-assessed', 1],
      ['effective', 2],
    ])
    fc.assert(
      fc.property(scene, kind, place, (all, ofKind, where) => {
        const unknown = all.map(([one, codes]): [typeof one, Uint8Array] => [
          one,
          codes.map((each) => (each >= notAssessed ? 0 : each)),
        ])
        expect(halves(unknown, ofKind, where)).toEqual(forEach(() => 0))
      }),
      runs,
    )
  })

  test('is that of the weakest service, unless the control works at all of the others', () => {
    const one = { id: 'one', protects: { properties: [...properties], kinds: [...assetKinds] } }
    const of = (codes: number[], home: number[], elsewhere: number[] = []) =>
      halvesAt([one], [Uint8Array.from(codes)], 'system', { home, elsewhere }).integrity
    expect(of([effective, notAssessed], [0, 1])).toBe(1)
    expect(of([effective, 0], [0, 1])).toBe(0)
    expect(of([0, effective], [0], [1])).toBe(2)
    expect(of([0, effective, 0], [0], [1, 2])).toBe(0)
  })

  test('reaches the highest level whose needs are met', () => {
    fc.assert(
      fc.property(scale, fc.nat({ max: 60 }), (levels, sum) => {
        const rank = rankReached(sum, levels)
        for (const [index, { needs }] of levels.entries()) {
          if (index < rank) expect(needs * 2).toBeLessThanOrEqual(sum)
          if (index === rank) expect(needs * 2).toBeGreaterThan(sum)
        }
      }),
      runs,
    )
  })
})

describe('a balance', () => {
  const levels = [
    { number: 1, needs: 1 },
    { number: 3, needs: 2 },
    { number: 7, needs: 4 },
  ]

  test('sets protection against the value on the same scale; without a value there is no gap', () => {
    expect(rankOf(3, levels)).toBe(2)
    expect(standingOf(rankOf(7, levels), 5, levels)).toEqual({
      value: 3,
      protection: 2,
      strength: 2.5,
      gap: 1,
    })
    expect(standingOf(rankOf(1, levels), 8, levels)).toEqual({
      value: 1,
      protection: 3,
      strength: 4,
      gap: -2,
    })
    expect(standingOf(rankOf(null, levels), 8, levels).gap).toBeNull()
  })

  test('marks what stays further behind than the rest, and nothing where all are alike', () => {
    expect(neglected({ confidentiality: 0, integrity: 2, availability: 1 })).toEqual(['integrity'])
    expect(neglected({ confidentiality: 1, integrity: 1, availability: 0 })).toEqual([
      'confidentiality',
      'integrity',
    ])
    expect(neglected(forEach(() => 0))).toEqual([])
    expect(neglected(forEach(() => 2))).toEqual([])
  })

  const standing = fc
    .tuple(fc.nat({ max: 3 }), fc.nat({ max: 12 }))
    .map(([value, sum]) => standingOf(value, sum, levels))
  const balance = fc.record({ confidentiality: standing, integrity: standing, availability: standing })

  test('of a group is that of its assets, the most neglected first', () => {
    const grouped = fc.array(fc.record({ groups: fc.subarray(['a', 'b', 'c']), balance }), { maxLength: 20 })
    fc.assert(
      fc.property(grouped, (all) => {
        const groups = groupsOf(all)
        const worst = groups.map((one) => Math.max(...properties.map((property) => one[property].shortfall)))
        expect(worst).toEqual(worst.toSorted((a, b) => b - a))
        for (const group of groups) {
          const own = all.filter((one) => one.groups.includes(group.key as 'a')).map((one) => one.balance)
          expect(group.assets).toBe(own.length)
          for (const property of properties) {
            const behind = own.filter((one: Balance) => (one[property].gap ?? 0) > 0).length
            expect(group[property].behind).toBe(behind)
            expect(group[property].shortfall > 0).toBe(behind > 0)
          }
        }
      }),
      runs,
    )
  })
})

test('the states at any units are those that each control answers there', () => {
  fc.assert(
    fc.property(world(), fc.integer({ min: -1, max: span + 2 }).map(onDay), (facts, day) => {
      const posture = createPosture(facts)
      const ids = [...new Set(facts.implementations.map((one) => one.controlId))]
      const places = [
        ...facts.entities.map(({ id }) => ({ entityId: id, serviceId: null })),
        ...facts.services.map(({ id, entityId }) => ({ entityId, serviceId: id })),
      ]
      const codes = posture.standing(ids, places, day)
      for (const [row, id] of ids.entries())
        for (const [column, unit] of places.entries())
          expect(controlStateOf(codes[row]?.[column] ?? 0)).toBe(posture.control(id, unit, day).state)
    }),
    { ...runs, numRuns: 100 },
  )
})
