import type { Part } from './run.ts'
import { isHeader } from './tar.ts'

/** How the content of a file is read, decided by its first bytes and, for texts, by its name and type. */
export type Kind =
  | 'zip'
  | 'gzip'
  | 'zstd'
  | 'tar'
  | 'pdf'
  | 'utf16le'
  | 'utf16be'
  | 'mail'
  | 'json'
  | 'csv'
  | 'markup'
  | 'text'
  | 'picture'
  | 'encrypted'
  | 'font'
  | 'binary'

/** How many first bytes decide. */
export const headLength = 4096

/** Bytes at a place from the beginning, as Latin-1. */
const signatures: readonly (readonly [number, string, Kind])[] = [
  [0, 'PK\x03\x04', 'zip'],
  [0, 'PK\x05\x06', 'zip'],
  [0, 'PK\x07\x08', 'zip'],
  [0, '\x1f\x8b', 'gzip'],
  [0, '\x28\xb5\x2f\xfd', 'zstd'],
  [0, '\x89PNG\r\n', 'picture'],
  [0, '\xff\xd8\xff', 'picture'],
  [0, 'GIF87a', 'picture'],
  [0, 'GIF89a', 'picture'],
  [8, 'WEBP', 'picture'],
  [6, '\0\0\0\0', 'picture'],
  [0, 'II\x2a\0', 'picture'],
  [0, 'MM\0\x2a', 'picture'],
  [0, '\0\0\x01\0', 'picture'],
  [4, 'ftyphei', 'picture'],
  [4, 'ftypmif1', 'picture'],
  [4, 'ftypavif', 'picture'],
  [40, ' EMF', 'picture'],
  [0, '\xd7\xcd\xc6\x9a', 'picture'],
  [0, '\0\x01\0\0', 'font'],
  [0, 'OTTO', 'font'],
  [0, 'ttcf', 'font'],
  [0, 'wOFF', 'font'],
  [0, 'wOF2', 'font'],
  [0, '-----BEGIN PGP MESSAGE', 'encrypted'],
  [0, '-----BEGIN AGE', 'encrypted'],
  [0, 'age-encryption.org', 'encrypted'],
  [0, 'Salted__', 'encrypted'],
  [0, '\xff\xfe', 'utf16le'],
  [0, '\xfe\xff', 'utf16be'],
]

// What is too short to tell alone: RIFF and BMP need their first letters as well.
const beginnings: Readonly<Record<string, string>> = { WEBP: 'RIFF', '\0\0\0\0': 'BM' }

const signed = (start: string): Kind | undefined => {
  // Readers of PDF accept its mark anywhere in the first 1024 bytes, whatever stands before.
  const at = start.indexOf('%PDF-')
  if (at >= 0 && at < 1024) return 'pdf'
  return signatures.find(
    ([place, mark]) => start.startsWith(mark, place) && start.startsWith(beginnings[mark] ?? ''),
  )?.[2]
}

/** UTF-16 without its mark: mostly ASCII, so every second byte is 0. */
function unmarked(head: Buffer): Kind | null {
  let [even, odd] = [0, 0]
  for (let at = 0; at < head.length; at += 1)
    if (head[at] === 0) {
      if (at % 2 === 0) even += 1
      else odd += 1
    }
  const half = head.length / 2
  if (head.length < 8) return null
  if (odd > half * 0.3 && even < half * 0.03) return 'utf16le'
  return even > half * 0.3 && odd < half * 0.03 ? 'utf16be' : null
}

const mailHeaders =
  /^(?:Received|Return-Path|Delivered-To|MIME-Version|From|To|Date|Subject|Message-ID|Content-Type|X-[\w-]+):/i

/** A message begins with headers, of which at least two are those of messages, or with the line of a mailbox. */
function isMail(head: string, part: Part): boolean {
  if (part.type === 'message/rfc822' || /\.(eml|mht|mhtml|mbox)$/i.test(part.name)) return true
  const lines = head.split(/\r?\n/).slice(0, 60)
  const end = lines.indexOf('')
  const headers = end < 0 ? lines.slice(0, -1) : lines.slice(0, end)
  const isHeader = (line: string, index: number) =>
    /^[\w-]+:/.test(line) || /^[ \t]/.test(line) || (index === 0 && line.startsWith('From '))
  return headers.every(isHeader) && headers.filter((line) => mailHeaders.test(line)).length >= 2
}

function kindOfText(head: string, part: Part): Kind {
  const start = head.replace(/^\xef\xbb\xbf/, '').trimStart()
  if (/\.(csv|tsv)$/i.test(part.name) || /^text\/(csv|tab-separated-values)/.test(part.type)) return 'csv'
  if (isMail(head, part)) return 'mail'
  if (/^[[{"]/.test(start) || /\.(json|jsonl|ndjson|sarif)$/i.test(part.name)) return 'json'
  if (/^<[!?/a-z]/i.test(start) || /\.(html?|xhtml|xml|svg)$/i.test(part.name)) return 'markup'
  return 'text'
}

// Control characters that stand in no text.
const inText = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b])
const isBinary = (head: Buffer): boolean => head.some((byte) => byte < 0x20 && !inText.has(byte))

/** What a file's first {@link headLength} bytes say it is. */
export function kindOf(head: Buffer, part: Part): Kind {
  const start = head.toString('latin1')
  const kind = signed(start)
  if (kind) return kind
  if (isHeader(head)) return 'tar'
  return unmarked(head) ?? (isBinary(head) ? 'binary' : kindOfText(start, part))
}
