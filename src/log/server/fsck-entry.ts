import { canonicalize, commit, decodeLeaf, equalBytes, parseStrict } from '#tlog'
import { idBytes } from '../../kernel/id.ts'
import { statementSchema } from '../entry.ts'
import { field, instantOf, type RawEntry, sizeOf, uuidOf } from './fsck-raw.ts'

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
  | 'statement_not_canonical'
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
    recordId: uuidOf(entry, field.recordId),
    n: String(part(field.n).readInt32BE()),
    eventId: uuidOf(entry, field.eventId),
    recordedAt: instantText(instantOf(entry)),
  }
}

/**
 * What is wrong with an entry in itself, by the slow look: everything is decoded and compared. `erased` says that an
 * entry of the log names this one as erased.
 */
export function explain(entry: RawEntry, erased: boolean): Finding[] {
  const row = asRow(entry)
  const open = sizeOf(entry, field.salt) > 0 && sizeOf(entry, field.statement) > 0
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
  const canonical = attempt(() => canonicalize(parseStrict(row.statement.toString('utf8'))))
  if (!canonical.ok || canonical.value !== row.statement.toString('utf8'))
    findings.push(
      finding('statement_not_canonical', canonical.ok ? 'it is not the canonical form' : canonical.reason),
    )
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
