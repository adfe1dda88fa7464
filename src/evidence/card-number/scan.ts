import { type Brand, brandOf, longestNumber, shortestNumber } from './brand.ts'
import { between, digit, isDigit, isLetter, kinds, other, separatorAt } from './byte-kind.ts'
import { contextOf } from './context.ts'
import { maskedNumber, type Tier } from './finding.ts'
import { gradeOf, type Stance } from './grade.ts'
import { luhn } from './luhn.ts'
import { fits, type Groups, groupsAt, mayBegin, shapes } from './shape.ts'
import { isTestNumber } from './test-number.ts'

/** A number that was found in some bytes, from `start` to before `end`. It holds no more digits than may be shown. */
export type Candidate = {
  start: number
  end: number
  brand: Brand
  tier: Tier
  masked: string
  track: boolean
  /** How many digits it has, and in what groups it is written: numbers of one kind are compared. */
  kind: string
  /** Only the check digit and issuer's range speak for it. */
  weak: boolean
}

export type Sink = {
  /** A number that an issuer could have given out, whatever its check digit: the company that others keep. */
  peer(kind: string, valid: boolean): void
  found(candidate: Candidate): void
}

/** No decision about a number looks further than this many bytes to either side of its first digit. */
export const reach = 128

/** `from` and `limit` bound where a number begins; `end` is where the known bytes end. */
export type Range = { from: number; limit: number; end: number }

/** Where a number stands, and where the known bytes end. */
type Extent = { start: number; to: number; end: number }

/** Groups of which the first few are a number. */
type Grouping = { groups: Groups; count: number; usual: boolean }

const percent = 0x25
const isHex = (byte: number | undefined): boolean =>
  isDigit(byte) || (isLetter(byte) && ((byte ?? 0) | 0x20) <= 0x66)

/** The letter before a number belongs to an escape and not to the number: `\n`, `\t`, `%3D`. */
function escaped(bytes: Uint8Array, start: number): boolean {
  const [third, second, first] = [bytes[start - 3], bytes[start - 2], bytes[start - 1]]
  if (second === 0x5c) return first === 0x6e || first === 0x74 || first === 0x72
  return third === percent && isHex(second) && isHex(first)
}

const ties = (byte: number | undefined) => byte === 0x2d || byte === 0x5f
const isWord = (byte: number | undefined) => isDigit(byte) || isLetter(byte)

/** A digit, a point and digits: part of a decimal fraction or of a version. */
const isFraction = (bytes: Uint8Array, start: number, to: number) =>
  (bytes[start - 1] === 0x2e && isDigit(bytes[start - 2])) || (bytes[to] === 0x2e && isDigit(bytes[to + 1]))

const isMonotonous = (number: Uint8Array): boolean => {
  for (let at = 1; at < number.length; at += 1) if (number[at] !== number[0]) return false
  return true
}

const areDigits = (bytes: Uint8Array, from: number, count: number): boolean => {
  for (let at = from; at < from + count; at += 1) if (!isDigit(bytes[at])) return false
  return true
}

const firstSix = (bytes: Uint8Array, at: number): number => {
  let six = 0
  for (let index = at; index < at + 6; index += 1) six = six * 10 + (bytes[index] ?? 0) - 0x30
  return six
}

/** Month of a stripe's YYMM; keeps `D` in hexadecimal text from being taken for the separator of track 2. */
const hasMonth = (bytes: Uint8Array, at: number) => {
  const month = ((bytes[at] ?? 0) - 0x30) * 10 + (bytes[at + 1] ?? 0) - 0x30
  return month >= 1 && month <= 12
}

/** Sentinels of ISO/IEC 7813: `%B…^` on track 1; `;…=` or the bare `…=YYMMSSS`, on chips `…DYYMMSSS`, on track 2. */
function isTrack(bytes: Uint8Array, start: number, to: number): boolean {
  const next = bytes[to]
  if (next === 0x5e) return bytes[start - 1] === 0x42 && bytes[start - 2] === percent
  if (next !== 0x3d && next !== 0x44) return false
  if (next === 0x3d && bytes[start - 1] === 0x3b) return true
  return !isLetter(bytes[start - 1]) && areDigits(bytes, to + 1, 7) && hasMonth(bytes, to + 3)
}

