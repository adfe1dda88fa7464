import { hash } from 'node:crypto'
import {
  CompactRange,
  consistencyProof,
  ed25519Signer,
  inclusionProof,
  leafHash,
  type NodeId,
  type ProofPlan,
  planConsistency,
  planInclusion,
  sha256,
  sha256Portable,
  verifyConsistency,
  verifyEd25519,
  verifyInclusion,
} from '#tlog'

/**
 * Speed of the log library. Each line is a rate per CPU-second, and its ratio to the least that the same
 * work could cost: bare `crypto.hash` calls over 65 octets, as many as the operation needs node hashes,
 * measured in this run. A ratio of 0.50 means half of the time goes to hashing. Signatures, which are
 * another kind of work, are compared with one hash.
 */
const LEAVES = 100_000
const PROOFS = 2_000
const SECONDS = 0.7
const MICROSECONDS = 1_000_000

const node = new Uint8Array(65).fill(1)

type Work = () => unknown

// CPU time, not the wall clock: other programs on the machine then change the numbers little.
const spent = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / MICROSECONDS
}

async function rate(work: Work): Promise<number> {
  for (let i = 0; i < 200; i++) await work()
  let runs = 0
  const since = process.cpuUsage()
  while (spent(since) < SECONDS) {
    for (let i = 0; i < 50; i++) {
      const result = work()
      if (result instanceof Promise) await result
    }
    runs += 50
  }
  return runs / spent(since)
}

const whole = (value: number): string => Math.round(value).toLocaleString('en').padStart(11)

function report(name: string, perSecond: number, hashes: number, bare: number): void {
  const ratio = ((perSecond * hashes) / bare).toFixed(4)
  console.log(`${name.padEnd(34)}${whole(perSecond)}/s  ${ratio} of bare, ${hashes.toFixed(1)} hashes each`)
}

/** Repeats `work` over the numbers below `count`, one at a time. */
function cycle(count: number, work: (i: number) => unknown): Work {
  let i = 0
  return () => {
    i = (i + 1) % count
    return work(i)
  }
}

/** The first hash of a small input in a leaf's usual size, so that appending includes hashing the leaf. */
const leafBytes = (i: number): Uint8Array => {
  const leaf = new Uint8Array(230)
  new DataView(leaf.buffer).setUint32(0, i)
  return leaf
}

function buildTree() {
  const nodes: Uint8Array[][] = []
  const range = new CompactRange()
  const roots = [range.root()]
  for (let i = 0; i < LEAVES; i++) {
    range.append(leafHash(leafBytes(i)), (level, index, value) => {
      nodes[level] ??= []
      ;(nodes[level] as Uint8Array[])[index] = value
    })
    roots.push(range.root())
  }
  const read = (level: number, index: number): Uint8Array =>
    (nodes[level] as Uint8Array[])[index] as Uint8Array
  return { roots, read }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Node hashes that reading a proof costs: none for a stored subtree, one for each further one folded in. */
const folds = (plan: ProofPlan): number => plan.reduce((sum, nodes) => sum + nodes.length - 1, 0)

/** Node hashes that checking a consistency proof costs: nodes left of the first tree's edge enter both roots. */
function consistencyHashes(first: number): number {
  const starts = planConsistency(first, LEAVES).map((nodes) => nodes[0] as NodeId)
  const hashes = starts.map(({ level, index }) => (index * 2 ** level < first ? 2 : 1))
  // The walk starts from the lowest node when the first tree is not a perfect subtree.
  const start = Number.isInteger(Math.log2(first)) ? 0 : (hashes[0] ?? 0)
  return hashes.reduce((sum, count) => sum + count, 0) - start
}

async function benchTree(bare: number): Promise<void> {
  const { roots, read } = buildTree()
  const root = roots[LEAVES] as Uint8Array
  const indexes = Array.from({ length: PROOFS }, (_, i) => (i * 7919) % LEAVES)
  const proofs = indexes.map((index) => inclusionProof(index, LEAVES, read))
  const leaf = (i: number): Uint8Array => read(0, indexes[i] as number)
  const verified = await rate(
    cycle(PROOFS, (i) =>
      verifyInclusion(leaf(i), indexes[i] as number, LEAVES, proofs[i] as Uint8Array[], root),
    ),
  )
  report('inclusion proofs verified', verified, mean(proofs.map((proof) => proof.length)), bare)
  const generated = await rate(cycle(PROOFS, (i) => inclusionProof(indexes[i] as number, LEAVES, read)))
  report(
    'inclusion proofs generated',
    generated,
    mean(indexes.map((i) => folds(planInclusion(i, LEAVES)))),
    bare,
  )

  const firsts = indexes.map((index) => index + 1)
  const chains = firsts.map((first) => consistencyProof(first, LEAVES, read))
  const consistent = await rate(
    cycle(PROOFS, (i) => {
      const first = firsts[i] as number
      verifyConsistency(first, LEAVES, chains[i] as Uint8Array[], roots[first] as Uint8Array, root)
    }),
  )
  report('consistency proofs verified', consistent, mean(firsts.map(consistencyHashes)), bare)

  const range = new CompactRange()
  const appended = await rate(cycle(LEAVES, (i) => range.append(leafHash(leafBytes(i)))))
  report('leaves of 230 octets appended', appended, 2, bare)
}

async function benchSignatures(bare: number): Promise<void> {
  const signer = await ed25519Signer(new Uint8Array(32).fill(1))
  const message = new Uint8Array(120).fill(2)
  const signature = await signer.sign(message)
  report('Ed25519 signed', await rate(() => signer.sign(message)), 1, bare)
  report('Ed25519 verified', await rate(() => verifyEd25519(signer.publicKey, message, signature)), 1, bare)
}

async function main(): Promise<void> {
  const bare = await rate(() => hash('sha256', node, 'latin1' as 'hex'))
  console.log(`tree of ${LEAVES.toLocaleString('en')} leaves, rates per CPU-second`)
  report('bare crypto.hash of 65 octets', bare, 1, bare)
  report('sha256 of 65 octets', await rate(() => sha256(node)), 1, bare)
  report('sha256 of 65 octets, portable', await rate(() => sha256Portable(node)), 1, bare)
  await benchTree(bare)
  await benchSignatures(bare)
}

await main()
