import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AssetFact } from './asset-graph.ts'
import { circleIn } from './cycle.ts'
import { createInheritance } from './inheritance.ts'
import { forEach, type PerProperty, type Property, properties } from './property.ts'

const day = '2023-07-31'
const idOf = (at: number) => `a${String(at).padStart(2, '0')}`

const nothing = () => forEach((): number | null => null)

const fact = (id: string, parts: Partial<AssetFact> = {}): AssetFact => ({
  id,
  key: id,
  value: nothing(),
  override: forEach(() => null),
  dependsOn: [],
  inUseFrom: null,
  inUseTo: null,
  ...parts,
})

const worth = (level: number): PerProperty<number | null> => forEach(() => level)

const level = fc.option(fc.integer({ min: 1, max: 7 }))
const levels = fc.record({ confidentiality: level, integrity: level, availability: level })

/** An asset that depends on some of those with a higher number: so there is no circle. */
const assetAt = (at: number, size: number): fc.Arbitrary<AssetFact> =>
  fc
    .record({
      value: levels,
      over: fc.option(levels, { freq: 4 }),
      dependsOn: fc.subarray(
        Array.from({ length: size - at - 1 }, (_, next) => idOf(at + next + 1)),
        { maxLength: Math.min(4, size - at - 1) },
      ),
      from: fc.constantFrom(null, null, null, '2023-07-31', '2023-08-01'),
      to: fc.constantFrom(null, null, null, '2023-07-31', '2023-07-30'),
    })
    .map(({ value, over, dependsOn, from, to }) => ({
      id: idOf(at),
      key: idOf(at),
      value,
      override: forEach((property) => {
        const level = over?.[property] ?? null
        return level === null ? null : { level, reason: 'because' }
      }),
      dependsOn,
      inUseFrom: from,
      inUseTo: to,
    }))

const graphs = fc
  .integer({ min: 1, max: 14 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, at) => assetAt(at, size))))

const changes = graphs.chain((facts) =>
  fc.tuple(
    fc.constant(facts),
    fc.array(
      fc.nat({ max: facts.length - 1 }).chain((at) => assetAt(at, facts.length)),
      { maxLength: 12 },
    ),
  ),
)

/** By the words of the rule, however slow. */
function byRule(facts: readonly AssetFact[], id: string, property: Property, on = day): number | null {
  const one = facts.find((each) => each.id === id)
  const isInUse = (each: AssetFact) => (each.inUseFrom ?? on) <= on && on <= (each.inUseTo ?? on)
  if (!one || !isInUse(one)) return null
  const over = one.override[property]
  if (over) return over.level
  const arriving = facts
    .filter((each) => each.dependsOn.includes(id))
    .map((each) => byRule(facts, each.id, property, on))
  return Math.max(0, one.value[property] ?? 0, ...arriving.map((level) => level ?? 0)) || null
}

const allOf = (facts: readonly AssetFact[], answer: (id: string, property: Property) => unknown) =>
  facts.map(({ id }) => forEach((property) => answer(id, property)))

test('is the highest of its own value and all that depends on it', () => {
  fc.assert(
    fc.property(graphs, (facts) => {
      const { effective } = createInheritance(facts)
      for (const on of [day, '2023-08-01'])
        expect(allOf(facts, (id, property) => effective(id, on)[property])).toEqual(
          allOf(facts, (id, property) => byRule(facts, id, property, on)),
        )
    }),
  )
})

test('after changes is what it is from the start', () => {
  fc.assert(
    fc.property(changes, ([facts, changed]) => {
      const followed = createInheritance(facts)
      const now = new Map(facts.map((one) => [one.id, one]))
      for (const one of changed) {
        followed.effective(one.id, day)
        followed.put(one)
        now.set(one.id, one)
        const afresh = createInheritance(now.values())
        expect(allOf(facts, (id) => followed.effective(id, day))).toEqual(
          allOf(facts, (id) => afresh.effective(id, day)),
        )
        expect(allOf(facts, (id, property) => followed.explain(id, property, day))).toEqual(
          allOf(facts, (id, property) => afresh.explain(id, property, day)),
        )
      }
    }),
    { numRuns: 300 },
  )
})

