import { encodeUtf8 } from '#tlog'
import { shortestNumber } from './brand.ts'
import { type Candidate, Scanner } from './scan.ts'

/** What a cell of a table says about card numbers, without its digits. */
export type CellContent = {
  candidates: readonly Candidate[]
  /** How many numbers it holds that an issuer could have given out, and how many have a right check digit. */
  peers: number
  valid: number
  /** The beginning of its text, where it has words and could be the head of a column. */
  head: string
}

// A cell of a spreadsheet program holds at most 32,767 characters; what is longer is looked at in pieces that overlap.
const piece = 64 * 1024
const overlap = 256

const nothing: CellContent = { candidates: [], peers: 0, valid: 0, head: '' }

const fullWidth = /[\uff10-\uff19]/g

/** Digits of full width, as Japanese input methods write them, are digits. */
export const foldDigits = (text: string): string =>
  text.replace(fullWidth, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))

function hasEnoughDigits(text: string): boolean {
  let digits = 0
  for (let at = 0; at < text.length && digits < shortestNumber; at += 1) {
    const code = text.charCodeAt(at)
    if ((code >= 0x30 && code <= 0x39) || (code >= 0xff10 && code <= 0xff19)) digits += 1
  }
  return digits >= shortestNumber
}

const encoded = (text: string): Uint8Array => encodeUtf8(foldDigits(text).toWellFormed())

/** Scans the piece that begins at a place, with what stands before and behind it. */
function scanPiece(scanner: Scanner, text: string, at: number): void {
  const bytes = encoded(text.slice(Math.max(0, at - overlap), at + piece + overlap))
  const from = at === 0 ? 0 : encoded(text.slice(at - overlap, at)).length
  const behind = at + piece < text.length ? encoded(text.slice(at + piece, at + piece + overlap)).length : 0
  scanner.scan(bytes, { from, limit: bytes.length - behind, end: bytes.length })
  bytes.fill(0)
}

/** Looks at the text of one cell. */
export function contentOf(text: string): CellContent {
  if (!hasEnoughDigits(text)) return { ...nothing, head: text.slice(0, 80) }
  const candidates: Candidate[] = []
  let peers = 0
  let valid = 0
  const scanner = new Scanner({
    found: (one) => candidates.push(one),
    peer(_, right) {
      peers += 1
      if (right) valid += 1
    },
  })
  for (let at = 0; at < text.length; at += piece) scanPiece(scanner, text, at)
  return { candidates, peers, valid, head: '' }
}
