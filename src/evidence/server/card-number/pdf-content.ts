import type { PdfFont } from './pdf-font.ts'
import { nameOf, numberOf, PdfReader, type PdfValue } from './pdf-value.ts'

type Matrix = readonly [number, number, number, number, number, number]

const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** First `a`, then `b` (ISO 32000-1 8.3.4). */
const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
  a[4] * b[0] + a[5] * b[2] + b[4],
  a[4] * b[1] + a[5] * b[3] + b[5],
]

const moved = (x: number, y: number, matrix: Matrix): Matrix => times([1, 0, 0, 1, x, y], matrix)

/** What a content stream asks for and gives. */
export type ContentReader = {
  font(name: string): Promise<PdfFont | null>
  text(text: string): void
  /** An image or form that is painted by its name; `inline` for an image within the content. */
  painted(name: string): Promise<void>
  hurry(): void
}

// Gaps in units of the font's size: from the first on there is a blank, from the second on another column.
const blankGap = 0.16
const columnGap = 2
const lineGap = 0.45

const mostOperands = 64
const longestLine = 16 * 1024
const mostStates = 64
const longestToken = 128 * 1024

/** Digits that are set one by one with gaps, as in the boxes of a form, belong together. */
const withoutGaps = (line: string): string =>
  line.replace(/(?<![\d])\d(?:[ \t]\d(?!\d)){11,}/g, (digits) => digits.replace(/[ \t]/g, ''))

/**
 * Reads the text that a content stream shows (ISO 32000-1 9.4) in the order in which it shows it. Pieces that stand next
 * to each other on one line are joined, whatever operators put them there.
 */
export function contentText(reader: ContentReader) {
  let rest: Buffer = Buffer.alloc(0)
  let operands: PdfValue[] = []
  let image = false
  let page: Matrix = identity
  let states: Matrix[] = []
  let [start, at]: [Matrix, Matrix] = [identity, identity]
  let font: PdfFont | null = null
  let [size, leading, spacing] = [1, 0, 0]
  let pen: { x: number; y: number } | null = null
  let line = ''

  function put(text: string): void {
    line += text
    const end = line.lastIndexOf('\n') + 1 || (line.length < longestLine ? 0 : line.length)
    if (end === 0) return
    reader.text(withoutGaps(line.slice(0, end)))
    line = line.slice(end)
  }

  /** What lies between the last piece and one that begins here. */
  function gap(matrix: Matrix): string {
    if (pen === null) return ''
    const scale = Math.hypot(matrix[0], matrix[1]) || 1
    const [right, up] = [matrix[0] / scale, matrix[1] / scale]
    const em = Math.abs(size) * scale || 1
    const [x, y] = [matrix[4] - pen.x, matrix[5] - pen.y]
    const [along, across] = [(x * right + y * up) / em, (y * right - x * up) / em]
    if (!(Math.abs(across) < lineGap) || along < -lineGap) return '\n'
    return along > columnGap ? '\t' : along > blankGap ? ' ' : ''
  }

  function show(bytes: Buffer): void {
    const shown = font?.show(bytes) ?? { text: bytes.toString('latin1'), width: bytes.length * 0.5 }
    put(gap(times(at, page)) + shown.text)
    at = moved(shown.width * size + spacing * shown.text.length, 0, at)
    const end = times(at, page)
    pen = { x: end[4], y: end[5] }
  }

  function showAll(items: readonly PdfValue[]): void {
    for (const item of items) {
      if (item.kind === 'string') show(item.bytes)
      if (item.kind === 'number') at = moved((-item.number / 1000) * size, 0, at)
    }
  }

  const number = (index: number): number => numberOf(operands[index]) ?? 0
  const matrix = (): Matrix => [number(0), number(1), number(2), number(3), number(4), number(5)]
  const nextLine = (x: number, y: number) => {
    start = moved(x, y, start)
    at = start
  }
  const last = (): Buffer => {
    const value = operands.at(-1)
    return value?.kind === 'string' ? value.bytes : Buffer.alloc(0)
  }

  const operators: ReadonlyMap<string, () => void | Promise<void>> = new Map<
    string,
    () => void | Promise<void>
  >([
    ['q', () => void (states.length < mostStates && states.push(page))],
    [
      'Q',
      () => {
        page = states.pop() ?? page
      },
    ],
    [
      'cm',
      () => {
        page = times(matrix(), page)
      },
    ],
    [
      'BT',
      () => {
        start = identity
        at = identity
      },
    ],
    [
      'Tf',
      async () => {
        font = await reader.font(nameOf(operands[0]))
        size = number(1) || 1
      },
    ],
    [
      'TL',
      () => {
        leading = number(0)
      },
    ],
    [
      'Tc',
      () => {
        spacing = number(0)
      },
    ],
    ['Td', () => nextLine(number(0), number(1))],
    [
      'TD',
      () => {
        leading = -number(1)
        nextLine(number(0), number(1))
      },
    ],
    [
      'Tm',
      () => {
        start = matrix()
        at = start
      },
    ],
    ['T*', () => nextLine(0, -leading)],
    ['Tj', () => show(last())],
    [
      'TJ',
      () => {
        const list = operands.at(-1)
        if (list?.kind === 'array') showAll(list.items)
      },
    ],
    [
      "'",
      () => {
        nextLine(0, -leading)
        show(last())
      },
    ],
    [
      '"',
      () => {
        nextLine(0, -leading)
        show(last())
      },
    ],
    ['Do', () => reader.painted(nameOf(operands[0]))],
    [
      'ID',
      () => {
        image = true
        return reader.painted('inline')
      },
    ],
  ])

  async function read(tokens: PdfReader): Promise<void> {
    for (;;) {
      if (image) {
        const end = /\sEI(?=\s)/.exec(tokens.bytes.toString('latin1', tokens.at))
        if (!end) return
        tokens.at += end.index + 3
        image = false
      }
      const value = tokens.next()
      if (value === null) return
      if (value.kind !== 'word') {
        if (operands.length < mostOperands) operands.push(value)
        continue
      }
      await operators.get(value.word)?.()
      operands = []
    }
  }

  return {
    async push(bytes: Uint8Array): Promise<void> {
      reader.hurry()
      const tokens = new PdfReader(Buffer.concat([rest, bytes]))
      await read(tokens)
      rest = tokens.bytes.subarray(tokens.at)
      // A text that never ends, or a picture: what could follow is behind it.
      if (rest.length > longestToken) rest = rest.subarray(image ? rest.length - 8 : 1)
    },
    /** Ends one content stream; the next of the page goes on in the same state. */
    async end(): Promise<void> {
      await this.push(Buffer.from('\n'))
      rest = Buffer.alloc(0)
      image = false
      operands = []
      states = []
      page = identity
      put('\n')
    },
  }
}
