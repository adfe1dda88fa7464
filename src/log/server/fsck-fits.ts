import { hash } from 'node:crypto'
import { field, instantOf, int32At, type RawEntry, sizeOf, uuidOf } from './fsck-raw.ts'

// Imported by a thread that must begin at once: nothing but the platform and the form of a row.

const leafType = /^(?=.{1,64}$)[a-z][A-Za-z0-9_-]*(?:\.[a-z][A-Za-z0-9_-]*)*$/
const nounText = /^[a-z][A-Za-z0-9_-]*$/
const beacon = /^(?:0|[1-9]\d{0,15}):[0-9a-f]{16}$/

// What canonical JSON writes before the record. A quote inside a string is escaped, so the parts cannot be faked.
const statementHead =
  /^\{"actor":\{"id":(?:null|"[0-9a-f-]{36}"),"kind":"(?:person|key|visitor|system)","name":"(?:[^"\\]|\\.)*"\},"command":"[A-Za-z0-9_.]*",$/
const reason = /^(?:null|"(?:[^"\\]|\\.)*"),"record":\{/

const domain = 'assay-commit/v1\0'
const leafHead = '{"b":"'
const beforeCommitment = '","c":"'
const commitmentLength = 44
const headBytes = 400

/** Tells texts of a shape from others and remembers the right ones: types, nouns and actors are few. */
function shaped(shape: RegExp): (text: string) => boolean {
  const known = new Set<string>()
  return (text) => {
    if (known.has(text)) return true
    const right = shape.test(text)
    if (right && known.size < 10_000) known.add(text)
    return right
  }
}

const text = ({ bytes, starts, ends }: RawEntry, i: number): string =>
  bytes.toString('latin1', starts[i], ends[i])

/** RFC 9562: the version is the upper half of byte 6, the variant the upper two bits of byte 8. */
const isVersion7 = (bytes: Buffer, at: number): boolean =>
  ((bytes[at + 6] ?? 0) & 0xf0) === 0x70 && ((bytes[at + 8] ?? 0) & 0xc0) === 0x80

/** Reads the commitment of salt and statement, in Base64; its input is written in place. */
function commitmentReader(): (entry: RawEntry) => string {
  const opening = Buffer.alloc(domain.length + 64)
  opening.write(domain, 0, 'latin1')
  return ({ bytes, starts, ends }) => {
    const salt = starts[field.salt] ?? 0
    bytes.copy(opening, domain.length, salt, salt + 32)
    const statement = bytes.subarray(starts[field.statement], ends[field.statement])
    opening.write(hash('sha256', statement, 'binary'), domain.length + 32, 32, 'latin1')
    return hash('sha256', opening, 'base64')
  }
}

/**
 * Whether an entry is right in itself: its bytes are what its columns lead to. True is final. False only asks for the
 * slow look, where alone a finding can arise; what is right and unusual comes there too.
 */
export function entryFitter(): (entry: RawEntry) => boolean {
  const commitment = commitmentReader()
  const isType = shaped(leafType)
  const isNoun = shaped(nounText)
  const isHead = shaped(statementHead)

  /** The leaf is what the columns and the opening lead to, and well formed. */
  const leafFits = (entry: RawEntry, type: string, n: number): boolean => {
    const { bytes, starts } = entry
    const leaf = text(entry, field.leaf)
    const record = starts[field.recordId] ?? 0
    const stream = bytes.toString('base64', record, record + 16)
    const end = `","e":"${uuidOf(entry, field.eventId)}","n":"${n}","s":"${stream}","t":"${type}","v":1}`
    const c = leaf.length - end.length - commitmentLength
    const b = c - beforeCommitment.length
    return (
      isVersion7(bytes, starts[field.eventId] ?? 0) &&
      leaf.endsWith(end) &&
      leaf.startsWith(leafHead) &&
      leaf.startsWith(beforeCommitment, b) &&
      (b === leafHead.length || beacon.test(leaf.slice(leafHead.length, b))) &&
      leaf.startsWith(commitment(entry), c)
    )
  }

  /** The statement's fields are those of the row. */
  const statementFits = (entry: RawEntry, type: string, noun: string, n: number): boolean => {
    const { bytes, starts, ends } = entry
    const from = starts[field.statement] ?? 0
    const to = ends[field.statement] ?? 0
    const start = bytes.toString('latin1', from, Math.min(to, from + headBytes))
    const own = `"id":"${uuidOf(entry, field.recordId)}","n":${n},"noun":"${noun}","reason":`
    const head = start.indexOf(own)
    if (head < 0 || !isHead(start.slice(0, head))) return false
    const after = head + own.length
    if (!start.startsWith('null,"record":{', after) && !reason.test(start.slice(after))) return false
    const micros = instantOf(entry)
    if (!Number.isSafeInteger(micros) || micros % 1000 !== 0) return false
    const end = `},"recordedAt":"${new Date(micros / 1000).toISOString()}","type":"${type}","v":1}`
    return to - from >= end.length && bytes.toString('latin1', to - end.length, to) === end
  }

  return (entry) => {
    const { bytes, starts } = entry
    const type = text(entry, field.type)
    const noun = text(entry, field.noun)
    const n = int32At(bytes, starts[field.n] ?? 0)
    return (
      sizeOf(entry, field.salt) === 32 &&
      bytes[starts[field.whole] ?? 0] === 1 &&
      isType(type) &&
      isNoun(noun) &&
      leafFits(entry, type, n) &&
      statementFits(entry, type, noun, n)
    )
  }
}
