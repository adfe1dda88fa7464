import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Drawing, layered } from './layered-layout.ts'

const drawings = fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 30 }).chain((ids) =>
  fc.record({
    ids: fc.constant(ids),
    edges: fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 60 }),
  }),
)

/** Without a circle: every edge leads on in the alphabet. */
const acyclic = drawings.map(
  ({ ids, edges }): Drawing => ({ ids, edges: edges.filter(([from, to]) => from < to) }),
)

test('places every node once, and no two on the same spot', () => {
  fc.assert(
    fc.property(drawings, (drawing) => {
      const { nodes } = layered(drawing)
      expect(nodes.map((one) => one.id).sort()).toEqual([...new Set(drawing.ids)].sort())
      expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length)
    }),
  )
})

test('puts what depends above what it depends on', () => {
  fc.assert(
    fc.property(acyclic, (drawing) => {
      const byId = new Map(layered(drawing).nodes.map((one) => [one.id, one]))
      for (const [from, to] of drawing.edges) {
        expect(byId.get(from)?.layer).toBeLessThan(byId.get(to)?.layer ?? -1)
        expect(byId.get(from)?.y).toBeLessThan(byId.get(to)?.y ?? -1)
      }
    }),
  )
})

test('draws the same graph the same way, in whatever order it is given', () => {
  fc.assert(
    fc.property(drawings, ({ ids, edges }) => {
      expect(layered({ ids: ids.toReversed(), edges: edges.toReversed() })).toEqual(layered({ ids, edges }))
    }),
  )
})

test('keeps all nodes within its measures', () => {
  fc.assert(
    fc.property(drawings, (drawing) => {
      const { nodes, width, height } = layered(drawing)
      for (const { x, y } of nodes) {
        expect(x).toBeGreaterThan(0)
        expect(x).toBeLessThan(width)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(height)
      }
    }),
  )
})

test('a thousand nodes fill a page, and no ribbon', () => {
  const ids = Array.from({ length: 1000 }, (_, at) => `n${String(at).padStart(4, '0')}`)
  const edges = ids.slice(100).map((id, at) => [id, ids[at % 100] ?? ''] as const)
  const { width, height } = layered({ ids, edges })
  expect(width / height).toBeGreaterThan(0.3)
  expect(width / height).toBeLessThan(6)
})

test('crossings of two chains are undone', () => {
  const { nodes } = layered({
    ids: ['a', 'b', 'y', 'z'],
    edges: [
      ['a', 'z'],
      ['b', 'y'],
    ],
  })
  const x = (id: string) => nodes.find((one) => one.id === id)?.x ?? 0
  expect(Math.sign(x('a') - x('b'))).toBe(Math.sign(x('z') - x('y')))
})
