import {
  openCheckpoint,
  type Policy,
  parsePolicy,
  parseVerifierKey,
  quorumMet,
  TlogError,
  type VerifierKey,
  verifyCosignatures,
} from '#tlog'
import type { Bundle } from './bundle.ts'
import { type EndorsedKey, endorsedKeys } from './succession.ts'
import type { Claim, VerifyOptions } from './verify.ts'

export type Trust = {
  keys: VerifierKey[]
  /** Keys that those vouched for, in the order of the rotations. */
  endorsed: EndorsedKey[]
  policy: Policy | null
  given: boolean
}

/** Whose signature counts: keys that the reader brought, else the pinned one, else those in the stated. */
export async function trustOf(
  stated: Pick<Bundle, 'keys' | 'endorsements'>,
  options: Pick<VerifyOptions, 'keys' | 'policy' | 'pin'>,
): Promise<Trust> {
  const policy = options.policy === undefined ? null : parsePolicy(options.policy)
  const trust = async (keys: VerifierKey[], given: boolean): Promise<Trust> => ({
    keys,
    endorsed: await endorsedKeys(keys, stated.endorsements ?? []),
    policy,
    given,
  })
  const own = [...(options.keys ?? []).map(parseVerifierKey), ...(policy?.logs ?? []).map((log) => log.key)]
  if (own.length > 0) return trust(own, true)
  if (options.pin) return trust([parseVerifierKey(options.pin.vkey)], true)
  return trust(stated.keys.map(parseVerifierKey), false)
}

export const keysOf = ({ keys, endorsed }: Trust): VerifierKey[] => [
  ...keys,
  ...endorsed.map((one) => one.key),
]

/** A key that was vouched for counts from its size on. The newest comes last, and is the one to be remembered. */
export function signerOf(signers: readonly VerifierKey[], size: number, { endorsed }: Trust): VerifierKey {
  const valid = signers.filter((key) => {
    const one = endorsed.find((candidate) => candidate.key === key)
    return !one || size >= one.from
  })
  const signer = valid.at(-1)
  if (!signer) throw new TlogError('untrusted', 'the key was not valid yet at this size')
  return signer
}

/** R5: distinct witnesses of the reader's own policy; the issuer's policy names only the issuer's choice. */
export async function witnessClaim(
  checkpoint: string,
  trust: Trust,
): Promise<{ claim: Claim; level: 1 | 2 | 3 }> {
  const open: Claim = { rule: 'R5', code: 'witnessed', status: 'open', params: { count: 0 } }
  const { policy } = trust
  if (!policy || policy.witnesses.length === 0) return { claim: open, level: 1 }
  const { note } = await openCheckpoint(checkpoint, keysOf(trust))
  const witnesses = policy.witnesses.map((one) => one.key)
  const cosigned = await verifyCosignatures(note, witnesses).catch(() => null)
  if (!cosigned) return { claim: { ...open, status: 'fails' }, level: 1 }
  const ids = new Set(cosigned.map((one) => one.key))
  const names = new Set(policy.witnesses.filter((one) => ids.has(one.key)).map((one) => one.name))
  const met = policy.quorum !== 'none' && quorumMet(policy, names)
  const status = met ? 'holds' : policy.quorum === 'none' ? 'open' : 'fails'
  return {
    claim: { rule: 'R5', code: 'witnessed', status, params: { count: names.size } },
    level: met ? 3 : names.size > 0 ? 2 : 1,
  }
}
