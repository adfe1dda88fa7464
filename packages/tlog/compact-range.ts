import { TlogError } from './error.ts'
import { checkSize, coverRange, foldRight, type NodeId, nodeHash } from './merkle.ts'

/** Told of every perfect subtree that an append completes, leaves included, in the order of completion. */
export type NodeSink = (level: number, index: number, hash: Uint8Array) => void

type Held = NodeId & { readonly hash: Uint8Array }

/**
 * The O(log n) hashes that stand for leaves `begin` to `end` (excluded): enough to append further leaves,
 * to join an adjacent range, and, when `begin` is 0, to name the root. This is all that a log must
 * remember of its past to go on.
 */
export class CompactRange {
  readonly begin: number
  #end: number
  readonly #held: Held[]

  /**
   * A range over leaves that are already hashed. `hashes` are those that `hashes()` of an equal range
   * gave; throws `range` when their number does not fit.
   */
  constructor(begin = 0, end = begin, hashes: readonly Uint8Array[] = []) {
    checkSize(begin)
    checkSize(end)
    const nodes = coverRange(begin, end)
    if (end < begin || nodes.length !== hashes.length) {
      throw new TlogError('range', `a range from ${begin} to ${end} needs ${nodes.length} hashes`)
    }
    this.begin = begin
    this.#end = end
    this.#held = nodes.map((node, i) => ({ ...node, hash: hashes[i] as Uint8Array }))
  }

  get end(): number {
    return this.#end
  }

  /** Appends one leaf hash; amortised one node hash, at most log2(end). */
  append(leafHash: Uint8Array, sink?: NodeSink): void {
    this.#push({ level: 0, index: this.#end, hash: leafHash }, sink)
  }

  /** Appends the range that begins where this one ends; throws `range` otherwise. */
  merge(next: CompactRange, sink?: NodeSink): void {
    if (next.begin !== this.#end) {
      throw new TlogError('range', `a range from ${next.begin} does not continue one to ${this.#end}`)
    }
    for (const node of [...next.#held]) this.#push(node, sink)
  }

  /** The hashes to store, left to right. */
  hashes(): Uint8Array[] {
    return this.#held.map((node) => node.hash)
  }

  /** Root of the tree of `end` leaves; throws `range` when the range does not begin at leaf 0. */
  root(): Uint8Array {
    if (this.begin !== 0) throw new TlogError('range', 'only a range from leaf 0 has a root')
    return foldRight(this.hashes())
  }

  #push(added: Held, sink: NodeSink | undefined): void {
    const held = this.#held
    let { level, index, hash } = added
    this.#end += 2 ** level
    sink?.(level, index, hash)
    for (let left = held.at(-1); left?.level === level && index === left.index + 1; left = held.at(-1)) {
      if (index % 2 === 0) break
      held.pop()
      hash = nodeHash(left.hash, hash)
      level += 1
      index = left.index / 2
      sink?.(level, index, hash)
    }
    held.push({ level, index, hash })
  }
}