test('does not depend on the order of assets', () => {
  fc.assert(
    fc.property(graphs, (facts) => {
      const forwards = createInheritance(facts)
      const backwards = createInheritance(facts.toReversed())
      expect(allOf(facts, (id, property) => backwards.explain(id, property, day))).toEqual(
        allOf(facts, (id, property) => forwards.explain(id, property, day)),
      )
    }),
  )
})

test('never falls when an asset comes to depend on another', () => {
  fc.assert(
    fc.property(graphs, fc.nat(), fc.nat(), (facts, a, b) => {
      const [from, to] = [a % facts.length, b % facts.length]
      fc.pre(from < to)
      const before = createInheritance(facts)
      const after = createInheritance(
        facts.map((one, at) =>
          at === from ? { ...one, dependsOn: [...new Set([...one.dependsOn, idOf(to)])] } : one,
        ),
      )
      for (const { id } of facts)
        for (const property of properties)
          expect(after.effective(id, day)[property] ?? 0).toBeGreaterThanOrEqual(
            before.effective(id, day)[property] ?? 0,
          )
    }),
  )
})

test('names the way by which a value came', () => {
  fc.assert(
    fc.property(graphs, (facts) => {
      const { effective, explain } = createInheritance(facts)
      const byId = new Map(facts.map((one) => [one.id, one]))
      for (const { id } of facts)
        for (const property of properties) {
          const { level, by, path } = explain(id, property, day)
          expect(level).toBe(effective(id, day)[property])
          if (level === null) {
            expect({ by, path }).toEqual({ by: 'nothing', path: [] })
            continue
          }
          const [source = ''] = path
          const from = byId.get(source)
          expect(path.at(-1)).toBe(id)
          expect(from?.override[property]?.level ?? from?.value[property]).toBe(level)
          path.slice(1).forEach((next, at) => {
            expect(byId.get(path[at] ?? '')?.dependsOn).toContain(next)
          })
        }
    }),
  )
})

test('an override holds against what depends on it, and is passed on', () => {
  const { effective, explain } = createInheritance([
    fact('app', { value: worth(4), dependsOn: ['host'] }),
    fact('host', {
      override: { ...forEach(() => null), availability: { level: 2, reason: 'Two of them.' } },
      dependsOn: ['hall'],
    }),
    fact('hall'),
  ])
  expect(effective('hall', day)).toEqual({ confidentiality: 4, integrity: 4, availability: 2 })
  expect(explain('hall', 'confidentiality', day).path).toEqual(['app', 'host', 'hall'])
  expect(explain('hall', 'availability', day)).toEqual({
    level: 2,
    by: 'inheritance',
    path: ['host', 'hall'],
  })
  expect(explain('host', 'availability', day).by).toBe('override')
})

test('an asset passes nothing on before it is in use', () => {
  const { effective } = createInheritance([
    fact('app', { value: worth(3), dependsOn: ['host'], inUseFrom: '2023-08-01' }),
    fact('host', { value: worth(1) }),
  ])
  expect(effective('host', day).integrity).toBe(1)
  expect(effective('app', day).integrity).toBeNull()
  expect(effective('host', '2023-08-01').integrity).toBe(3)
})

test('a circle is found and named, and nothing else is taken for one', () => {
  fc.assert(
    fc.property(graphs, (facts) => {
      const { graph } = createInheritance(facts)
      expect(circleIn(graph, facts)).toBeNull()
      // Each asset may depend on all behind it.
      expect(
        circleIn(
          graph,
          facts.map(({ id }, at) => ({ id, dependsOn: facts.slice(at + 1).map((one) => one.id) })),
        ),
      ).toBeNull()
    }),
  )
  const { graph } = createInheritance([
    fact('app', { dependsOn: ['host'] }),
    fact('host', { dependsOn: ['hall', 'power'] }),
  ])
  expect(circleIn(graph, [{ id: 'power', dependsOn: ['app'] }])).toEqual(['power', 'app', 'host', 'power'])
  expect(circleIn(graph, [{ id: 'new', dependsOn: ['new'] }])).toEqual(['new', 'new'])
  // What is wanted stands instead of what is there.
  expect(
    circleIn(graph, [
      { id: 'power', dependsOn: ['app'] },
      { id: 'host', dependsOn: ['hall'] },
    ]),
  ).toBeNull()
})
