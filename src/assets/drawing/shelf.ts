/** Something that takes up room, in units of the drawing. */
export type Sized = { id: string; width: number; height: number; open: boolean }

export type Spot = { id: string; x: number; y: number }

export type Arranged = { spots: Spot[]; width: number; height: number; bands: number }

export type Room = {
  /** What can be seen at once: what is larger keeps its proportions as far as it can. */
  width: number
  height: number
  /** Whether the width is not to be passed if there is any way: then what is too much goes on below. */
  narrow: boolean
  /** Between columns, where lines run, and between things in a column. */
  gap: { x: number; y: number }
}

type Column = { items: Sized[]; width: number; height: number }

const columnOf = (items: Sized[], gap: number): Column => ({
  items,
  width: Math.max(...items.map((one) => one.width)),
  height: items.reduce((sum, one) => sum + one.height + gap, -gap),
})

/** A layer in as many columns as it takes to stay under a height, all about equally high. */
function wrapped(layer: readonly Sized[], most: number, gap: number): Column[] {
  const whole = columnOf([...layer], gap).height
  const even = whole / Math.ceil(whole / most)
  const columns: Sized[][] = [[]]
  let height = 0
  for (const one of layer) {
    const current = columns.at(-1) ?? []
    if (current.length > 0 && height + one.height / 2 > even) {
      columns.push([one])
      height = one.height + gap
    } else {
      current.push(one)
      height += one.height + gap
    }
  }
  return columns.map((items) => columnOf(items, gap))
}

/** Columns from left to right; those that pass the width go on below. */
function bands(columns: readonly Column[], most: number, gap: Room['gap']): Arranged {
  const spots: Spot[] = []
  const rows: Column[][] = []
  let x = 0
  for (const column of columns) {
    if (rows.length === 0 || x + column.width > most) {
      rows.push([])
      x = 0
    }
    rows.at(-1)?.push(column)
    x += column.width + gap.x
  }
  let [width, y] = [0, 0]
  for (const row of rows) {
    const height = Math.max(...row.map((one) => one.height))
    let left = 0
    for (const column of row) {
      let top = y + (height - column.height) / 2
      for (const one of column.items) {
        spots.push({ id: one.id, x: left, y: top })
        top += one.height + gap.y
      }
      left += column.width + gap.x
    }
    width = Math.max(width, left - gap.x)
    y += height + gap.x
  }
  return { spots, width, height: y - gap.x, bands: rows.length }
}

/** Row by row, as one reads. */
function rowsOf(things: readonly Sized[], most: number, gap: number): Arranged {
  const spots: Spot[] = []
  let [x, y, height, width] = [0, 0, 0, 0]
  for (const one of things) {
    if (x > 0 && x + one.width > most) {
      y += height + gap
      x = 0
      height = 0
    }
    spots.push({ id: one.id, x, y })
    x += one.width + gap
    height = Math.max(height, one.height)
    width = Math.max(width, x - gap)
  }
  return { spots, width, height: y + height, bands: 0 }
}

/** Column by column, each as full as may be. */
function columnsOf(things: readonly Sized[], most: number, gap: number): Arranged {
  const turned = things.map((one) => ({ ...one, width: one.height, height: one.width }))
  const { spots, width, height } = rowsOf(turned, most, gap)
  return {
    ...{ width: height, height: width, bands: 0 },
    spots: spots.map(({ id, x, y }) => ({ id, x: y, y: x })),
  }
}

const empty: Arranged = { spots: [], width: 0, height: 0, bands: 0 }

function attempt(layers: readonly (readonly Sized[])[], loose: readonly Sized[], high: number, room: Room) {
  const { gap, narrow } = room
  const wide = narrow ? room.width : Math.max(high * (room.width / room.height), room.width)
  const columns = layers.flatMap((layer) => wrapped(layer, high, gap.y))
  const main = columns.length > 0 ? bands(columns, wide, gap) : empty
  if (loose.length === 0) return main
  const rest = rowsOf(loose, Math.max(main.width, wide), gap.y)
  const top = columns.length > 0 ? main.height + 2 * gap.y : 0
  return {
    spots: [...main.spots, ...rest.spots.map((one) => ({ ...one, y: one.y + top }))],
    width: Math.max(main.width, rest.width),
    height: top + rest.height,
    bands: main.bands,
  }
}

/** Sizes that are tried, as parts of that of a whole without any space between. */
const tries = Array.from({ length: 18 }, (_, at) => 0.4 * 1.14 ** at)

/**
 * What can be seen at once is good enough. Then the fewer times lines run back to the left the better, and open groups,
 * of which few find room beside each other, may stand as they fit as long as they stay in their order.
 */
function costIn(room: Room) {
  return ({ width, height, bands }: Arranged): number =>
    (room.narrow
      ? height / room.height + Math.max(0, width - room.width) * 10
      : Math.max(1, width / room.width, height / room.height)) +
    0.1 * Math.max(0, bands - 1)
}

/**
 * Puts layers next to each other from left to right, long ones in several columns, and what has no lines below, in the
 * way that comes closest to the room there is. Nothing lies on anything else.
 */
export function arranged(
  layers: readonly (readonly Sized[])[],
  loose: readonly Sized[],
  room: Room,
): Arranged {
  const all = [...layers.flat(), ...loose]
  const area = all.reduce((sum, one) => sum + (one.width + room.gap.x) * (one.height + room.gap.y), 0)
  const base = Math.sqrt((area * room.height) / room.width)
  const wide = room.width / room.height
  const gap = room.gap.x / 2
  const free = all.some((one) => one.open) && !room.narrow
  const ways = tries.flatMap((part) => [
    attempt(layers, loose, base * part, room),
    ...(free ? [columnsOf(all, base * part, gap), rowsOf(all, base * wide * part, gap)] : []),
  ])
  const cost = costIn(room)
  return ways.reduce((best, one) => (cost(one) < cost(best) - 0.001 ? one : best))
}
