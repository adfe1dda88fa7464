import { equalBytes } from './bytes.ts'
import { malformed, mismatch } from './error.ts'
import {
  checkIndex,
  coverRange,
  foldRight,
  type HashReader,
  type NodeId,
  nodeHash,
  splitPoint,
} from './merkle.ts'
import { HASH_BYTES } from './sha256.ts'

/** For each hash of a proof, leaf to root, the stored subtrees it is folded from. */
export type ProofPlan = readonly (readonly NodeId[])[]

/** Which stored hashes prove leaf `index` in a tree of `size` leaves: PATH of RFC 9162 section 2.1.3.1. */
export function planInclusion(index: number, size: number): ProofPlan {
  checkIndex(index, size)
  const plan: NodeId[][] = []
  let begin = 0
  let end = size
  while (end - begin > 1) {
    const split = begin + splitPoint(end - begin)
    if (index < split) {
      plan.push(coverRange(split, end))
      end = split
    } else {
      plan.push(coverRange(begin, split))
      begin = split
    }
  }
  return plan.reverse()
}

/** Reads and folds the hashes that a plan names. */
export const readPlan = (plan: ProofPlan, read: HashReader): Uint8Array[] =>
  plan.map((nodes) => foldRight(nodes.map((node) => read(node.level, node.index))))

/** Inclusion proof of leaf `index` in the tree of the first `size` leaves; throws `range`. */
export const inclusionProof = (index: number, size: number, read: HashReader): Uint8Array[] =>
  readPlan(planInclusion(index, size), read)

/**
 * Checks that `hash` is leaf `index` of the tree of `size` leaves with root `root`, by the steps of RFC 9162
 * section 2.1.3.2. Throws `range` for an index outside the tree, `malformed` for a hash or a proof of the
 * wrong length, `mismatch` when the proof leads to another root.
 */
export function verifyInclusion(
  hash: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): void {
  checkIndex(index, size)
  if (hash.length !== HASH_BYTES) throw malformed('the leaf hash is not 32 bytes long')
  let at = index
  let last = size - 1
  let folded = hash
  for (const sibling of proof) {
    if (last === 0) throw malformed('the inclusion proof is too long')
    if (at % 2 === 1 || at === last) {
      folded = nodeHash(sibling, folded)
      // On the right edge, levels at which the node has no sibling carry no hash: climb past them.
      while (at % 2 === 0 && at !== 0) {
        at /= 2
        last = Math.floor(last / 2)
      }
    } else {
      folded = nodeHash(folded, sibling)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  if (last !== 0) throw malformed('the inclusion proof is too short')
  if (!equalBytes(folded, root)) throw mismatch('the inclusion proof leads to another root')
}
