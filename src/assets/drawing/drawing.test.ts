import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Counted } from './cut.ts'
import { countsAt, labelsAt, type Wording } from './labels.ts'
import { bundlesOf, type Drawn, laidOut, type Rect, type Whole } from './layout.ts'
import { smallest, textWidth } from './letters.ts'

/** The same numbers on every run (a linear congruential generator; nothing hangs on its quality). */
function numbers(start: number) {
  let seed = start
  return (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return (seed >> 8) % below
  }
}

type Case = { boxes: Drawn[]; edges: Counted[] }

/** Assets in parts of tops, any of which may be closed; lines between anything, so that there are circles too. */
function made(seed: number, assets: number, openness: number): Case {
  const random = numbers(seed)
  const tops = 1 + random(8)
  const boxes = new Map<string, Drawn>()
  const isOpen = new Map<string, boolean>()
  const opened = (id: string) => {
    const known = isOpen.get(id) ?? random(10) < openness
    isOpen.set(id, known)
    return known
  }
  const put = (id: string, parent: string | null, type: Drawn['type'], open = false) => {
    boxes.set(id, { id, type, parent, key: id, open })
    return id
  }
  const standing = Array.from({ length: assets }, (_, at) => {
    const top = `t${random(tops)}`
    const part = `${top}/${random(6)}`
    put(top, null, 'group', opened(top))
    if (!opened(top)) return top
    put(part, top, 'group', opened(part))
    return opened(part) ? put(`asset-${String(at).padStart(4, '0')}`, part, 'asset') : part
  })
  const edges = new Map<string, Counted>()
  for (let at = 0; at < assets * 1.5; at++) {
    const [from, to] = [standing[random(assets)] ?? '', standing[random(Math.ceil(assets / 3))] ?? '']
    if (from !== to) edges.set(`${from} ${to}`, [from, to, 1 + random(9)])
  }
  return { boxes: [...boxes.values()], edges: [...edges.values()] }
}

const cases = fc
  .record({ seed: fc.nat(1_000_000), assets: fc.integer({ min: 1, max: 120 }), openness: fc.nat(10) })
  .map(({ seed, assets, openness }) => made(seed, assets, openness))

const desk: Whole = { width: 1160, height: 640, narrow: false }
const phone: Whole = { width: 358, height: 540, narrow: true }
const rooms = fc.constantFrom(desk, phone, { width: 700, height: 700, narrow: false })

const wording = (id: string): Wording =>
  Number.parseInt(id.replace(/\D/g, '') || '0', 10) % 2 === 0
    ? { name: `The asset called ${id} of the Warehouse`, short: id, info: 'C4 I3 A4 · personal', mark: '4 P' }
    : { name: `資産の名前が長いもの${id}`, short: '資産', info: 'C4 I3 A4 · 個人 · カード', mark: '3 個' }

const overlap = (a: Rect, b: Rect) =>
  Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.01 &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.01

const within = (inner: Rect, outer: Rect) =>
  inner.x >= outer.x - 0.01 &&
  inner.y >= outer.y - 0.01 &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01

/** Pairs that lie on each other, found by a sweep from left to right. */
function overlaps<T extends Rect>(rects: readonly T[]): [T, T][] {
  const sorted = rects.toSorted((a, b) => a.x - b.x)
  return sorted.flatMap((a, at) => {
    const found: [T, T][] = []
    for (const b of sorted.slice(at + 1)) {
      if (b.x >= a.x + a.width) break
      if (overlap(a, b)) found.push([a, b])
    }
    return found
  })
}

/** What is wrong with where things stand, in words. */
function misplaced({ boxes, edges }: Case, room: Whole): string[] {
  const laid = laidOut(boxes, edges, room)
  const places = boxes.map((one) => ({ ...one, place: laid.places.get(one.id) }))
  const missing = places.filter(({ place }) => place === undefined).map(({ id }) => `${id} has no place`)
  const outside = places.flatMap(({ id, parent, place }) => {
    const frame = parent === null ? { x: 0, y: 0, ...laid } : laid.places.get(parent)
    return place && frame && !within(place, frame) ? [`${id} is outside ${parent ?? 'the drawing'}`] : []
  })
  const crossing = [...Map.groupBy(places, (one) => one.parent).values()].flatMap((siblings) =>
    overlaps(siblings.flatMap(({ place }) => place ?? [])).map(([a, b]) => `${a.id} lies on ${b.id}`),
  )
  return [...missing, ...outside, ...crossing]
}

