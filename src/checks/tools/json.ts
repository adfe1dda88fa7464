import { type Item, itemOf, type Parsed, refuseUnbounded, UnreadableOutput } from '../collection.ts'

export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const objectsOf = (value: unknown): Json[] => listOf(value).filter(isObject)
export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Reads JSON whole or not at all: an output that was cut off is an error, never a shorter one. */
export function readJson(text: string): unknown {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed === '') throw new UnreadableOutput('empty', 'the tool printed nothing')
  let value: unknown
  try {
    value = JSON.parse(trimmed)
  } catch (error) {
    // Every whole JSON text of an object or list ends as it began.
    const open = { '[': ']', '{': '}' }[trimmed.charAt(0)]
    const isCut = open !== undefined && !trimmed.endsWith(open)
    throw new UnreadableOutput(
      isCut ? 'cut-off' : 'not-it',
      error instanceof Error ? error.message : 'no JSON',
    )
  }
  refuseUnbounded(value)
  return value
}

/** JSON, or one JSON value on each line. */
export function readJsonLines(text: string): unknown[] {
  const lines = text.trim().split('\n')
  if (lines.length > 1 && lines.every((line) => /^\s*(\{.*\}\s*)?$/.test(line)))
    return lines.filter((line) => line.trim() !== '').map(readJson)
  const whole = readJson(text)
  return Array.isArray(whole) ? whole : [whole]
}

function itemOfJson(one: Json, fallback: string | null): Item {
  const { resource, names, facts, ...rest } = one
  const said = [textOf(resource), ...listOf(names).map(textOf)]
  return itemOf(said.some((name) => name) ? said : [fallback], isObject(facts) ? facts : rest)
}

/**
 * The output of any command that prints JSON: one object, a list of them, or `{"items": [...]}`. Each names what it
 * speaks of in `resource`; what does not is about `target`, the thing that the command was pointed at.
 */
export function parseJson(text: string, target: string | null): Parsed {
  const lines = readJsonLines(text)
  const [only] = lines
  const listed = lines.length === 1 && isObject(only) && Array.isArray(only.items) ? only.items : lines
  const items = listed.map((one) => {
    if (!isObject(one)) throw new UnreadableOutput('not-it', 'an entry is not a JSON object')
    return itemOfJson(one, target)
  })
  return { tool: { name: 'command', version: null }, startedAt: null, endedAt: null, items }
}
