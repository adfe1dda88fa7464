import { z } from 'zod'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { lineText } from '../kernel/text.ts'
import { cleanLine } from './clean.ts'

export const collectionFormat = 'assay-collection/1'

/** Bounds of one collection; a tool that says more was asked too much at once. */
export const collectionLimits = { items: 10_000, names: 50, depth: 24, values: 2_000_000 } as const

const instant = z.iso.datetime()

/** One thing that a tool looked at: what it is called, and what was seen there. */
export const itemSchema = z.strictObject({
  resource: lineText(300),
  /** Other names of the same thing: addresses, host names. */
  names: z.array(lineText(300)).max(collectionLimits.names).default([]),
  /** Why the tool did not see all of it. Something incomplete can show a fault, never that there is none. */
  incomplete: lineText(500).nullable().default(null),
  facts: z.record(z.string().max(300), z.unknown()),
})

/** The normal form of what a tool saw (docs/spec/collector.md): what checks are asked about. */
export const collectionSchema = z.strictObject({
  format: z.literal(collectionFormat),
  kind: dataKey.max(80),
  tool: z.strictObject({ name: lineText(120), version: lineText(120).nullable() }),
  /** The machine on which the tool ran. */
  host: lineText(300),
  startedAt: instant,
  endedAt: instant,
  items: z.array(itemSchema).max(collectionLimits.items),
})

export type Collection = z.output<typeof collectionSchema>
export type Item = z.output<typeof itemSchema>

/** What a parser gets out of a tool's output: everything of the normal form but where and when it ran. */
export type Parsed = {
  tool: { name: string; version: string | null }
  startedAt: string | null
  endedAt: string | null
  items: Item[]
}

export const faults = ['empty', 'cut-off', 'not-it', 'failed', 'too-large', 'gone', 'damaged'] as const

export type Fault = (typeof faults)[number]

/** Output that is not what it should be. It is never taken for "nothing found". */
export class UnreadableOutput extends Error {
  readonly fault: Fault

  constructor(fault: Fault, detail: string) {
    super(cleanLine(detail, 300))
    this.name = 'UnreadableOutput'
    this.fault = fault
  }
}

/** Refuses values that are deeper or more than what has a meaning here, before anything walks them recursively. */
export function refuseUnbounded(root: unknown): void {
  let count = 0
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    if (depth > collectionLimits.depth)
      throw new UnreadableOutput('too-large', `nested deeper than ${collectionLimits.depth}`)
    if (++count > collectionLimits.values)
      throw new UnreadableOutput('too-large', `more than ${collectionLimits.values} values`)
    if (typeof value !== 'object' || value === null) continue
    // A key that would change what every object is, where somebody copies it.
    if (Object.hasOwn(value, '__proto__')) throw new UnreadableOutput('not-it', 'it has a key __proto__')
    for (const inner of Object.values(value)) open.push({ value: inner, depth: depth + 1 })
  }
}

/** The same value with U+FFFD for what no layer below keeps: NUL, and halves of characters. Depth must be bounded. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD')
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storable(inner)]))
}

/** Names as they may be stored, without doubles; the first one left is what the thing is called. */
export function itemOf(
  names: readonly (string | null | undefined)[],
  facts: Record<string, unknown>,
  incomplete: string | null = null,
): Item {
  const [resource, ...others] = [...new Set(names.map((name) => cleanLine(name ?? '', 300)))].filter(
    (name) => name !== '',
  )
  if (resource === undefined) throw new UnreadableOutput('not-it', 'it names nothing that was looked at')
  return {
    resource,
    names: others.slice(0, collectionLimits.names),
    incomplete: incomplete === null ? null : cleanLine(incomplete, 500) || 'not complete',
    facts,
  }
}
