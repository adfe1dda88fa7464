import type { Finding } from './fsck-entry.ts'
import { field, int32At, type RawEntry, uuidOf } from './fsck-raw.ts'

const reported = 100
const wordsPerKey = 6

/**
 * Remembers the newest change of every record, in memory of 24 bytes for each: the parts of its id, the number of its
 * noun and the counter. Ids are random, so a word of them is a hash already; whoever chose colliding ones would only
 * make this slow.
 */
class Newest {
  #table = new Int32Array(wordsPerKey * 1024)
  #held = 0
  readonly #nouns = new Map<string, number>()

  #nounNumber(noun: string): number {
    const known = this.#nouns.get(noun)
    if (known !== undefined) return known
    const number = this.#nouns.size + 1
    this.#nouns.set(noun, number)
    return number
  }

  /** The place of a key, or where it belongs: linear probing. */
  static #place(table: Int32Array, key: Int32Array): number {
    const slots = table.length / wordsPerKey
    const hash = Math.imul((key[3] as number) ^ (key[1] as number) ^ (key[4] as number), 0x9e3779b1) >>> 0
    for (let slot = hash % slots; ; slot = slot + 1 === slots ? 0 : slot + 1) {
      const at = slot * wordsPerKey
      if (table[at + 4] === 0) return at
      let i = 0
      while (i < 5 && table[at + i] === key[i]) i += 1
      if (i === 5) return at
    }
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#table.length)
    for (let at = 0; at < this.#table.length; at += wordsPerKey) {
      if (this.#table[at + 4] === 0) continue
      const row = this.#table.subarray(at, at + wordsPerKey)
      larger.set(row, Newest.#place(larger, row))
    }
    this.#table = larger
  }

  readonly #key = new Int32Array(wordsPerKey)

  /** Puts the counter of a record; answers the one before, 0 when there was none. */
  put({ bytes, starts, ends }: RawEntry, n: number): number {
    const id = starts[field.recordId] ?? 0
    const key = this.#key
    for (let i = 0; i < 4; i++) key[i] = int32At(bytes, id + 4 * i)
    key[4] = this.#nounNumber(bytes.toString('utf8', starts[field.noun], ends[field.noun]))
    let at = Newest.#place(this.#table, key)
    if (this.#table[at + 4] === 0) {
      this.#held += 1
      if (this.#held * 2 * wordsPerKey > this.#table.length) {
        this.#grow()
        at = Newest.#place(this.#table, key)
      }
      this.#table.set(key, at)
    }
    const before = this.#table[at + 5] as number
    this.#table[at + 5] = n
    return before
  }
}

/** Tells, entry by entry in the order of the log, where the changes of one record are not numbered 1, 2, 3. */
export function counterCheck(): (entry: RawEntry) => Finding[] {
  const newest = new Newest()
  let count = 0
  return (entry) => {
    const n = int32At(entry.bytes, entry.starts[field.n] ?? 0)
    const before = newest.put(entry, n)
    if (n === before + 1 || count >= reported) return []
    count += 1
    const noun = entry.bytes.toString('utf8', entry.starts[field.noun], entry.ends[field.noun])
    const detail = `${noun} ${uuidOf(entry, field.recordId)} goes from ${before} to ${n}`
    return [{ code: 'counter_gap', index: entry.index, detail }]
  }
}
