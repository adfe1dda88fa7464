import { canonicalBytes, encodeHex, sha256 } from '#tlog'
import type { RiskView } from './view.ts'

/**
 * What an owner accepts: the last assessment, the treatment with its controls, and the plan. Ticks are left out: that
 * somebody does what was agreed changes nothing about the agreement, nor does what was agreed before. Null as long as there is nothing to accept.
 */
export function substanceOf({ assessment, treatment, actions }: RiskView): object | null {
  if (assessment === null || treatment === null) return null
  return {
    assessment,
    treatment: { ...treatment, controlIds: [...treatment.controlIds].sort() },
    actions: actions
      .map(({ doneOn: _done, former: _former, ...action }) => action)
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  }
}

/** SHA-256 in hexadecimal over the canonical JSON (RFC 8785) of the substance. */
export function substanceDigest(view: RiskView): string | null {
  const substance = substanceOf(view)
  return substance === null ? null : encodeHex(sha256(canonicalBytes(substance)))
}
