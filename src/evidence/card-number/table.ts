import type { CellContent } from './cell.ts'
import { headOf } from './context.ts'
import { maskedName, type Place, type Tier } from './finding.ts'
import type { Candidate } from './scan.ts'
import { type Counts, type Detected, mostFindings } from './tally.ts'

/** A finding in a table; its place names row and column. */
export type TableDetected = Omit<Detected, 'line' | 'offset'> & { place: Omit<Place, 'members'> }
export type TableDetection = { findings: TableDetected[]; counts: Counts }

type Group = { count: number; kept: { candidate: Candidate; row: number }[] }
type Column = { head: string | null; peers: number; valid: number; groups: Map<string, Group> }

// A column says nothing about itself before it has so many numbers.
const fewestPeers = 6
// Below the first share a column holds numbers of another kind, of which one in ten is right by chance.
const random = 0.3
const cards = 0.6

/** A table may have so many columns; what stands further right is put together with the last. */
const mostColumns = 1024

/** The tier of a number by the column that it stands in. */
function tierIn(column: Column, candidate: Candidate): Tier {
  if (candidate.tier === 'test' || candidate.track) return candidate.tier
  const head = headOf(column.head ?? '')
  if (head === 'card') return 'high'
  if (!candidate.weak && candidate.tier === 'high') return 'high'
  if (head === 'identifier') return 'low'
  if (column.peers < fewestPeers) return candidate.tier
  const share = column.valid / column.peers
  if (share >= cards) return 'high'
  return share < random ? 'low' : candidate.tier
}

/**
 * Judges the numbers of a table by their columns: under a head that names cards every candidate counts, under one that
 * names identifiers none does, and else a column of random numbers gives itself away by its check digits. `nameOf` gives
 * the name of a column, counted from 0, for people.
 */
export function cardTable(nameOf: (column: number, head: string) => string) {
  const columns = new Map<number, Column>()

  const columnOf = (index: number): Column => {
    const at = Math.min(index, mostColumns)
    const found = columns.get(at) ?? { head: null, peers: 0, valid: 0, groups: new Map<string, Group>() }
    columns.set(at, found)
    return found
  }

  function keep(column: Column, candidate: Candidate, row: number): void {
    const name = `${candidate.tier} ${candidate.weak} ${candidate.track}`
    const group = column.groups.get(name) ?? { count: 0, kept: [] }
    column.groups.set(name, group)
    group.count += 1
    if (group.kept.length < mostFindings) group.kept.push({ candidate, row })
  }

  return {
    /** Rows and columns count from 1 and from 0. */
    cell(row: number, index: number, content: CellContent): void {
      const column = columnOf(index)
      // The first text of a column is its head.
      if (column.head === null && content.head.trim() !== '') column.head = content.head
      column.peers += content.peers
      column.valid += content.valid
      for (const candidate of content.candidates) keep(column, candidate, row)
    },
    end(): TableDetection {
      const counts: Counts = { high: 0, low: 0, test: 0 }
      const findings: TableDetected[] = []
      const room: Counts = { high: mostFindings, low: mostFindings, test: mostFindings }
      for (const [index, column] of columns)
        for (const group of column.groups.values())
          for (const [position, { candidate, row }] of group.kept.entries()) {
            const tier = tierIn(column, candidate)
            // All of a group get the same tier, so the first speaks for those that were not kept.
            if (position === 0) counts[tier] += group.count
            if (room[tier] === 0) break
            room[tier] -= 1
            const { brand, masked, track } = candidate
            const place = { column: maskedName(nameOf(index, column.head ?? '')), row }
            findings.push({ tier, brand, masked, track, place })
          }
      return { findings, counts }
    },
  }
}

export type CardTable = ReturnType<typeof cardTable>
