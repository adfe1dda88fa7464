import { openCheckpoint, type SignedCheckpoint } from './checkpoint.ts'
import { type Cosignature, verifyCosignatures } from './cosignature.ts'
import { TlogError } from './error.ts'
import { NO_QUORUM, type Policy } from './policy.ts'

/** Whether cosignatures by the witnesses named (as in the policy) satisfy the policy's quorum. */
export function quorumMet(policy: Policy, cosigned: ReadonlySet<string>): boolean {
  if (policy.quorum === NO_QUORUM) return true
  const met = new Set(policy.witnesses.map(({ name }) => name).filter((name) => cosigned.has(name)))
  // File order makes one pass enough: a group's members are all decided before it.
  for (const group of policy.groups) {
    if (group.members.filter((member) => met.has(member)).length >= group.threshold) met.add(group.name)
  }
  return met.has(policy.quorum)
}

/** A checkpoint that a policy accepts, with every cosignature by a witness that the policy lists. */
export type WitnessedCheckpoint = SignedCheckpoint & { readonly cosignatures: readonly Cosignature[] }

/**
 * Opens a signed checkpoint under a policy: a listed log signed it and the witnesses' quorum is met. Throws
 * as `openCheckpoint` and `verifyCosignatures` do, and `untrusted` when the quorum is not met.
 */
export async function openByPolicy(
  signed: Uint8Array | string,
  policy: Policy,
): Promise<WitnessedCheckpoint> {
  const opened = await openCheckpoint(
    signed,
    policy.logs.map((log) => log.key),
  )
  const cosignatures = await verifyCosignatures(
    opened.note,
    policy.witnesses.map((witness) => witness.key),
  )
  const keys = new Set(cosignatures.map((cosignature) => cosignature.key))
  const cosigned = new Set(policy.witnesses.filter(({ key }) => keys.has(key)).map(({ name }) => name))
  if (!quorumMet(policy, cosigned)) throw new TlogError('untrusted', 'the quorum of witnesses is not met')
  return { ...opened, cosignatures }
}
