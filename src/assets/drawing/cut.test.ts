import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newGraph, putAsset } from '../asset-graph.ts'
import { forEach } from '../property.ts'
import { cutOf, joined, type Opened, type Part, partId, restId } from './cut.ts'

type Made = { parts: Part[]; graph: ReturnType<typeof newGraph>; dependencies: number }

/** Assets `a0`, `a1`... each in a part, with dependencies on later ones. */
const populations = fc
  .array(
    fc.record({
      top: fc.constantFrom('x', 'y', 'z'),
      second: fc.constantFrom('information', 'system'),
      needs: fc.array(fc.nat(60), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((assets): Made => {
    const graph = newGraph()
    const lists = assets.map(({ needs }, at) =>
      [...new Set(needs)].filter((other) => other > at && other < assets.length).map((other) => `a${other}`),
    )
    for (const [at, dependsOn] of lists.entries())
      putAsset(graph, {
        ...{ id: `a${at}`, key: `a${at}`, dependsOn, inUseFrom: null, inUseTo: null },
        ...{ value: forEach(() => null), override: forEach(() => null) },
      })
    const groups = Map.groupBy(assets.keys(), (at) => `${assets[at]?.top}/${assets[at]?.second}`)
    const parts = [...groups].map(([id, members]) => {
      const [top = '', second = ''] = id.split('/')
      return { top, second, numbers: members.map((at) => graph.index.get(`a${at}`) ?? -1) }
    })
    return { parts, graph, dependencies: lists.flat().length }
  })

const openings: fc.Arbitrary<Opened> = fc.oneof(
  fc.constant<Opened>('all'),
  fc.integer({ min: 1, max: 80 }).map((room) => ({ room })),
  fc
    .subarray(['x', 'y', 'z', 'x/information', 'x/system', 'y/system', 'z/information', 'nowhere'])
    .map((ids) => new Set(ids)),
)

const chosen = (numbers: readonly number[], count: number) => numbers.slice(0, count)
const asGiven = { shown: null, chosen }

/** Every box that a cut draws. */
function boxesOf({ parts, graph }: Made, { open, shown }: ReturnType<typeof cutOf>): Set<string> {
  const tops = parts.map((one) => one.top)
  const seconds = parts.flatMap((one) => (open.has(one.top) ? [partId(one)] : []))
  const rests = [...shown.keys()].map(restId)
  const own = [...shown.values()].flat().map((at) => graph.ids[at] ?? '')
  return new Set([...tops, ...seconds, ...rests, ...own])
}

describe('a cut', () => {
  it('has one box for every asset, closed or not, and no more of single assets than it may', () => {
    fc.assert(
      fc.property(populations, openings, fc.integer({ min: 1, max: 40 }), (made, opened, most) => {
        const cut = cutOf(made.parts, opened, most, asGiven)
        const own = [...cut.shown.values()].flat()
        expect([...cut.boxOf.keys()].sort()).toEqual(made.parts.flatMap((one) => one.numbers).sort())
        expect(own.length).toBeLessThanOrEqual(most)
        expect([...cut.boxOf].filter(([, box]) => box === null).map(([at]) => at)).toEqual(
          expect.arrayContaining(own),
        )
        const drawn = boxesOf(made, cut)
        const unknown = [...cut.boxOf.values()].filter((box) => box !== null && !drawn.has(box))
        expect(unknown).toEqual([])
      }),
    )
  })

  it('joins boxes by lines that stand for every dependency that is not within one of them', () => {
    fc.assert(
      fc.property(populations, openings, (made, opened) => {
        const cut = cutOf(made.parts, opened, 25, asGiven)
        const { edges, left } = joined(made.graph, cut.boxOf, 10_000)
        const drawn = boxesOf(made, cut)
        expect(edges.filter(([from, to]) => from === to || !drawn.has(from) || !drawn.has(to))).toEqual([])
        const boxOf = (at: number) => cut.boxOf.get(at) ?? made.graph.ids[at]
        const across = made.graph.facts.flatMap((fact, at) =>
          (fact?.dependsOn ?? []).filter((id) => boxOf(made.graph.index.get(id) ?? -1) !== boxOf(at)),
        )
        expect(edges.reduce((sum, [, , count]) => sum + count, 0)).toBe(across.length)
        expect(left).toBe(0)
      }),
    )
  })

  it('keeps the strongest lines and says how many it leaves out', () => {
    fc.assert(
      fc.property(populations, (made) => {
        const { boxOf } = cutOf(made.parts, new Set(['x']), 25, asGiven)
        const all = joined(made.graph, boxOf, 10_000).edges
        const some = joined(made.graph, boxOf, 3)
        expect(some.edges.length + some.left).toBe(all.length)
        const weakest = Math.min(...some.edges.map(([, , count]) => count))
        const names = new Set(some.edges.map(([from, to]) => `${from} ${to}`))
        const stronger = all.filter(([from, to, count]) => count > weakest && !names.has(`${from} ${to}`))
        expect(stronger).toEqual([])
      }),
    )
  })

  it('shows the small parts whole before it cuts the large one, and always what is asked for', () => {
    const parts: Part[] = [
      { top: 'x', second: 'system', numbers: Array.from({ length: 50 }, (_, at) => at) },
      { top: 'y', second: 'system', numbers: [50, 51, 52] },
    ]
    const all = cutOf(parts, 'all', 10, asGiven)
    expect(all.shown.get('y/system')).toEqual([50, 51, 52])
    expect(all.shown.get('x/system')).toHaveLength(7)
    const one = cutOf(parts, new Set<string>(), 10, { shown: 51, chosen })
    expect([...one.open]).toEqual(['y', 'y/system'])
    expect(one.boxOf.get(0)).toBe('x')
    expect(one.boxOf.get(51)).toBe(null)
  })

  it('opens of itself what there is room for', () => {
    const parts: Part[] = ['x', 'y'].flatMap((top) =>
      ['information', 'system'].map((second) => ({ top, second, numbers: [] as number[] })),
    )
    const filled = parts.map((one, at) => ({
      ...one,
      numbers: Array.from({ length: 5 }, (_, n) => at * 5 + n),
    }))
    const opened = (room: number) => [...cutOf(filled, { room }, 100, asGiven).open].sort()
    expect(opened(3)).toEqual([])
    expect(opened(4)).toEqual(['x', 'y'])
    expect(opened(20)).toEqual(['x', 'x/information', 'x/system', 'y', 'y/information', 'y/system'])
  })
})
