import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import {
  CompactRange,
  consistencyProof,
  decodeHex,
  encodeHex,
  inclusionProof,
  leafHash,
  merkleRoot,
  TlogError,
  verifyConsistency,
  verifyInclusion,
} from '#tlog'
import { assert, type Family, readText, refused, type Vector } from './family.ts'

// The vectors leave the lengths of hashes open on purpose: short and empty ones must be refused by us.
const hash = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
const proof = z
  .array(hash)
  .nullable()
  .transform((hashes) => hashes ?? [])
const expected = { desc: z.string(), wantErr: z.boolean() }

const inclusionCase = z.object({
  leafIdx: z.number(),
  treeSize: z.number(),
  root: hash,
  leafHash: hash,
  proof,
  ...expected,
})
const consistencyCase = z.object({
  size1: z.number(),
  size2: z.number(),
  root1: hash,
  root2: hash,
  proof,
  ...expected,
})

async function expectOutcome(wantErr: boolean, desc: string, verify: () => void): Promise<void> {
  if (wantErr) await refused(verify, `accepted: ${desc}`)
  else verify()
}

async function checkInclusion(file: string): Promise<void> {
  const test = inclusionCase.parse(JSON.parse(readText(file)))
  await expectOutcome(test.wantErr, test.desc, () =>
    verifyInclusion(test.leafHash, test.leafIdx, test.treeSize, test.proof, test.root),
  )
}

async function checkConsistency(file: string): Promise<void> {
  const test = consistencyCase.parse(JSON.parse(readText(file)))
  await expectOutcome(test.wantErr, test.desc, () =>
    verifyConsistency(test.size1, test.size2, test.proof, test.root1, test.root2),
  )
}

function filesBelow(folder: string, check: (file: string) => Promise<void>): Vector[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: file, check: () => check(file) }))
}

const hexes = z.array(z.string())
const reference = z.object({ leafInputs: hexes, nodeHashes: hexes.optional(), rootHashes: hexes })

const same = (got: Uint8Array, want: string | undefined, what: string): void =>
  assert(want !== undefined && encodeHex(got) === want, `${what} is ${encodeHex(got)}, not ${want}`)

/** All that the reference tree says: its leaves' and nodes' hashes, a root per size, and proofs between them. */
function referenceVectors(file: string): Vector[] {
  const load = () => {
    const { leafInputs, nodeHashes, rootHashes } = reference.parse(JSON.parse(readText(file)))
    const leaves = leafInputs.map((leaf) => leafHash(decodeHex(leaf)))
    return { leaves, nodeHashes: nodeHashes ?? [], rootHashes }
  }
  return [
    { name: `${file} nodes`, check: () => checkNodes(load()) },
    { name: `${file} roots`, check: () => checkRoots(load()) },
    { name: `${file} proofs`, check: () => checkProofs(load()) },
  ]
}

type Reference = { leaves: Uint8Array[]; nodeHashes: string[]; rootHashes: string[] }

function storedNodes(leaves: readonly Uint8Array[]): Map<string, Uint8Array> {
  const nodes = new Map<string, Uint8Array>()
  const range = new CompactRange()
  for (const leaf of leaves) range.append(leaf, (level, index, node) => nodes.set(`${level}/${index}`, node))
  return nodes
}

function checkNodes({ leaves, nodeHashes }: Reference): void {
  assert(nodeHashes.length > 0, 'no node hashes')
  const own = new Set([...storedNodes(leaves).values()].map(encodeHex))
  for (const node of nodeHashes) assert(own.has(node), `no node hashes to ${node}`)
  assert(own.size === new Set(nodeHashes).size, `${own.size} nodes, not ${nodeHashes.length}`)
}

function checkRoots({ leaves, rootHashes }: Reference): void {
  assert(rootHashes.length === leaves.length + 1, 'not one root for every size')
  const range = new CompactRange()
  for (const [size, root] of rootHashes.entries()) {
    same(range.root(), root, `root of ${size} by appending`)
    same(merkleRoot(leaves.slice(0, size)), root, `root of ${size} by definition`)
    const next = leaves[size]
    if (next) range.append(next)
  }
}

function checkProofs({ leaves, rootHashes }: Reference): void {
  const nodes = storedNodes(leaves)
  const read = (level: number, index: number): Uint8Array => {
    const found = nodes.get(`${level}/${index}`)
    if (!found) throw new TlogError('range', `no node ${level}/${index}`)
    return found
  }
  const roots = rootHashes.map(decodeHex)
  for (const [size, root] of roots.entries()) {
    for (const [index, leaf] of leaves.slice(0, size).entries()) {
      verifyInclusion(leaf, index, size, inclusionProof(index, size, read), root)
    }
    for (const [first, firstRoot] of roots.slice(0, size + 1).entries()) {
      if (first > 0) verifyConsistency(first, size, consistencyProof(first, size, read), firstRoot, root)
    }
  }
}

const RUNNERS: Readonly<Record<string, (path: string) => Vector[]>> = {
  inclusion: (path) => filesBelow(path, checkInclusion),
  consistency: (path) => filesBelow(path, checkConsistency),
  'rfc6962-reference.json': referenceVectors,
}

const part = (name: string): Family => ({
  folder: `merkle/${name}`,
  vectors: (folder) => (existsSync(folder) ? (RUNNERS[name]?.(folder) ?? []) : []),
})

export const merkleFamilies: readonly Family[] = Object.keys(RUNNERS).map(part)
