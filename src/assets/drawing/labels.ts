import { curveOf, pointOn } from './curve.ts'
import { type Bundle, type Drawn, type Laid, type Placed, padding, type Rect } from './layout.ts'
import { fitted, smallest, textWidth, wrapped } from './letters.ts'

/** What is said of a box: its name, also in short, a line about a group, and a mark of few signs for an asset. */
export type Wording = { name: string; short: string; info: string; mark: string }

/** Positions and sizes in units of the drawing; `y` is the line on which the letters stand. */
export type Line = {
  text: string
  x: number
  y: number
  size: number
  anchor: 'start' | 'middle' | 'end'
  strong: boolean
}

/** `rect` is the room that its lines take up; one on a plate covers what lies below it. */
export type Label = { id: string; lines: Line[]; rect: Rect; plate: boolean }

/** From the line on which letters stand to the middle of them, in parts of their size. */
const rise = 0.36
const lineHeight = 1.3

const sizeAt = (usual: number, scale: number) => Math.max(usual, smallest / scale)

const crosses = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const inside = ({ x, y, width, height }: Placed): Rect => ({ x, y, width, height })

/** Lines below each other, as many as fit, in the middle of the height of a box. */
function stacked(place: Rect, texts: readonly { text: string; size: number; strong: boolean }[]): Line[] {
  const height = texts.reduce((sum, { size }) => sum + size * lineHeight, 0)
  let y = place.y + (place.height - height) / 2
  return texts.map(({ text, size, strong }) => {
    const middle = y + (size * lineHeight) / 2
    y += size * lineHeight
    return { text, x: place.x + 10, y: middle + size * rise, size, anchor: 'start', strong }
  })
}

/** What stands at the right end of a box, in the middle of its height. */
const atEnd = (place: Rect, text: string, size: number, strong: boolean): Line => ({
  ...{ text, size, strong, anchor: 'end' },
  x: place.x + place.width - 8,
  y: place.y + place.height / 2 + size * rise,
})

const labelOf = (id: string, lines: Line[], rect: Rect): Label | null =>
  lines.length === 0 ? null : { id, lines, rect, plate: false }

function assetLabel(place: Placed, { name, mark }: Wording, scale: number): Label | null {
  const size = sizeAt(12, scale)
  const most = Math.floor(place.height / (size * lineHeight))
  if (most < 1) return null
  const width = place.width - 18
  const reserved = mark === '' ? 0 : textWidth(mark, size) + 8
  const hasMark = mark !== '' && width - reserved > size * 5
  const texts = wrapped(name, size, width - (hasMark ? reserved : 0), Math.min(2, most))
  const lines = stacked(
    place,
    texts.map((text) => ({ text, size, strong: false })),
  )
  if (lines.length > 0 && hasMark) lines.push(atEnd(place, mark, size, true))
  return labelOf(place.id, lines, inside(place))
}

function groupLabel(place: Placed, { name, info }: Wording, scale: number): Label | null {
  const [size, small] = [sizeAt(13, scale), sizeAt(11.5, scale)]
  const width = place.width - 20
  // The name comes first: what is worth less room gives way to its second line.
  const needed = (wrapped(name, size, width, 2).length * size + small) * lineHeight
  const said = needed <= place.height ? fitted(info, small, width) : ''
  const below = said === '' ? [] : [said]
  const left = place.height - below.length * small * lineHeight
  const most = Math.min(2, Math.floor(left / (size * lineHeight)))
  if (most < 1) return null
  const texts = wrapped(name, size, width, most)
  if (texts.length === 0) return null
  const lines = [
    ...texts.map((text) => ({ text, size, strong: true })),
    ...below.map((text) => ({ text, size: small, strong: false })),
  ]
  return labelOf(place.id, stacked(place, lines), inside(place))
}

/** The title of an open group, in the strip above what is in it. */
function titleOf(place: Placed, { name, info }: Wording, scale: number): Label | null {
  const strip = { ...inside(place), height: padding.top - 2 }
  const size = sizeAt(12.5, scale)
  if (size * lineHeight > strip.height) return null
  const text = fitted(name, size, place.width - 18)
  const hasInfo = textWidth(name, size) + textWidth(info, size) + 44 <= place.width
  const lines = text === '' ? [] : stacked(strip, [{ text, size, strong: true }])
  if (lines.length > 0 && hasInfo && info !== '') lines.push(atEnd(strip, info, size, false))
  return labelOf(place.id, lines, strip)
}

