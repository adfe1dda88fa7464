import {
  type Finding,
  maskedName,
  type NotInspected,
  type NotInspectedReason,
  type Place,
  type Tier,
  type Verdict,
} from '../../card-number/finding.ts'
import type { TableDetection } from '../../card-number/table.ts'
import { type Detection, mostFindings } from '../../card-number/tally.ts'

export type Bytes = AsyncIterable<Uint8Array>

/** What is inspected: a file, or a part of one. `depth` counts the containers around it. */
export type Part = {
  name: string
  type: string
  members: readonly string[]
  depth: number
  /** It came out of base64, which is decoded one level only. */
  decoded: boolean
  /** It belongs to an office document, whose pictures and fonts are expected. */
  office: boolean
}

export type View = (run: Run, part: Part, bytes: Bytes) => Promise<void>

/** What a hostile file may cost at most. */
export type Limits = {
  /** Bytes that all containers together may unpack to. */
  unpacked: number
  /** Bytes of an archive or PDF, which is kept encrypted in a temporary file while it is read. */
  stored: number
  parts: number
  depth: number
  /** How much compressed data may grow, once it is longer than `slack` bytes. */
  ratio: number
  slack: number
  milliseconds: number
}

export const usualLimits: Limits = {
  unpacked: 2 * 1024 ** 3,
  stored: 2 * 1024 ** 3,
  parts: 10_000,
  depth: 5,
  ratio: 200,
  slack: 1024 * 1024,
  milliseconds: 120_000,
}

/** Ends the inspection of one part with a reason. Its message never has content of the file. */
export class NotInspectable extends Error {
  readonly reason: NotInspectedReason

  constructor(reason: NotInspectedReason) {
    super(reason)
    this.reason = reason
  }
}

// So many different numbers are remembered, to tell what a second view of the same bytes adds.
const mostRemembered = 20_000
const mostNotInspected = 50

// Reasons that do not make an otherwise inspected document doubtful.
const expected = new Set<NotInspectedReason>(['picture'])

/** One inspection: what it may still cost, and what it has found so far. */
export class Run {
  readonly limits: Limits
  readonly inspect: View
  /** Why the bytes from outside broke off; that is no property of the file. */
  failure: { error: unknown } | null = null
  /** Whether bytes from outside are copied, because they are only there until more are asked for. */
  copies = false
  readonly #now: () => number
  readonly #deadline: number
  readonly #findings: Finding[] = []
  readonly #notInspected: NotInspected[] = []
  readonly #counts: Record<Tier, number> = { high: 0, low: 0, test: 0 }
  readonly #seen = new Set<string>()
  #doubtful = false
  // Which limit is used up; whatever comes after it is not begun.
  #used: NotInspectedReason | null = null
  #unpacked = 0
  #parts = 0

  constructor(limits: Limits, now: () => number, inspect: View) {
    this.limits = limits
    this.inspect = inspect
    this.#now = now
    this.#deadline = now() + limits.milliseconds
  }

  #end(reason: NotInspectedReason): never {
    this.#used = reason
    throw new NotInspectable(reason)
  }

  /** Accounts for bytes that came out of a container. */
  spend(bytes: number): void {
    this.#unpacked += bytes
    if (this.#unpacked > this.limits.unpacked) this.#end('too large')
    this.hurry()
  }

  /** Ends what takes too long. */
  hurry(): void {
    if (this.#now() > this.#deadline) this.#end('too slow')
  }

  /** The part of a container. */
  child(parent: Part, name: string, more: Partial<Pick<Part, 'type' | 'decoded' | 'office'>> = {}): Part {
    if (this.#used) throw new NotInspectable(this.#used)
    if (parent.depth >= this.limits.depth) throw new NotInspectable('too deep')
    this.#parts += 1
    if (this.#parts > this.limits.parts) this.#end('too many parts')
    return {
      name,
      type: more.type ?? '',
      members: [...parent.members, maskedName(name)],
      depth: parent.depth + 1,
      decoded: more.decoded ?? parent.decoded,
      office: more.office ?? parent.office,
    }
  }

  /** The same part in another encoding. */
  deeper(part: Part): Part {
    if (part.depth >= this.limits.depth) throw new NotInspectable('too deep')
    return { ...part, depth: part.depth + 1 }
  }

  #add(finding: Finding): void {
    if (this.#findings.filter(({ tier }) => tier === finding.tier).length < mostFindings)
      this.#findings.push(finding)
    if (this.#seen.size < mostRemembered) this.#seen.add(finding.masked)
  }

  /** Adds what a text view found. `place` says more about where it was. */
  detected(part: Part, found: Detection, place: Omit<Place, 'members'> = {}, offsets = true): void {
    for (const tier of ['high', 'low', 'test'] as const) this.#counts[tier] += found.counts[tier]
    for (const { tier, brand, masked, track, line, offset } of found.findings)
      this.#add({
        tier,
        brand,
        masked,
        track,
        place: { members: part.members, ...place, line, ...(offsets ? { offset } : {}) },
      })
  }

  /** Adds what a second view of the same bytes found, without what the first one did. */
  detectedAgain(part: Part, found: Detection, located = true): void {
    const findings = found.findings.filter(({ masked }) => !this.#seen.has(masked))
    const counts: Record<Tier, number> = { high: 0, low: 0, test: 0 }
    for (const { tier } of findings) counts[tier] += 1
    for (const tier of ['high', 'low', 'test'] as const) this.#counts[tier] += counts[tier]
    for (const { line, offset, ...one } of findings)
      this.#add({ ...one, place: { members: part.members, ...(located ? { line, offset } : {}) } })
  }

  detectedTable(part: Part, found: TableDetection, sheet?: string): void {
    for (const tier of ['high', 'low', 'test'] as const) this.#counts[tier] += found.counts[tier]
    for (const { place, ...one } of found.findings)
      this.#add({
        ...one,
        place: {
          members: part.members,
          ...(sheet === undefined ? {} : { sheet: maskedName(sheet) }),
          ...place,
        },
      })
  }

  /** Notes that a part, or a page of it, was not looked into. */
  missed(part: Part, reason: NotInspectedReason, page?: number, within = part.office): void {
    if (!(within && expected.has(reason))) this.#doubtful = true
    if (this.#notInspected.length >= mostNotInspected) return
    this.#notInspected.push({ reason, members: part.members, ...(page === undefined ? {} : { page }) })
  }

  /** Notes why a part could not be looked into to its end. Errors of readers about a file say that it is damaged. */
  missedFor(part: Part, error: unknown): void {
    if (this.failure) throw this.failure.error
    this.missed(part, error instanceof NotInspectable ? error.reason : 'damaged')
  }

  verdict(): Verdict {
    const order: readonly Tier[] = ['high', 'low', 'test']
    return {
      verdict: this.#counts.high > 0 ? 'found' : this.#doubtful ? 'not inspected' : 'clean',
      findings: this.#findings.toSorted((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier)),
      counts: this.#counts,
      notInspected: this.#notInspected,
    }
  }
}
