import type { Brand } from './brand.ts'
import type { Tier } from './finding.ts'
import type { Candidate, Sink } from './scan.ts'

/** A number and where it is; `line` counts from 1, `offset` in bytes from 0. */
export type Detected = {
  tier: Tier
  brand: Brand
  masked: string
  track: boolean
  line: number
  offset: number
}

export type Counts = Record<Tier, number>

/** The first findings of each tier, and how many of each there were. */
export type Detection = { findings: Detected[]; counts: Counts }

/** So many neighbours must there be before they say anything, and so large a share must have a right check digit. */
const fewestPeers = 6
const leastShare = 0.3

/** Findings of one tier that are kept; the others are counted. */
export const mostFindings = 50

type Kind = { peers: number; valid: number; weak: number }

/**
 * Collects what a scanner finds. A column of random numbers has a right check digit in one of ten, a column of cards in
 * all: weak findings among many numbers of their kind that are wrong are lowered at the end, when all have been seen.
 */
export function tally(placeOf: (start: number) => { line: number; offset: number }) {
  const kinds = new Map<string, Kind>()
  const kept: (Detected & { kind: string; weak: boolean })[] = []
  const counts: Counts = { high: 0, low: 0, test: 0 }
  const room = { high: mostFindings, low: mostFindings, test: mostFindings, weak: mostFindings }

  const kindOf = (name: string): Kind => {
    const found = kinds.get(name)
    if (found) return found
    const made = { peers: 0, valid: 0, weak: 0 }
    kinds.set(name, made)
    return made
  }

  const sink: Sink = {
    peer(name, valid) {
      const kind = kindOf(name)
      kind.peers += 1
      if (valid) kind.valid += 1
    },
    found({ start, brand, tier, masked, track, kind, weak }: Candidate) {
      counts[tier] += 1
      const lowers = weak && tier === 'high'
      if (lowers) kindOf(kind).weak += 1
      const drawer = lowers ? 'weak' : tier
      if (room[drawer] === 0) return
      room[drawer] -= 1
      kept.push({ tier, brand, masked, track, ...placeOf(start), kind, weak: lowers })
    },
  }

  return {
    sink,
    result(): Detection {
      const random = new Set<string>()
      for (const [name, { peers, valid, weak }] of kinds) {
        if (peers < fewestPeers || valid / peers >= leastShare) continue
        random.add(name)
        counts.high -= weak
        counts.low += weak
      }
      const findings = kept.map(
        ({ kind, weak, ...one }): Detected => (weak && random.has(kind) ? { ...one, tier: 'low' } : one),
      )
      return { findings, counts }
    },
  }
}