/**
 * Finds card numbers in one pass over bytes. A card's number has at least twelve digits, so looking at every twelfth
 * byte suffices to come upon each: most bytes of most files are never read.
 */
export class Scanner {
  // The digits of the number at hand. Wiped as soon as it has been judged.
  readonly #number = new Uint8Array(longestNumber)
  readonly #sink: Sink

  constructor(sink: Sink) {
    this.#sink = sink
  }

  /** Looks at the numbers that begin within the range, and answers where the next one may begin. */
  scan(bytes: Uint8Array, range: Range): number {
    const { from, limit, end } = range
    let next = from
    for (let probe = from + shortestNumber - 1; probe < end && next < limit; ) {
      if (kinds[bytes[probe] ?? 0] === other) {
        next = probe + 1
        probe += shortestNumber
        continue
      }
      let start = probe
      while (start > next && kinds[bytes[start - 1] ?? 0] !== other) start -= 1
      let stop = start
      let digits = 0
      for (; stop < end; stop += 1) {
        const kind = kinds[bytes[stop] ?? 0]
        if (kind === other) break
        if (kind === digit) digits += 1
      }
      // Where the bytes end, a number may go on that begins behind the limit; one before it is known whole.
      const passed = stop < end ? stop : Math.min(end, Math.max(start, limit))
      const at = digits < shortestNumber ? passed : this.row(bytes, start, range)
      next = at === stop && stop < end ? stop + 1 : at
      probe = next + shortestNumber - 1
    }
    // What is too short for a probe holds no number.
    return next
  }

  /** Looks at each group of digits from `at` until a byte that is neither digit nor separator; answers where it is. */
  row(bytes: Uint8Array, from: number, { limit, end }: Range): number {
    let at = from
    // Digits that began before were looked at together with their beginning.
    if (isDigit(bytes[at - 1])) while (at < end && isDigit(bytes[at])) at += 1
    while (at < end && at < limit) {
      const kind = kinds[bytes[at] ?? 0]
      if (kind === other) return at
      if (kind === between) {
        at += 1
        continue
      }
      let to = at + 1
      while (to < end && kinds[bytes[to] ?? 0] === digit) to += 1
      at = this.#group(bytes, at, to, end)
    }
    return at
  }

  /** A group of digits by itself or with those behind it; answers where to go on. */
  #group(bytes: Uint8Array, start: number, to: number, end: number): number {
    const length = to - start
    if (length >= shortestNumber && length <= longestNumber + 2) this.#solid(bytes, start, to, end)
    if (length !== 4 && length !== 6 && length !== 8) return to
    // Most groups are the only one, and saying so must not cost what reading several does.
    const unit = separatorAt(bytes, to)
    if (!unit || !mayBegin(length, bytes, to + unit.length, end)) return to
    const groups = groupsAt(bytes, start, end)
    for (const shape of shapes) {
      if (!fits(shape, groups)) continue
      const last = groups.ends[shape.groups.length - 1] ?? to
      if (this.#grouped(bytes, { groups, count: shape.groups.length, usual: shape.usual }, end)) return last
    }
    return to
  }

