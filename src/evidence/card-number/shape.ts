import { isDigit, type Separator, separatorAt } from './byte-kind.ts'

/** A way to print a number in groups: how many digits each has, and whether cards are printed so. */
export type Shape = { groups: readonly number[]; usual: boolean; digits: number }

const shape = (usual: boolean, ...groups: number[]): Shape => ({
  groups,
  usual,
  digits: groups.reduce((sum, one) => sum + one, 0),
})

/** In the order in which they are tried: 16 digits and a code behind them are not a number of 19 digits. */
export const shapes: readonly Shape[] = [
  shape(true, 4, 4, 4, 4),
  shape(true, 4, 6, 5),
  shape(true, 4, 6, 4),
  shape(true, 4, 4, 4, 4, 3),
  shape(true, 4, 4, 4, 4, 2),
  shape(true, 4, 4, 4, 4, 1),
  shape(true, 6, 13),
  shape(false, 4, 4, 4, 3),
  shape(false, 4, 4, 4, 2),
  shape(false, 4, 4, 4, 1),
  shape(false, 4, 4, 5),
  shape(false, 4, 4, 4),
  shape(false, 8, 8),
  shape(false, 6, 10),
  shape(false, 4, 12),
]

const mostGroups = 5

// By the lengths of the first two groups: a log has a date and a time on each line, and most rows end here.
const mostDigits = 20
const beginnings = new Uint8Array((mostDigits + 1) * (mostDigits + 1))
for (const { groups } of shapes) beginnings[(groups[0] ?? 0) * (mostDigits + 1) + (groups[1] ?? 0)] = 1

/** Whether a shape begins with a group of `first` digits and the one that stands at `at`. */
export function mayBegin(first: number, bytes: Uint8Array, at: number, end: number): boolean {
  return beginnings[first * (mostDigits + 1) + endOfDigits(bytes, at, end) - at] === 1
}

/** Groups of digits that one kind of separator holds together; a line may end once between two of them. */
export type Groups = {
  starts: readonly number[]
  ends: readonly number[]
  separator: Separator
  wrapped: boolean
}

/** The end of the digits that begin at `at`, looking at no more than {@link mostDigits} of them. */
export function endOfDigits(bytes: Uint8Array, at: number, end: number): number {
  const stop = Math.min(end, at + mostDigits)
  let to = at
  while (to < stop && isDigit(bytes[to])) to += 1
  return to
}

/** Reads up to five groups from `at`, which is the first digit of one. */
export function groupsAt(bytes: Uint8Array, at: number, end: number): Groups {
  const starts = [at]
  const ends = [endOfDigits(bytes, at, end)]
  let separator: Separator | null = null
  let wrapped = false
  while (starts.length < mostGroups) {
    const last = ends.at(-1) ?? at
    const unit = separatorAt(bytes, last)
    if (!unit || !isDigit(bytes[last + unit.length])) break
    if (unit.kind === 'line') {
      if (wrapped) break
      wrapped = true
    } else if (separator !== null && separator !== unit.kind) break
    else separator = unit.kind
    starts.push(last + unit.length)
    ends.push(endOfDigits(bytes, last + unit.length, end))
  }
  return { starts, ends, separator: separator ?? 'line', wrapped }
}

/** Whether the first groups are those of the shape. */
export function fits(one: Shape, groups: Groups): boolean {
  for (let index = 0; index < one.groups.length; index += 1)
    if ((groups.ends[index] ?? 0) - (groups.starts[index] ?? 0) !== one.groups[index]) return false
  return true
}