/** From afar the name of an open group lies in its middle, over what can no longer be read. */
function plateOf(place: Placed, { name, short }: Wording, scale: number): Label | null {
  const size = 12 / scale
  const width = place.width - size
  const text = textWidth(name, size) <= width ? name : fitted(short, size, width)
  if (text === '') return null
  const covered = { width: textWidth(text, size) + size, height: size * 1.7 }
  if (covered.height > place.height) return null
  const [x, y] = [place.x + place.width / 2, place.y + place.height / 2]
  return {
    id: place.id,
    lines: [{ text, x, y: y + size * rise, size, anchor: 'middle', strong: true }],
    rect: { x: x - covered.width / 2, y: y - covered.height / 2, ...covered },
    plate: true,
  }
}

/**
 * All that can be read of a drawing at a scale: letters are never below the smallest size on the screen, no label lies on
 * another, and each stays within its box. What would have to break this is not drawn at all.
 */
export function labelsAt(
  laid: Laid,
  boxes: readonly Drawn[],
  wordingOf: (id: string) => Wording,
  scale: number,
): Label[] {
  const labels: Label[] = []
  const plates: Rect[] = []
  const at = (one: Drawn) => laid.places.get(one.id)
  const depth = (one: Drawn) => at(one)?.depth ?? 0
  const holding = new Set(boxes.map((one) => one.parent))
  // Those further out first: where room is scarce the larger place keeps its name.
  for (const one of boxes.toSorted((a, b) => depth(a) - depth(b) || (a.id < b.id ? -1 : 1))) {
    const place = at(one)
    if (!place) continue
    const words = wordingOf(one.id)
    const isFrame = one.open && holding.has(one.id)
    const label = isFrame
      ? (titleOf(place, words, scale) ?? plateOf(place, words, scale))
      : one.type === 'group'
        ? groupLabel(place, words, scale)
        : assetLabel(place, words, scale)
    if (!label || plates.some((each) => crosses(each, label.rect))) continue
    if (label.plate && labels.some((each) => crosses(each.rect, label.rect))) continue
    labels.push(label)
    if (label.plate) plates.push(label.rect)
  }
  return labels
}

/** Where along a line its number may stand. */
const spots = [0.5, 0.4, 0.6, 0.3, 0.7]

/** The numbers on bundled lines, as far as they find room between boxes, beside each other and beside other labels. */
export function countsAt(
  laid: Laid,
  bundles: readonly Bundle[],
  textOf: (count: number) => string,
  scale: number,
  labels: readonly Label[],
): Label[] {
  const size = sizeAt(11, scale)
  const found: Label[] = []
  const places = [...laid.places.values()]
  const plates = labels.filter((one) => one.plate)
  for (const { from, to, count } of bundles.toSorted((a, b) => b.count - a.count)) {
    const [a, b] = [laid.places.get(from), laid.places.get(to)]
    if (!a || !b || count < 2) continue
    const curve = curveOf(a, b)
    const text = textOf(count)
    const [width, height] = [textWidth(text, size) + size * 0.5, size * 1.2]
    // What the line leads past within its group is in the way; the group itself is not.
    const isFree = (rect: Rect) =>
      !places.some((one) => one.depth >= a.depth && crosses(one, rect)) &&
      !found.some((one) => crosses(one.rect, rect)) &&
      !plates.some((one) => crosses(one.rect, rect))
    const rects = spots.map((t) => {
      const { x, y } = pointOn(curve, t)
      return { x: x - width / 2, y: y - height / 2, width, height }
    })
    const rect = rects.find(isFree)
    if (!rect) continue
    const x = rect.x + width / 2
    const y = rect.y + height / 2 + size * rise
    found.push({
      id: `${from} ${to}`,
      lines: [{ text, x, y, size, anchor: 'middle', strong: true }],
      rect,
      plate: true,
    })
  }
  return found
}
