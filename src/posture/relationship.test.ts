import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { always, edition } from '../../tests/support/posture.ts'
import type { Link, Node } from './facts.ts'
import { buildGraph, controlKey, pathTo, requirementKey } from './graph.ts'
import { compose, coversAll, type Relationship, relationships } from './relationship.ts'

const composed = (a: Relationship | null, b: Relationship | null) =>
  a === null || b === null ? null : compose(a, b)

const anySet = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1 }).map((list) => new Set(list))

/** What is true of two sets, by the definition of each relationship. */
const holds: Record<Relationship, (a: ReadonlySet<number>, b: ReadonlySet<number>) => boolean> = {
  equal: (a, b) => a.isSubsetOf(b) && b.isSubsetOf(a),
  superset: (a, b) => a.isSupersetOf(b),
  subset: (a, b) => a.isSubsetOf(b),
  intersects: (a, b) => !a.isDisjointFrom(b),
}

describe('composition of relationships', () => {
  test('is associative, with equal as its identity', () => {
    for (const a of relationships) {
      expect([compose('equal', a), compose(a, 'equal')]).toEqual([a, a])
      for (const b of relationships)
        for (const c of relationships)
          expect(composed(composed(a, b), c), `${a} ${b} ${c}`).toBe(composed(a, composed(b, c)))
    }
  })

  test('says what is true of all sets, and says it whenever something is', () => {
    for (const first of relationships)
      for (const second of relationships) {
        const says = compose(first, second)
        const counterexample = (claim: Relationship) =>
          fc.check(
            fc.property(anySet, anySet, anySet, (a, b, c) => {
              fc.pre(holds[first](a, b) && holds[second](b, c))
              return holds[claim](a, c)
            }),
            { seed: 7, numRuns: 2000, maxSkipsPerRun: 1000 },
          ).counterexample
        if (says === null)
          for (const claim of relationships) expect(counterexample(claim), claim).not.toBeNull()
        else expect(counterexample(says), `${first} ${second}`).toBeNull()
      }
  })
})

describe('the graph of mappings', () => {
  const names = ['a', 'b', 'c', 'R', 'S', 'T']
  const nodeOf = (name: string): Node => (name < 'a' ? { edition, requirement: name } : { control: name })
  const keyOf = (name: string) =>
    name < 'a' ? requirementKey({ edition, requirement: name }) : controlKey(name)
  const requirements = ['R', 'S', 'T'].map((id) => ({ edition, id, parent: null, assessable: true }))
  const graphOf = (links: readonly Link[]) => buildGraph({ controls: [], requirements, links, together: [] })

  // Links that are true of the sets behind the nodes; circles included.
  const trueLinks = fc
    .tuple(
      fc.tuple(...names.map(() => anySet)),
      fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.constantFrom(...relationships)), { maxLength: 14 }),
    )
    .map(([sets, stated]) => ({
      sets,
      links: stated.flatMap(([from, to, relationship], at): Link[] => {
        const [a, b] = [sets[from], sets[to]]
        const [source, target] = [names[from], names[to]]
        if (!a || !b || !source || !target || !holds[relationship](a, b)) return []
        return [{ id: `l${at}`, source: nodeOf(source), relationship, target: nodeOf(target), ...always }]
      }),
    }))

  test('claims nothing that is not true of the sets behind it', () => {
    fc.assert(
      fc.property(trueLinks, ({ sets, links }) => {
        const graph = graphOf(links)
        for (const [at, from] of names.entries())
          for (const [to, target] of names.entries()) {
            const source = graph.index.get(keyOf(from))
            const node = graph.index.get(keyOf(target))
            const [a, b] = [sets[at], sets[to]]
            if (source === undefined || node === undefined || source >= graph.sources || !a || !b) continue
            const found = pathTo(graph, source, node)
            if (found) expect(holds[found.relationship](a, b)).toBe(true)
          }
      }),
      { seed: 11, numRuns: 500 },
    )
  })

  test('agrees with trying every path without repetition of a step, and its path composes to its claim', () => {
    const best = (links: readonly Link[], from: string, to: string): Relationship | null => {
      const found: Relationship[] = []
      const go = (at: string, so: Relationship, seen: ReadonlySet<string>): void => {
        if (at === to) found.push(so)
        for (const { source, relationship, target } of links) {
          const next = compose(so, relationship)
          const [a, b] = [source, target].map((node) => ('control' in node ? node.control : node.requirement))
          if (a !== at || b === undefined || next === null || seen.has(`${b} ${next}`)) continue
          go(b, next, new Set([...seen, `${b} ${next}`]))
        }
      }
      go(from, 'equal', new Set([`${from} equal`]))
      return relationships.find((one) => found.includes(one)) ?? null
    }
    fc.assert(
      fc.property(trueLinks, ({ links }) => {
        const graph = graphOf(links)
        for (const from of ['a', 'b', 'c'])
          for (const to of ['R', 'S', 'T']) {
            const source = graph.index.get(keyOf(from))
            const node = graph.index.get(keyOf(to))
            if (source === undefined || node === undefined) continue
            const found = pathTo(graph, source, node)
            expect(found?.relationship ?? null).toBe(best(links, from, to))
            const along = found?.path.reduce<Relationship | null>(
              (so, step) => composed(so, step.relationship),
              'equal',
            )
            if (found) expect(along).toBe(found.relationship)
            const reachers = [...(graph.reachers[node] ?? [])]
            const level = reachers.find((_, at) => at % 2 === 1 && reachers[at - 1] === source) ?? 0
            expect(level).toBe(found === null ? 0 : coversAll(found.relationship) ? 2 : 1)
          }
      }),
      { seed: 13, numRuns: 300 },
    )
  })
})
