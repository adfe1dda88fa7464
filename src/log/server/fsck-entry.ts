import { hash } from 'node:crypto'
import { commit, decodeLeaf, equalBytes } from '#tlog'
import { idBytes } from '../../kernel/id.ts'
import { statementSchema } from '../entry.ts'
import { eachEntry, field, type RawEntry } from './fsck-rows.ts'

/** Everything that can be wrong, as a code; docs/spec/fsck.md explains each. */
export type FindingCode =
  | 'head_wrong'
  | 'entry_missing'
  | 'entry_malformed'
  | 'leaf_malformed'
  | 'leaf_column'
  | 'leaf_differs'
  | 'commitment'
  | 'opening_missing'
  | 'statement_malformed'
  | 'statement_column'
  | 'counter_gap'
  | 'key_missing'
  | 'checkpoint_row'
  | 'checkpoint_signature'
  | 'checkpoint_root'
  | 'checkpoint_order'
  | 'published_checkpoint'
  | 'tile_missing'
  | 'tile_differs'
  | 'bundle_missing'
  | 'bundle_differs'
  | 'record_missing'
  | 'record_differs'
  | 'record_unlogged'
  | 'replay_failed'
  | 'object_missing'
  | 'object_damaged'

/** One thing that is wrong. `index` is the entry that shows it, null where no single entry does. */
export type Finding = { code: FindingCode; index: number | null; detail: string }

/** A row of `log_entry` as text, the statement as bytes. An erased opening is empty. */
type EntryRow = {
  index: number
  leaf: string
  salt: string
  statement: Buffer
  type: string
  noun: string
  recordId: string
  n: string
  eventId: string
  /** UTC, with as many digits of the second as there are, at least three. */
  recordedAt: string
}

const leafType = /^(?=.{1,64}$)[a-z][A-Za-z0-9_-]*(?:\.[a-z][A-Za-z0-9_-]*)*$/
const nounText = /^[a-z][A-Za-z0-9_-]*$/
const beacon = /^(?:0|[1-9]\d{0,15}):[0-9a-f]{16}$/

// What canonical JSON writes before the record. A quote inside a string is escaped, so the parts cannot be faked.
const statementHead =
  /^\{"actor":\{"id":(?:null|"[0-9a-f-]{36}"),"kind":"(?:person|key|visitor|system)","name":"(?:[^"\\]|\\.)*"\},"command":"[A-Za-z0-9_.]*",/
const reason = /^(?:null|"(?:[^"\\]|\\.)*"),"record":\{/

const domain = 'assay-commit/v1\0'
const leafHead = '{"b":"'
const beforeCommitment = '","c":"'
const commitmentLength = 44
const headBytes = 400
const secondsFrom1970To2000 = 946_684_800

/** Tells texts of a shape from others and remembers the right ones: types and nouns are few. */
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

/** How many bytes of the field there are, -1 where it is null. */
const size = ({ starts, ends }: RawEntry, i: number): number =>
  (starts[i] ?? -1) < 0 ? -1 : (ends[i] ?? 0) - (starts[i] ?? 0)

/**
 * Makes the examination of entries: what is wrong with one in itself. Most entries are right, and that is found out
 * first, by comparing the bytes of each with what its columns lead to; whatever is not equal is looked at slowly,
 * and only there can a finding arise.
 */