function illegible({ boxes, edges }: Case, room: Whole, scale: number) {
  const laid = laidOut(boxes, edges, room)
  const labels = labelsAt(laid, boxes, wording, scale)
  const counts = countsAt(laid, bundlesOf(boxes, edges), String, scale, labels)
  const small = [...labels, ...counts].flatMap(({ id, lines }) =>
    lines.filter(({ size }) => size * scale < smallest - 1e-9).map(() => `${id} is too small`),
  )
  const outside = labels.flatMap(({ id, lines, rect }) => {
    const place = laid.places.get(id)
    return [
      ...(place && within(rect, place) ? [] : [`the label of ${id} leaves its box`]),
      ...lines.flatMap(({ text, x, y, size, anchor }) => {
        const width = textWidth(text, size)
        const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
        const line = { x: left, y: y - size * 0.8, width, height: size * 0.95 }
        return within(line, rect) ? [] : [`"${text}" leaves its label`]
      }),
    ]
  })
  const crossing = overlaps([...labels, ...counts].map((one) => ({ id: one.id, ...one.rect })))
  return [...small, ...outside, ...crossing.map(([a, b]) => `label of ${a.id} lies on that of ${b.id}`)]
}

describe('the layout', () => {
  it('gives every box a place in its group, and none on another', () => {
    fc.assert(
      fc.property(cases, rooms, (one, room) => {
        expect(misplaced(one, room)).toEqual([])
      }),
    )
  })

  it('keeps to that with a thousand assets in the open, and with circles between groups', () => {
    for (const seed of [1, 2, 3]) {
      const one = made(seed, 1_000, 10)
      expect(one.boxes.filter(({ type }) => type === 'asset')).toHaveLength(1_000)
      expect(misplaced(one, desk)).toEqual([])
      expect(misplaced(one, phone)).toEqual([])
    }
  })

  it('puts what depends left of what it depends on, as long as there is room beside it', () => {
    const chain = ['a', 'b', 'c'].map(
      (id): Drawn => ({ id, type: 'asset', parent: null, key: id, open: false }),
    )
    const { places } = laidOut(
      chain,
      [
        ['c', 'a', 1],
        ['a', 'b', 1],
      ],
      desk,
    )
    const x = (id: string) => places.get(id)?.x ?? -1
    expect(x('c')).toBeLessThan(x('a'))
    expect(x('a')).toBeLessThan(x('b'))
  })

  it('of a circle turns round the line that stands for least', () => {
    const groups = ['a', 'b'].map((id): Drawn => ({ id, type: 'group', parent: null, key: id, open: false }))
    const { places } = laidOut(
      groups,
      [
        ['a', 'b', 2],
        ['b', 'a', 9],
      ],
      desk,
    )
    expect(places.get('b')?.x).toBeLessThan(places.get('a')?.x ?? -1)
  })

  it('is the same in whatever order things are given', () => {
    fc.assert(
      fc.property(cases, rooms, ({ boxes, edges }, room) => {
        const sorted = (one: Case) => [...laidOut(one.boxes, one.edges, room).places.values()]
        const turned = { boxes: boxes.toReversed(), edges: edges.toReversed() }
        const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
        expect(sorted(turned).sort(byId)).toEqual(sorted({ boxes, edges }).sort(byId))
      }),
    )
  })

  it('fills a page with a thousand assets and makes no ribbon of them', () => {
    const { boxes, edges } = made(4, 1_000, 10)
    const { width, height } = laidOut(boxes, edges, desk)
    expect(width / height).toBeGreaterThan(0.8)
    expect(width / height).toBeLessThan(3.4)
  })

  it('keeps within the width of a phone', () => {
    const { boxes, edges } = made(5, 400, 10)
    expect(laidOut(boxes, edges, phone).width).toBeLessThanOrEqual(358)
  })
})

describe('bundles', () => {
  it('stand for every line once, between two things in the same group', () => {
    fc.assert(
      fc.property(cases, ({ boxes, edges }) => {
        const parent = new Map(boxes.map((one) => [one.id, one.parent]))
        const bundles = bundlesOf(boxes, edges)
        const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0)
        expect(sum(bundles.map((one) => one.count))).toBe(sum(edges.map(([, , count]) => count)))
        expect(bundles.filter(({ from, to }) => parent.get(from) !== parent.get(to))).toEqual([])
        expect(bundles.filter(({ from, to }) => !parent.has(from) || !parent.has(to))).toEqual([])
      }),
    )
  })
})

describe('labels', () => {
  const scales = fc.double({ min: 0.08, max: 2.4, noNaN: true })

  it('are readable at every scale, within their boxes, and none lies on another', () => {
    fc.assert(
      fc.property(cases, rooms, scales, (one, room, scale) => {
        expect(illegible(one, room, scale)).toEqual([])
      }),
    )
  })

  it('keep to that with a thousand assets', () => {
    const one = made(6, 1_000, 9)
    for (const scale of [0.1, 0.2, 0.35, 0.5, 0.7, 1, 1.6]) expect(illegible(one, desk, scale)).toEqual([])
  })

  it('name every asset at full size, and every group when all is seen from afar', () => {
    const { boxes, edges } = made(7, 1_000, 10)
    const laid = laidOut(boxes, edges, desk)
    const named = (scale: number) => labelsAt(laid, boxes, wording, scale).map(({ id }) => id)
    expect(named(1)).toHaveLength(boxes.length)
    const fit = Math.min(1160 / laid.width, 640 / laid.height)
    const tops = boxes.filter(({ parent }) => parent === null).map(({ id }) => id)
    expect(named(fit)).toEqual(expect.arrayContaining(tops))
  })
})
