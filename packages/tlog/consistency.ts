import { equalBytes } from './bytes.ts'
import { malformed, mismatch, TlogError } from './error.ts'
import { type ProofPlan, readPlan } from './inclusion.ts'
import { checkSize, coverRange, type HashReader, type NodeId, nodeHash, splitPoint } from './merkle.ts'

function checkSizes(first: number, second: number): void {
  checkSize(first)
  checkSize(second)
  if (first === 0) throw new TlogError('range', 'every tree continues the empty one: size 0 proves nothing')
  if (first > second) throw new TlogError('range', `a tree of ${second} cannot continue one of ${first}`)
}

/** Which stored hashes prove that a tree continues a smaller one: SUBPROOF of RFC 9162 section 2.1.4.1. */
export function planConsistency(first: number, second: number): ProofPlan {
  checkSizes(first, second)
  const plan: NodeId[][] = []
  let begin = 0
  let end = second
  while (end !== first) {
    const split = begin + splitPoint(end - begin)
    if (first <= split) {
      plan.push(coverRange(split, end))
      end = split
    } else {
      plan.push(coverRange(begin, split))
      begin = split
    }
  }
  // A first tree that is one perfect subtree of the second is known to the verifier: its root starts the walk.
  if (begin !== 0) plan.push(coverRange(begin, end))
  return plan.reverse()
}

/** Consistency proof between the trees of the first `first` and `second` leaves; throws `range`. */
export const consistencyProof = (first: number, second: number, read: HashReader): Uint8Array[] =>
  readPlan(planConsistency(first, second), read)

function isPowerOfTwo(value: number): boolean {
  let rest = value
  while (rest % 2 === 0) rest /= 2
  return rest === 1
}

/**
 * Checks that the tree (`second`, `secondRoot`) continues the tree (`first`, `firstRoot`) and changed
 * nothing in it, by the steps of RFC 9162 section 2.1.4.2. Throws `range` for a first size of 0 or above
 * the second, `malformed` for hashes or a proof of the wrong length, `mismatch` for other roots.
 */
export function verifyConsistency(
  first: number,
  second: number,
  proof: readonly Uint8Array[],
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
): void {
  checkSizes(first, second)
  if (first === second) {
    if (proof.length !== 0) throw malformed('trees of one size need no proof')
    if (!equalBytes(firstRoot, secondRoot)) throw mismatch('two roots for one tree size')
    return
  }
  const [start, ...path] = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof
  if (!start || path.length === 0) throw malformed('the consistency proof is too short')
  let at = first - 1
  let last = second - 1
  while (at % 2 === 1) {
    at = (at - 1) / 2
    last = Math.floor(last / 2)
  }
  let foldedFirst = start
  let foldedSecond = start
  for (const hash of path) {
    if (last === 0) throw malformed('the consistency proof is too long')
    if (at % 2 === 1 || at === last) {
      foldedFirst = nodeHash(hash, foldedFirst)
      foldedSecond = nodeHash(hash, foldedSecond)
      while (at % 2 === 0 && at !== 0) {
        at /= 2
        last = Math.floor(last / 2)
      }
    } else {
      foldedSecond = nodeHash(foldedSecond, hash)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  if (last !== 0) throw malformed('the consistency proof is too short')
  if (!equalBytes(foldedFirst, firstRoot)) throw mismatch('the consistency proof leads to another first root')
  if (!equalBytes(foldedSecond, secondRoot))
    throw mismatch('the consistency proof leads to another second root')
}
