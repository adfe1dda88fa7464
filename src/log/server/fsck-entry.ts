import { hash } from 'node:crypto'
import { commit, decodeLeaf, equalBytes } from '#tlog'
import { idBytes } from '../../kernel/id.ts'
import { statementSchema } from '../entry.ts'

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

/** A row of `log_entry` as fsck reads it: text, the statement as bytes. An erased opening is empty. */
export type EntryRow = {
  index: number
  leaf: string
  salt: string
  statement: Buffer
  type: string
  noun: string
  recordId: string
  n: string
  eventId: string
  recordedAt: string
}

const leafType = /^(?=.{1,64}$)[a-z][A-Za-z0-9_-]*(?:\.[a-z][A-Za-z0-9_-]*)*$/
const eventId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const beacon = /^\{"b":"(?:0|[1-9]\d{0,15}):[0-9a-f]{16}","c":"/

// What canonical JSON writes before the record. A quote inside a string is escaped, so the parts cannot be faked.
const statementHead =
  /^\{"actor":\{"id":(?:null|"[0-9a-f-]{36}"),"kind":"(?:person|key|visitor|system)","name":"(?:[^"\\]|\\.)*"\},"command":"[A-Za-z0-9_.]*",/

/** PostgreSQL's text of an instant in UTC, from ours: trailing zeros of the fraction are left out there. */
const pgInstant = (instant: string) =>
  `${instant.slice(0, 10)} ${instant.slice(11, 19)}${instant.slice(19, 23).replace(/\.?0*$/, '')}+00`

const domain = 'assay-commit/v1\0'
const headBytes = 1024
const tailBytes = 160

/**
 * Makes the examination of entries: what is wrong with one in itself. Most entries are right, and that is found out
 * first, by comparing each with the leaf and the ends of the statement that its columns lead to; whatever is not
 * equal is looked at slowly, and only there can a finding arise.
 */
export function entryExaminer(): (row: EntryRow, erased: boolean) => Finding[] {
  // The commitment's input, written in place: domain, salt, digest of the statement.
  const opening = Buffer.alloc(domain.length + 64)
  opening.write(domain, 'latin1')

  const commitment = (row: EntryRow): string => {
    opening.write(row.salt, domain.length, 32, 'hex')
    opening.write(hash('sha256', row.statement, 'binary'), domain.length + 32, 32, 'latin1')
    return hash('sha256', opening, 'base64')
  }

  const leafFits = (row: EntryRow): boolean => {
    const { leaf } = row
    const c = leaf.indexOf('","c":"') + 7
    const tail = `","e":"${row.eventId}","n":"${row.n}","s":"${streamOf(row.recordId)}","t":"${row.type}","v":1}`
    return (
      leaf.length === c + 44 + tail.length &&
      leaf.endsWith(tail) &&
      (c === 13 ? leaf.startsWith('{"b":""') : beacon.test(leaf)) &&
      leaf.startsWith(commitment(row), c)
    )
  }

  return (row, erased) => {
    const open = row.salt !== '' && row.statement.length > 0
    if (open && saltHex.test(row.salt) && leafFits(row)) {
      if (leafType.test(row.type) && eventId.test(row.eventId) && statementFits(row)) return []
    }
    return explain(row, open, erased)
  }
}

const saltHex = /^[0-9a-f]{64}$/

const streamOf = (recordId: string): string =>
  Buffer.from(recordId.replaceAll('-', ''), 'hex').toString('base64')

/** True when the statement's fields are those of the row. False only asks for the slow look. */
function statementFits(row: EntryRow): boolean {
  const { statement } = row
  const start = statement.toString('latin1', 0, headBytes)
  const head = statementHead.exec(start)?.[0].length ?? -1
  if (head < 0) return false
  if (!start.startsWith(`"id":"${row.recordId}","n":${row.n},"noun":"${row.noun}","reason":`, head))
    return false
  const end = statement.toString('latin1', Math.max(0, statement.length - tailBytes))
  const tail = end.lastIndexOf(',"recordedAt":"')
  const recordedAt = end.slice(tail + 15, tail + 39)
  return (
    end.endsWith(`,"recordedAt":"${recordedAt}","type":"${row.type}","v":1}`) &&
    pgInstant(recordedAt) === row.recordedAt
  )
}

function explain(row: EntryRow, open: boolean, erased: boolean): Finding[] {
  const finding = (code: FindingCode, detail: string): Finding => ({ code, index: row.index, detail })
  const leaf = attempt(() => decodeLeaf(Buffer.from(row.leaf)))
  if (!leaf.ok) return [finding('leaf_malformed', leaf.reason)]
  const findings: Finding[] = []
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
    ['recorded_at', pgInstant(recordedAt), row.recordedAt],
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
