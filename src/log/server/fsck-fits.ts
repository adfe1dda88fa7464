import { hash } from 'node:crypto'
import { objectEnd, stringEnd } from './fsck-canonical.ts'
import {
  anyUuid,
  base64Of16,
  characters,
  copyOf,
  decimal,
  instantMatcher,
  literal,
  uuidText,
} from './fsck-match.ts'
import { field, instantOf, int32At, type RawEntry, sizeOf } from './fsck-raw.ts'

// Imported by a thread that must begin at once: nothing but the platform and the form of a row and of JSON.

const leafType = /^(?=.{1,64}$)[a-z][A-Za-z0-9_-]*(?:\.[a-z][A-Za-z0-9_-]*)*$/
const nounText = /^[a-z][A-Za-z0-9_-]*$/
const domain = 'assay-commit/v1\0'

const text = (value: string) => Buffer.from(value)

/** The parts of a leaf that are the same in each, in canonical order. */
const leafPart = {
  b: text('{"b":"'),
  c: text('","c":"'),
  e: text('","e":"'),
  n: text('","n":"'),
  s: text('","s":"'),
  t: text('","t":"'),
  end: text('","v":1}'),
}

/** The same of a statement. */
const part = {
  actor: text('{"actor":{"id":'),
  null: text('null'),
  kind: text(',"kind":"'),
  name: text('","name":'),
  command: text('},"command":"'),
  id: text('","id":"'),
  n: text('","n":'),
  noun: text(',"noun":"'),
  reason: text('","reason":'),
  record: text(',"record":'),
  recordedAt: text(',"recordedAt":"'),
  type: text('","type":"'),
  end: text('","v":1}'),
}

const actorKinds = ['person', 'key', 'visitor', 'system'].map(text)
const quote = 0x22

/** Tells bytes of a shape from others and remembers the right ones: types and nouns are few, and come in runs. */
function shaped(shape: RegExp): (bytes: Buffer, from: number, to: number) => boolean {
  const known = new Set<string>()
  let last = Buffer.alloc(0)
  return (bytes, from, to) => {
    if (to - from === last.length && literal(bytes, from, last) === to) return true
    const value = bytes.toString('latin1', from, to)
    if (!known.has(value)) {
      if (!shape.test(value)) return false
      if (known.size < 10_000) known.add(value)
    }
    last = Buffer.from(value, 'latin1')
    return true
  }
}

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

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39

/** A beacon, `<size>:<16 hexadecimal digits>`, or nothing. */
function beaconEnd(bytes: Buffer, from: number): number {
  if (from < 0 || bytes[from] === quote) return from
  let at = from
  while (isDigit(bytes[at])) at += 1
  const digits = at - from
  if (digits < 1 || digits > 16 || (digits > 1 && bytes[from] === 0x30) || bytes[at] !== 0x3a) return -1
  for (let i = 1; i <= 16; i++) {
    const byte = bytes[at + i] as number
    if (!isDigit(byte) && !(byte >= 0x61 && byte <= 0x66)) return -1
  }
  return at + 17
}

function actorKindEnd(bytes: Buffer, at: number): number {
  for (const kind of actorKinds) {
    const end = literal(bytes, at, kind)
    if (end >= 0) return end
  }
  return -1
}

/** Letters, digits, dots and underscores, as the names of commands. */
function commandEnd(bytes: Buffer, from: number, to: number): number {
  if (from < 0) return -1
  let at = from
  for (; at < to; at++) {
    const byte = bytes[at] as number
    const letter = (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a)
    if (!letter && !isDigit(byte) && byte !== 0x2e && byte !== 0x5f) break
  }
  return at
}

const textEnd = (bytes: Buffer, at: number, to: number): number =>
  at >= 0 && bytes[at] === quote ? stringEnd(bytes, at, to) : -1

/** `{"actor":{…},"command":"…`, up to the quote after the command. */
function statementHead(bytes: Buffer, from: number, to: number): number {
  let at = literal(bytes, from, part.actor)
  if (bytes[at] === quote) {
    at = anyUuid(bytes, at + 1)
    if (at >= 0 && bytes[at++] !== quote) return -1
  } else at = literal(bytes, at, part.null)
  at = literal(bytes, at, part.kind)
  at = actorKindEnd(bytes, at)
  at = literal(bytes, at, part.name)
  at = textEnd(bytes, at, to)
  at = literal(bytes, at, part.command)
  return commandEnd(bytes, at, to)
}

/**
 * Whether an entry is right in itself: its bytes are what its columns lead to. True is final. False only asks for the
 * slow look, where alone a finding can arise; what is right and unusual comes there too.
 */
export function entryFitter(): (entry: RawEntry) => boolean {
  const commitment = commitmentReader()
  const isType = shaped(leafType)
  const isNoun = shaped(nounText)
  const instant = instantMatcher()

  /** The leaf is what the columns and the opening lead to, and well formed. */
  const leafFits = (entry: RawEntry, n: number): boolean => {
    const { bytes, starts, ends } = entry
    const column = (i: number) => starts[i] as number
    let at = literal(bytes, column(field.leaf), leafPart.b)
    at = beaconEnd(bytes, at)
    at = literal(bytes, at, leafPart.c)
    const c = at
    at = literal(bytes, at + 44, leafPart.e)
    at = uuidText(bytes, at, column(field.eventId))
    at = literal(bytes, at, leafPart.n)
    at = decimal(bytes, at, n)
    at = literal(bytes, at, leafPart.s)
    at = base64Of16(bytes, at, column(field.recordId))
    at = literal(bytes, at, leafPart.t)
    at = copyOf(bytes, at, column(field.type), ends[field.type] as number)
    at = literal(bytes, at, leafPart.end)
    return c >= 0 && at === ends[field.leaf] && characters(bytes, c, commitment(entry)) === c + 44
  }

  /** The statement is canonical JSON and its fields are those of the row. */
  const statementFits = (entry: RawEntry, n: number): boolean => {
    const { bytes, starts, ends } = entry
    const column = (i: number) => starts[i] as number
    const to = ends[field.statement] as number
    let at = statementHead(bytes, column(field.statement), to)
    at = literal(bytes, at, part.id)
    at = uuidText(bytes, at, column(field.recordId))
    at = literal(bytes, at, part.n)
    at = decimal(bytes, at, n)
    at = literal(bytes, at, part.noun)
    at = copyOf(bytes, at, column(field.noun), ends[field.noun] as number)
    at = literal(bytes, at, part.reason)
    at = bytes[at] === quote ? textEnd(bytes, at, to) : literal(bytes, at, part.null)
    at = literal(bytes, at, part.record)
    at = at < 0 ? -1 : objectEnd(bytes, at, to)
    at = literal(bytes, at, part.recordedAt)
    at = instant(bytes, at, instantOf(entry) / 1000)
    at = literal(bytes, at, part.type)
    at = copyOf(bytes, at, column(field.type), ends[field.type] as number)
    return literal(bytes, at, part.end) === to
  }

  return (entry) => {
    const { bytes, starts, ends } = entry
    const column = (i: number) => starts[i] as number
    const n = int32At(bytes, column(field.n))
    return (
      sizeOf(entry, field.salt) === 32 &&
      n >= 1 &&
      isVersion7(bytes, column(field.eventId)) &&
      isType(bytes, column(field.type), ends[field.type] as number) &&
      isNoun(bytes, column(field.noun), ends[field.noun] as number) &&
      statementFits(entry, n) &&
      leafFits(entry, n)
    )
  }
}