  #solid(bytes: Uint8Array, start: number, to: number, end: number): void {
    // `%20` and its like before a number in an address end in digits.
    const begin = bytes[start - 1] === percent && to - start > shortestNumber + 2 ? start + 2 : start
    const digits = to - begin
    // Almost every number of a log belongs to nobody: that is asked first.
    if (digits > longestNumber || brandOf(firstSix(bytes, begin), digits) === null) return
    if (isFraction(bytes, begin, to)) return
    for (let index = 0; index < digits; index += 1) this.#number[index] = (bytes[begin + index] ?? 0) - 0x30
    this.#judge(bytes, { start: begin, to, end }, digits, null)
    this.#number.fill(0)
  }

  #grouped(bytes: Uint8Array, grouping: Grouping, end: number): boolean {
    const { groups, count } = grouping
    let length = 0
    for (let group = 0; group < count; group += 1)
      for (let at = groups.starts[group] ?? 0; at < (groups.ends[group] ?? 0); at += 1) {
        this.#number[length] = (bytes[at] ?? 0) - 0x30
        length += 1
      }
    const found = this.#judge(
      bytes,
      { start: groups.starts[0] ?? 0, to: groups.ends[count - 1] ?? 0, end },
      length,
      grouping,
    )
    this.#number.fill(0)
    return found
  }

  /** Judges the digits at hand, which stand from `start` to before `to`. Cheap questions come first. */
  #judge(bytes: Uint8Array, { start, to, end }: Extent, digits: number, grouping: Grouping | null): boolean {
    const number = this.#number.subarray(0, digits)
    const prefix = this.#prefix()
    const brand = brandOf(prefix, digits)
    if (brand === null || isMonotonous(number)) return false
    const valid = luhn(number)
    const letter = isLetter(bytes[to]) || (isLetter(bytes[start - 1]) && !escaped(bytes, start))
    const kind = (grouping ? groupedKinds : solidKinds)[digits] ?? ''
    if (!letter) this.#sink.peer(kind, valid)
    if (!valid && brand !== 'unionpay') return false
    const track = valid && !grouping && isTrack(bytes, start, to)
    const tied =
      (ties(bytes[start - 1]) && isWord(bytes[start - 2])) || (ties(bytes[to]) && isWord(bytes[to + 1]))
    const context = contextOf(bytes, start, to, end)
    const groups = grouping && stanceOf(bytes, grouping)
    const grade = valid
      ? gradeOf({ digits, track, letter, tied, groups }, context)
      : context.unionPay && !letter
        ? unchecked
        : null
    if (!grade) return false
    const tier = valid && isTestNumber(prefix, number) ? 'test' : grade.tier
    const { weak } = grade
    this.#sink.found({ start, end: to, brand, tier, masked: maskedNumber(number), track, kind, weak })
    return true
  }

  #prefix(): number {
    let prefix = 0
    for (let index = 0; index < 6; index += 1) prefix = prefix * 10 + (this.#number[index] ?? 0)
    return prefix
  }
}

// By the count of digits, so that no text is put together for every number of a log.
const solidKinds = Array.from({ length: longestNumber + 1 }, (_, digits) => `${digits}`)
const groupedKinds = solidKinds.map((kind) => `${kind} in groups`)

/** Some UnionPay numbers have no check digit; where the text names UnionPay, they are worth a look. */
const unchecked = { tier: 'low', weak: false } as const

const stanceOf = (bytes: Uint8Array, { groups, count, usual }: Grouping): NonNullable<Stance['groups']> => ({
  usual,
  separator: groups.separator,
  wrapped: groups.wrapped,
  alone: isAlone(bytes, groups, count, usual),
})

/**
 * Whether groups stand by themselves and not within a longer row of numbers. Next to a number in usual groups with
 * blanks may stand its expiry or security code, or a count.
 */
function isAlone(bytes: Uint8Array, groups: Groups, count: number, usual: boolean): boolean {
  const start = groups.starts[0] ?? 0
  const to = groups.ends[count - 1] ?? start
  const unit = separatorAt(bytes, to)
  const behind = unit?.kind === groups.separator && isDigit(bytes[to + unit.length]) ? to + unit.length : -1
  const before = bytes[start - 1] ?? 0
  const ahead = before !== 0x0a && kinds[before] === between && isDigit(bytes[start - 2]) ? start - 2 : -1
  if (!usual || groups.separator === 'hyphen') return behind < 0 && (ahead < 0 || before !== 0x2d)
  const four = (from: number) =>
    areDigits(bytes, from, 4) && !isDigit(bytes[from - 1]) && !isDigit(bytes[from + 4])
  return !(behind >= 0 && four(behind) && !hasMonth(bytes, behind)) && !(ahead >= 0 && four(ahead - 3))
}
