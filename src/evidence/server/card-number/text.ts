import { isAscii } from 'node:buffer'
import { foldDigits } from '../../card-number/cell.ts'
import { cardDetector } from '../../card-number/detector.ts'
import type { Place } from '../../card-number/finding.ts'
import type { Part, Run, View } from './run.ts'

// Nothing to see and nothing to the eye: soft hyphen, zero-width signs, marks of direction, byte order mark.
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g

/** Takes decoded text and looks for numbers in it as people would read it. */
export function textDetector() {
  const detector = cardDetector()
  return {
    push(text: string): void {
      detector.push(Buffer.from(foldDigits(text.replace(invisible, ''))))
    },
    end: () => detector.end(),
    /** Ends and hands over what was found. Offsets in decoded text mean nothing to people. */
    report(run: Run, part: Part, place: Omit<Place, 'members'> = {}): void {
      run.detected(part, detector.end(), place, false)
    },
  }
}

export type TextDetector = ReturnType<typeof textDetector>

const utf16 =
  (encoding: 'utf-16le' | 'utf-16be'): View =>
  async (run, part, bytes) => {
    const decoder = new TextDecoder(encoding)
    const encoder = new TextEncoder()
    async function* decoded() {
      for await (const piece of bytes) yield encoder.encode(decoder.decode(piece, { stream: true }))
      yield encoder.encode(decoder.decode())
    }
    await run.inspect(run, run.deeper(part), decoded())
  }

export const utf16le: View = utf16('utf-16le')
export const utf16be: View = utf16('utf-16be')

// In UTF-8 the beginning of digits of full width, soft hyphen, zero-width signs and word joiner.
const marks = ['efbc', 'c2ad', 'e2808b', 'e2808c', 'e2808d', 'e281a0'].map((hex) => Buffer.from(hex, 'hex'))

const hasMarks = (piece: Uint8Array): boolean => {
  if (isAscii(piece)) return false
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
  return marks.some((mark) => bytes.includes(mark))
}

/** Text with digits of full width or signs that nobody sees. Without any, looking at its bytes is enough. */
export const plainText: View = async (run, part, bytes) => {
  const decoder = new TextDecoder()
  let found: TextDetector | null = null
  for await (const piece of bytes) {
    if (found === null && hasMarks(piece)) found = textDetector()
    found?.push(decoder.decode(piece, { stream: true }))
  }
  if (found) run.detectedAgain(part, found.end(), false)
}
