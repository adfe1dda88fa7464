import fc from 'fast-check'
import { CompactRange } from './compact-range.ts'
import { ed25519Signer } from './ed25519.ts'
import { TlogError, type TlogErrorCode } from './error.ts'
import { type HashReader, leafHash } from './merkle.ts'
import { SIGNATURE_ED25519, type SignatureType, type SignerKey, signerKey } from './note-key.ts'

/** Helpers for the tests beside this file; no part of the library. */

// The same cases in every run: a failure that cannot be seen again helps nobody.
fc.configureGlobal({ seed: 6962 })

/** Distinct leaves, so that two swapped ones always show. */
export const sampleLeaves = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, i) => leafHash(Uint8Array.of(i >> 16, i >> 8, i)))

/** A stored tree: root at every size and any perfect subtree's hash. */
export function sampleTree(size: number): { roots: Uint8Array[]; read: HashReader; leaves: Uint8Array[] } {
  const nodes = new Map<string, Uint8Array>()
  const range = new CompactRange()
  const roots = [range.root()]
  const leaves = sampleLeaves(size)
  for (const leaf of leaves) {
    range.append(leaf, (level, index, hash) => nodes.set(`${level}/${index}`, hash))
    roots.push(range.root())
  }
  const read: HashReader = (level, index) => {
    const found = nodes.get(`${level}/${index}`)
    if (!found) throw new TlogError('range', `no node ${level}/${index}`)
    return found
  }
  return { roots, read, leaves }
}

/** `bytes` with one bit flipped; `bit` counts from the first octet's lowest bit and wraps around. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const at = Math.floor(bit / 8) % bytes.length
  return bytes.with(at, (bytes[at] as number) ^ (1 << (bit % 8)))
}

/** A signing key whose seed is one octet repeated. */
export const sampleKey = async (
  name: string,
  octet: number,
  type: SignatureType = SIGNATURE_ED25519,
): Promise<SignerKey> => signerKey(name, await ed25519Signer(new Uint8Array(32).fill(octet)), type)

/** The code with which `act` is refused, or undefined when it is not; other errors pass on. */
export async function refusal(act: () => unknown): Promise<TlogErrorCode | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (error instanceof TlogError) return error.code
    throw error
  }
}
