import { describe, expect, it } from 'vitest'
import { forEach } from '../property.ts'
import type { Counted } from './cut.ts'
import { laidOut } from './layout.ts'
import { alongLines, movesOf } from './moves.ts'
import type { Box } from './shapes.ts'

const box = (id: string, parent: string | null, part: Partial<Box> = {}): Box => ({
  ...{ id, parent, key: id, type: 'asset', name: null, kind: null, entityId: null, open: false },
  ...{ assets: 1, personal: 0, card: 0, notInUse: 0, beyond: 0 },
  effective: forEach(() => null),
  ...part,
})

const boxes = [
  box('open', null, { type: 'group', open: true }),
  box('app', 'open'),
  box('host', 'open'),
  box('hall', 'open'),
  box('closed', null, { type: 'group', assets: 4 }),
  box('behind', 'open'),
]
const edges: Counted[] = [
  ['app', 'host', 1],
  ['host', 'hall', 1],
  ['app', 'closed', 3],
  ['closed', 'behind', 1],
]
const laid = laidOut(boxes, edges, { width: 1600, height: 900, narrow: false })
const moves = movesOf(boxes, edges, laid)

describe('the arrow keys', () => {
  it('go along lines to the left and right, and into an open group', () => {
    expect(moves.move('app', 'ArrowLeft')).toBe(null)
    expect(['host', 'closed']).toContain(moves.move('app', 'ArrowRight'))
    expect(moves.move('hall', 'ArrowLeft')).toBe('host')
    expect(moves.move('closed', 'ArrowRight')).toBe('behind')
    expect(moves.move('open', 'ArrowRight')).toBe(moves.first('open'))
  })

  it('visit everything in the same group up and down, each once', () => {
    const visited: string[] = []
    for (let at = moves.first('open'); at !== null; at = moves.move(at, 'ArrowDown')) visited.push(at)
    expect(visited.toSorted()).toEqual(['app', 'behind', 'hall', 'host'])
    const back: string[] = []
    for (let at = visited.at(-1) ?? null; at !== null; at = moves.move(at, 'ArrowUp')) back.push(at)
    expect(back).toEqual(visited.toReversed())
  })

  it('lead nowhere from what is not there', () => {
    expect(moves.move('nowhere', 'ArrowDown')).toBe(null)
    expect(moves.first('nowhere')).toBe(null)
  })
})

describe('along the lines', () => {
  it('goes on through assets and ends at a closed group', () => {
    const { needs, neededBy } = alongLines(moves, 'app')
    expect([...needs].sort()).toEqual(['app', 'closed', 'hall', 'host'])
    expect([...neededBy]).toEqual(['app'])
    expect([...alongLines(moves, 'closed').needs].sort()).toEqual(['behind', 'closed'])
  })
})
