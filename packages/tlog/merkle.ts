import { TlogError } from './error.ts'
import { HASH_BYTES, sha256 } from './sha256.ts'

/** Reads the hash of the perfect subtree of 2^`level` leaves that starts at leaf `index` * 2^`level`. */
export type HashReader = (level: number, index: number) => Uint8Array

/** A perfect subtree: 2^`level` leaves, the first of them leaf `index` * 2^`level`. */
export type NodeId = { readonly level: number; readonly index: number }

// The prefixes keep a leaf from being passed off as a node and the reverse (second preimages).
const LEAF_PREFIX = 0x00
const NODE_PREFIX = 0x01

// Hashing is synchronous, so its inputs are assembled in place: allocating them would cost more than the
// hash. Longer leaves than this get an input of their own.
const leafInput = new Uint8Array(1024)
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES)
nodeInput[0] = NODE_PREFIX

/** Root of the tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1). */
export const emptyRoot = (): Uint8Array => sha256(new Uint8Array(0))

/** Hash of a leaf's bytes: SHA-256(0x00 || leaf) (RFC 6962 section 2.1). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  const length = 1 + leaf.length
  const input = length <= leafInput.length ? leafInput.subarray(0, length) : new Uint8Array(length)
  input[0] = LEAF_PREFIX
  input.set(leaf, 1)
  return sha256(input)
}

/** Hash of two 32-byte children: SHA-256(0x01 || left || right); throws `malformed` at another length. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) {
    throw new TlogError('malformed', 'a hash is not 32 bytes long')
  }
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_BYTES)
  return sha256(nodeInput)
}

/** Throws `range` unless `size` is an integer from 0 to 2^53 - 1. */
export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new TlogError('range', `${size} is not a tree size`)
}

/** Throws `range` unless 0 <= `index` < `size`. */
export function checkIndex(index: number, size: number): void {
  checkSize(size)
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new TlogError('range', `index ${index} is outside a tree of ${size}`)
  }
}

/** Largest power of two below `count`, which is where RFC 6962 splits a tree; `count` is at least 2. */
export function splitPoint(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

/** The fewest perfect subtrees that together cover leaves `begin` to `end` (excluded), left to right. */
export function coverRange(begin: number, end: number): NodeId[] {
  const nodes: NodeId[] = []
  for (let at = begin; at < end; ) {
    let level = 0
    let width = 1
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2
      level += 1
    }
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}

/** Hash of subtrees that shrink from left to right, as at the right edge of a tree: folded from the right. */
export function foldRight(hashes: readonly Uint8Array[]): Uint8Array {
  let folded: Uint8Array | undefined
  for (let i = hashes.length - 1; i >= 0; i--) {
    const hash = hashes[i] as Uint8Array
    folded = folded ? nodeHash(hash, folded) : hash
  }
  return folded ?? emptyRoot()
}

/** Root of the tree of the first `size` leaves, from O(log size) stored hashes. */
export function treeRoot(size: number, read: HashReader): Uint8Array {
  checkSize(size)
  return foldRight(coverRange(0, size).map((node) => read(node.level, node.index)))
}

/** Root of the tree over `leafHashes`, by the recursive definition of RFC 6962 section 2.1. */
export function merkleRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  if (leafHashes.length === 0) return emptyRoot()
  if (leafHashes.length === 1) return leafHashes[0] as Uint8Array
  const split = splitPoint(leafHashes.length)
  return nodeHash(merkleRoot(leafHashes.slice(0, split)), merkleRoot(leafHashes.slice(split)))
}