function entryExaminer(): (entry: RawEntry, erased: boolean) => Finding[] {
  // The commitment's input, written in place: domain, salt, digest of the statement.
  const opening = Buffer.alloc(domain.length + 64)
  opening.write(domain, 'latin1')
  const isType = shaped(leafType)
  const isNoun = shaped(nounText)

  const commitment = ({ bytes, starts, ends }: RawEntry): string => {
    const salt = starts[field.salt] ?? 0
    const statement = bytes.subarray(starts[field.statement], ends[field.statement])
    bytes.copy(opening, domain.length, salt, salt + 32)
    opening.write(hash('sha256', statement, 'binary'), domain.length + 32, 32, 'latin1')
    return hash('sha256', opening, 'base64')
  }

  /** The leaf is what the columns and the opening lead to, and well formed. */
  const leafFits = (entry: RawEntry, type: string, n: number): boolean => {
    const { bytes, starts } = entry
    const leaf = text(entry, field.leaf)
    const event = uuid(entry, field.eventId)
    const record = starts[field.recordId] ?? 0
    const stream = bytes.toString('base64', record, record + 16)
    const end = `","e":"${event}","n":"${n}","s":"${stream}","t":"${type}","v":1}`
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

  return (entry, erased) => {
    const { bytes, starts } = entry
    const type = text(entry, field.type)
    const noun = text(entry, field.noun)
    const n = bytes.readInt32BE(starts[field.n])
    if (
      size(entry, field.salt) === 32 &&
      bytes[starts[field.whole] ?? 0] === 1 &&
      isType(type) &&
      isNoun(noun) &&
      leafFits(entry, type, n) &&
      statementFits(entry, type, noun, n)
    )
      return []
    return explain(asRow(entry), size(entry, field.salt) > 0 && size(entry, field.statement) > 0, erased)
  }
}

/** Examines batches of {@link eachEntry}; `erased` are the indexes whose openings an entry says to have erased. */
export function batchExaminer(erased: ReadonlySet<number>): (bytes: Buffer) => Finding[] {
  const examine = entryExaminer()
  return (bytes) => {
    const findings: Finding[] = []
    for (const entry of eachEntry(bytes)) findings.push(...examine(entry, erased.has(entry.index)))
    return findings
  }
}

/** RFC 9562: the version is the upper half of byte 6, the variant the upper two bits of byte 8. */
const isVersion7 = (bytes: Buffer, at: number): boolean =>
  ((bytes[at + 6] ?? 0) & 0xf0) === 0x70 && ((bytes[at + 8] ?? 0) & 0xc0) === 0x80

/** True when the statement's fields are those of the row. False only asks for the slow look. */
function statementFits(entry: RawEntry, type: string, noun: string, n: number): boolean {
  const { bytes, starts, ends } = entry
  const from = starts[field.statement] ?? 0
  const to = ends[field.statement] ?? 0
  const start = bytes.toString('latin1', from, Math.min(to, from + headBytes))
  const head = statementHead.exec(start)?.[0].length ?? -1
  const own = `"id":"${uuid(entry, field.recordId)}","n":${n},"noun":"${noun}","reason":`
  if (head < 0 || !start.startsWith(own, head)) return false
  const after = head + own.length
  if (!start.startsWith('null,"record":{', after) && !reason.test(start.slice(after))) return false
  const micros = instantOf(entry)
  if (!Number.isSafeInteger(micros) || micros % 1000 !== 0) return false
  const end = `},"recordedAt":"${new Date(micros / 1000).toISOString()}","type":"${type}","v":1}`
  return to - from >= end.length && bytes.toString('latin1', to - end.length, to) === end
}

function uuid({ bytes, starts }: RawEntry, i: number): string {
  const at = starts[i] ?? 0
  const hex = bytes.toString('hex', at, at + 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Microseconds since 1970: PostgreSQL counts them from 2000. */
const instantOf = ({ bytes, starts }: RawEntry): number => {
  const at = starts[field.recordedAt] ?? 0
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4) + secondsFrom1970To2000 * 1e6
}

/** PostgreSQL can hold instants that JavaScript cannot, and infinity; no statement says those. */
function instantText(micros: number): string {
  const at = new Date(Math.floor(micros / 1000))
  if (Number.isNaN(at.getTime())) return 'beyond the calendar'
  const rest = micros - Math.floor(micros / 1000) * 1000
  return at.toISOString().replace('Z', `${rest === 0 ? '' : String(rest).padStart(3, '0')}Z`)
}

function asRow(entry: RawEntry): EntryRow {
  const { bytes, starts, ends, index } = entry
  const part = (i: number) => bytes.subarray(Math.max(0, starts[i] ?? 0), Math.max(0, ends[i] ?? 0))
  return {
    index,
    leaf: part(field.leaf).toString('utf8'),
    salt: part(field.salt).toString('hex'),
    statement: part(field.statement),
    type: part(field.type).toString('utf8'),
    noun: part(field.noun).toString('utf8'),
    recordId: uuid(entry, field.recordId),
    n: String(part(field.n).readInt32BE()),
    eventId: uuid(entry, field.eventId),
    recordedAt: instantText(instantOf(entry)),
  }
}

function explain(row: EntryRow, open: boolean, erased: boolean): Finding[] {
  const finding = (code: FindingCode, detail: string): Finding => ({ code, index: row.index, detail })
  const findings: Finding[] = []
  if ([...row.leaf, ...row.type, ...row.noun].some((character) => character < ' '))
    findings.push(finding('entry_malformed', 'its texts hold control characters'))
  const leaf = attempt(() => decodeLeaf(Buffer.from(row.leaf)))
  if (!leaf.ok) return [...findings, finding('leaf_malformed', leaf.reason)]
  const columns: [string, string, string][] = [
    ['type', leaf.value.t, row.type],
    ['n', leaf.value.n, row.n],
    ['event_id', leaf.value.e, row.eventId],
    ['record_id', leaf.value.s, Buffer.from(idBytes(row.recordId)).toString('base64')],
  ]
  for (const [column, inLeaf, inRow] of columns) {
    if (inLeaf !== inRow) findings.push(finding('leaf_column', `column ${column} is not what the leaf says`))
  }
  if (!open) {
    if (!erased) findings.push(finding('opening_missing', 'its statement is gone and no erasure explains it'))
    return findings
  }
  if (row.salt.length !== 64) return [...findings, finding('commitment', 'the salt is not 32 bytes long')]
  const committed = commit(Buffer.from(row.salt, 'hex'), row.statement)
  if (!equalBytes(committed, Buffer.from(leaf.value.c, 'base64')))
    findings.push(finding('commitment', 'the statement is not the one that was committed to'))
  const statement = attempt(() => statementSchema.parse(JSON.parse(row.statement.toString('utf8'))))
  if (!statement.ok) return [...findings, finding('statement_malformed', statement.reason.slice(0, 300))]
  const { type, noun, id, n, recordedAt } = statement.value
  const said: [string, string, string][] = [
    ['type', type, row.type],
    ['noun', noun, row.noun],
    ['record_id', id, row.recordId],
    ['n', String(n), row.n],
    ['recorded_at', recordedAt, row.recordedAt],
  ]
  for (const [column, inStatement, inRow] of said) {
    if (inStatement !== inRow)
      findings.push(finding('statement_column', `column ${column} is not what the statement says`))
  }
  return findings
}

type Attempt<T> = { ok: true; value: T } | { ok: false; reason: string }

function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { ok: true, value: work() }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
