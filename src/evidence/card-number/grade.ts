import type { Separator } from './byte-kind.ts'
import type { Context } from './context.ts'
import type { Tier } from './finding.ts'

/** How a number stands in the text around it. */
export type Stance = {
  digits: number
  /** Between the sentinels of magnetic-stripe data (ISO/IEC 7813). */
  track: boolean
  /** A letter touches it. */
  letter: boolean
  /** A hyphen or underscore ties it to letters or digits. */
  tied: boolean
  groups: { usual: boolean; separator: Separator; wrapped: boolean; alone: boolean } | null
}

/** `weak`: nothing but the check digit and the issuer's range speak for it, so its neighbours are asked as well. */
export type Grade = { tier: Tier; weak: boolean }

const firm = (tier: Tier): Grade => ({ tier, weak: false })

// Of random numbers one in ten passes the check digit. Numbers of these lengths that are no cards' are everywhere:
// Unix milliseconds and account numbers have 12 or 13 digits, 64-bit identifiers 18 or 19.
const strongLengths = new Set([14, 15, 16])

function gradeOfGroups(digits: number, groups: NonNullable<Stance['groups']>): Grade | null {
  // Part of a longer row of groups, such as the middle of a UUID.
  if (!groups.usual && !groups.alone) return null
  const printed = groups.usual && !groups.wrapped && ['blank', 'hyphen'].includes(groups.separator)
  if (!printed || !groups.alone || digits < 14) return firm('low')
  return { tier: 'high', weak: true }
}

/**
 * How sure it is that a number with the right check digit and issuer range is a card's; null when it most likely is
 * part of something else. The rules were chosen by what they do on the corpora of the bench.
 */
export function gradeOf(stance: Stance, context: Context): Grade | null {
  if (stance.track || context.card) return firm('high')
  if (stance.letter) return null
  if (stance.groups) return gradeOfGroups(stance.digits, stance.groups)
  if (!strongLengths.has(stance.digits)) return stance.tied ? null : firm('low')
  if (stance.tied || context.identifier) return firm('low')
  return { tier: 'high', weak: true }
}
