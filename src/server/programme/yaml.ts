import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml'
import { fieldProblem, Problem } from '../../kernel/error.ts'

/** Largest programme file in bytes of UTF-8. */
export const yamlLimit = 5 * 1024 * 1024

// A programme is lists of flat records: nothing in it is nested deeper than this.
const depthLimit = 16

// Lines, commas and colons: a programme of thousands of certificates has fewer.
const partsLimit = 200_000

// Enough for a shared address or name; far too few for a file that unfolds into gigabytes.
const aliasLimit = 50

const plainTags = new Set(
  ['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`),
)

export type Place = { line: number; column: number }

/** A YAML text as plain data, and where in the text each part of it stands (lines and columns from 1). */
export type YamlFile = { value: unknown; placeOf(path: readonly PropertyKey[]): Place }

const refuse = (code: string, place: Place, params: Record<string, string | number> = {}): Problem =>
  new Problem('invalid', 'programme.yaml', { ...place }, [fieldProblem('', code, { ...params, ...place })])

/** Brackets and separators are counted before parsing: the parser follows the first by recursion, and is slow. */
function refuseHuge(text: string): void {
  let depth = 0
  let line = 1
  let parts = 0
  for (const character of text) {
    if (character === '\n') line += 1
    if (character === '\n' || character === ',' || character === ':') parts += 1
    if (parts > partsLimit)
      throw refuse('programme.too_many_parts', { line, column: 1 }, { limit: partsLimit })
    if (character === '[' || character === '{') depth += 1
    if (character === ']' || character === '}') depth = Math.max(0, depth - 1)
    // Brackets in quoted texts count too, hence the distance from the real limit.
    if (depth > depthLimit * 64)
      throw refuse('programme.too_deep', { line, column: 1 }, { limit: depthLimit })
  }
}

/** Refuses what could mean two things to two readers, or unfold without end: tags, twin keys, circles, many aliases. */
function refuseUnsafe(document: Document, at: (offset: number) => Place): void {
  let aliases = 0
  visit(document, {
    Node(_, node: Node, path) {
      const place = at(node.range?.[0] ?? 0)
      if (path.filter(isCollection).length > depthLimit)
        throw refuse('programme.too_deep', place, { limit: depthLimit })
      if (node.tag !== undefined && !plainTags.has(node.tag))
        throw refuse('programme.tag', place, { tag: node.tag.slice(0, 80) })
      if (isMap(node))
        refuseTwins(
          node.items.map((pair) => pair.key),
          at,
        )
      if (!isAlias(node)) return
      aliases += 1
      const target = node.resolve(document)
      if (aliases > aliasLimit || path.some((above) => above === target))
        throw refuse('programme.too_many_aliases', place, { limit: aliasLimit })
    },
  })
}

function refuseTwins(keys: readonly unknown[], at: (offset: number) => Place): void {
  const seen = new Set<string>()
  for (const key of keys) {
    const place = at((isNode(key) && key.range?.[0]) || 0)
    if (!isScalar(key) || typeof key.value !== 'string') throw refuse('programme.key_not_text', place)
    if (seen.has(key.value)) throw refuse('programme.key_twice', place, { key: key.value.slice(0, 80) })
    seen.add(key.value)
  }
}

/** YAML's own messages end in a picture of the place, which is said in numbers instead. */
const firstLine = (message: string) =>
  (message.split('\n')[0] ?? '').replace(/ at line .*$/, '').slice(0, 200)

/**
 * Reads YAML 1.2 with the core schema: `yes` and days stay texts, and there are no tags, so a file cannot make the
 * program build anything but lists, records, texts, numbers and booleans. Duplicate keys, unknown tags, deep nesting
 * and more than 50 aliases are refused. Throws `invalid` naming line and column.
 */
export function readYaml(text: string): YamlFile {
  if (Buffer.byteLength(text) > yamlLimit)
    throw new Problem('invalid', 'input.too_large', { limit: yamlLimit })
  refuseHuge(text)
  const lines = new LineCounter()
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  // The parser's own search for duplicate keys takes the square of their number; `refuseUnsafe` has a faster one.
  const options = {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    strict: true,
    logLevel: 'error',
  } as const
  const document = parseDocument(text, { ...options, lineCounter: lines, prettyErrors: false })
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault) throw refuse('programme.yaml_fault', at(fault.pos[0]), { reason: firstLine(fault.message) })
  if (document.directives?.yaml.version !== '1.2')
    throw refuse('programme.yaml_fault', { line: 1, column: 1 }, { reason: 'YAML 1.2' })
  refuseUnsafe(document, at)
  return {
    value: plainData(() => document.toJS({ maxAliasCount: aliasLimit })),
    placeOf(path) {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true)
        const start = isNode(node) ? node.range?.[0] : undefined
        if (start !== undefined) return at(start)
      }
      return { line: 1, column: 1 }
    },
  }
}

/** An alias of an alias counts by what it unfolds to; YAML refuses it when the data is made. */
function plainData(make: () => unknown): unknown {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    throw refuse('programme.too_many_aliases', { line: 1, column: 1 }, { limit: aliasLimit })
  }
}
