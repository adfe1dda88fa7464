import { isAscii } from 'node:buffer'
import { hasOddControls } from '../card-number/word.ts'
import { memberNames } from './sniff-zip.ts'

/** What the content of a file is, whatever its name says. `text/plain` stands for every harmless text. */
export type SniffedType =
  | 'application/pdf'
  | 'image/png'
  | 'image/jpeg'
  | 'image/gif'
  | 'image/webp'
  | 'application/zip'
  | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  | 'application/vnd.ms-office.macro-enabled'
  | 'application/x-ole-storage'
  | 'application/x-executable'
  | 'text/html'
  | 'image/svg+xml'
  | 'application/xml'
  | 'application/json'
  | 'text/plain'
  | 'application/octet-stream'

const headLimit = 4096
// Room for the end record, its comment and the names of an office document's members.
const tailLimit = 1024 * 1024

const ascii = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

const signatures: readonly [SniffedType, readonly string[]][] = [
  ['application/pdf', ['%PDF-']],
  ['image/png', ['\x89PNG\r\n\x1a\n']],
  ['image/jpeg', ['\xff\xd8\xff']],
  ['image/gif', ['GIF87a', 'GIF89a']],
  ['application/x-ole-storage', ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']],
  // Windows and DOS, ELF, Mach-O of either order and size, Java and universal binaries, scripts.
  [
    'application/x-executable',
    [
      'MZ',
      '\x7fELF',
      '\xfe\xed\xfa\xce',
      '\xfe\xed\xfa\xcf',
      '\xce\xfa\xed\xfe',
      '\xcf\xfa\xed\xfe',
      '\xca\xfe\xba\xbe',
      '#!',
    ],
  ],
]

function signed(start: string): SniffedType | undefined {
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'image/webp'
  return signatures.find(([, prefixes]) => prefixes.some((prefix) => start.startsWith(prefix)))?.[0]
}

// The tags with which browsers decide that a text is a page (WHATWG MIME Sniffing, section 7.1).
const pageStart =
  /^<(!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--|meta|link|img|base|form|object|embed)(?=[\s/>]|$)/i

// A tag, or what a sign begins with that is no letter: a byte order mark or a blank of Unicode.
const mayBegin = new Set([0x3c, 0xc2, 0xe1, 0xe2, 0xe3, 0xef])

/** Whether bytes can begin as a text that {@link markup} knows: most do not, and decoding them to see costs more. */
const mayBeMarkup = (head: Uint8Array): boolean =>
  mayBegin.has(head.find((byte) => byte > 0x20 || byte < 0x09) ?? 0)

function markup(text: string): SniffedType | null {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (pageStart.test(start)) return 'text/html'
  if (/^(<\?xml[^>]*>|<!doctype[^>]*>|<!--[\s\S]*?-->|\s)*<(\w+:)?svg\b/i.test(start)) return 'image/svg+xml'
  if (/^(<\?xml[^>]*>|<!doctype[^>]*>|<!--[\s\S]*?-->|\s)*<html\b/i.test(start)) return 'text/html'
  return /^<(\?xml|!doctype)\b/i.test(start) || /^<[\w:]+[^>]*xmlns/i.test(start) ? 'application/xml' : null
}

function office(tail: Uint8Array): SniffedType {
  const names = memberNames(tail)
  if (!names.includes('[Content_Types].xml')) return 'application/zip'
  if (names.some((name) => /vbaProject\.bin$|\/activeX\//i.test(name)))
    return 'application/vnd.ms-office.macro-enabled'
  if (names.includes('word/document.xml'))
    return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  if (names.includes('xl/workbook.xml'))
    return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return 'application/zip'
}

const isContainer = (head: Uint8Array): boolean =>
  ['PK\x03\x04', 'PK\x05\x06'].includes(ascii(head.subarray(0, 4)))

const mayBeJson = (head: Uint8Array): boolean => /^\s*([{[]|$)/.test(ascii(head.subarray(0, headLimit)))

const isJson = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/** Whether bytes are text in ASCII, of which every encoding here says the same: most large texts are nothing else. */
const isAsciiText = (part: Uint8Array): boolean => isAscii(part) && !hasOddControls(part)

/** Follows a text through its parts in one encoding; false for ever once a part cannot be that encoding. */
function textReader(encoding: string): { push(part: Uint8Array): void; end(): boolean } {
  // Made for the first part that needs it: most files are plain ASCII or no text at all.
  let made: InstanceType<typeof TextDecoder> | null = null
  const decoder = () => {
    made ??= new TextDecoder(encoding, { fatal: true })
    return made
  }
  let sound = true
  const attempt = (work: () => string) => {
    if (!sound) return
    try {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: text files have no control characters but these
      if (/[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/.test(work())) sound = false
    } catch {
      sound = false
    }
  }
  return {
    push: (part) => attempt(() => decoder().decode(part, { stream: true })),
    end() {
      attempt(() => (made === null ? '' : made.decode()))
      return sound
    },
  }
}

/**
 * Finds out what a file is while it streams past, from its first and last bytes: a few signatures for binary files,
 * the member names for ZIP containers, and for text that it is one, in UTF-8 or Shift_JIS.
 */
export function sniffer(): { push(part: Uint8Array): void; end(): SniffedType } {
  let head: Uint8Array = new Uint8Array()
  let tail: Uint8Array[] = []
  let kept = 0
  let size = 0
  let plain = true
  const readers = [textReader('utf-8'), textReader('shift_jis')]

  /** A copy: the bytes are only there until more are asked for. */
  function keep(part: Uint8Array): void {
    const last = Uint8Array.prototype.slice.call(part, -tailLimit)
    tail.push(last)
    kept += last.length
    while (kept - (tail[0]?.length ?? 0) >= tailLimit) kept -= tail.shift()?.length ?? 0
  }

  return {
    push(part) {
      size += part.length
      if (head.length < headLimit) head = Buffer.concat([head, part.subarray(0, headLimit - head.length)])
      // What stands at the end says something of containers and of short JSON alone.
      if (isContainer(head) || (size <= tailLimit && mayBeJson(head))) keep(part)
      else tail = []
      // Behind other bytes a part may begin in the middle of a character.
      plain = plain && isAsciiText(part)
      if (!plain) for (const reader of readers) reader.push(part)
    },
    end() {
      const start = ascii(head)
      const found = signed(start)
      if (found) return found
      const last = Buffer.concat(tail).subarray(-tailLimit)
      tail = []
      if (isContainer(head)) return office(last)
      const isText = readers.map((reader) => reader.end()).some(Boolean)
      const kind = mayBeMarkup(head) ? markup(Buffer.from(head).toString('utf8')) : null
      if (kind) return kind
      if (!isText || size === 0) return 'application/octet-stream'
      return size <= tailLimit && mayBeJson(head) && isJson(last.toString('utf8'))
        ? 'application/json'
        : 'text/plain'
    },
  }
}

/** {@link sniffer} for bytes in hand. */
export function sniff(bytes: Uint8Array): SniffedType {
  const one = sniffer()
  one.push(bytes)
  return one.end()
}
