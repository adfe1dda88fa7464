import { keyFor } from '../assets/exchange-words.ts'
import type { LocalText } from '../kernel/language.ts'
import { folded, linesOf, namesIn, spoken } from './pasted.ts'

/** What becomes of a line: added, or left out because it is there already, stands twice, or cannot be read. */
export type LineFate = 'new' | 'there' | 'twice' | 'columns' | 'long'

export type NamedLine<Kind extends string> = {
  line: number
  name: LocalText
  key: string
  kind: Kind
  country: string | null
  fate: LineFate
}

export type Existing = { key: string; name: LocalText }

const entityWords = {
  ...{ company: 'company', 会社: 'company', 法人: 'company', 子会社: 'company', subsidiary: 'company' },
  ...{ division: 'division', 部門: 'division', 事業部: 'division', 部署: 'division', department: 'division' },
  ...{ site: 'site', 拠点: 'site', 事業所: 'site', office: 'site' },
} as const

const serviceWords = {
  ...{ product: 'product', 製品: 'product', サービス: 'product', service: 'product' },
  ...{ system: 'system', システム: 'system' },
} as const

type Words<Kind extends string> = Readonly<Record<string, Kind>>

const longestName = 200

/** A key that nobody has: the second of two alike gets a number. */
function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  let key = wanted
  for (let n = 2; taken.has(key); n++) key = `${wanted.slice(0, 76)}-${n}`
  return key
}

/** Reads a list of names: in each line a name in one language or both, and if wanted a kind and a country. */
function namedLines<Kind extends string>(
  text: string,
  { words, usual, prefix }: { words: Words<Kind>; usual: Kind; prefix: string },
  existing: readonly Existing[],
): NamedLine<Kind>[] {
  const there = new Set(existing.flatMap(({ name }) => spoken(name)))
  const seen = new Set<string>()
  const keys = new Set(existing.map(({ key }) => key))
  return linesOf(text).map(({ line, cells }) => {
    // The first cell is the name, even that of a company called "System".
    const [first = '', ...rest] = cells
    const kindCell = rest.find((cell) => Object.hasOwn(words, folded(cell)))
    const country = rest.find((cell) => /^[A-Z]{2}$/.test(cell)) ?? null
    const name = namesIn([first, ...rest.filter((cell) => cell !== kindCell && cell !== country)])
    const parts = spoken(name ?? {})
    const fate: LineFate =
      name === null
        ? 'columns'
        : [name.en, name.ja].some((one) => (one?.length ?? 0) > longestName)
          ? 'long'
          : parts.some((part) => there.has(part))
            ? 'there'
            : parts.some((part) => seen.has(part))
              ? 'twice'
              : 'new'
    for (const part of parts) seen.add(part)
    const key = freeKey(keyFor(name?.en ?? '', name?.ja ?? '', prefix), keys)
    if (fate === 'new') keys.add(key)
    const kind = (kindCell && words[folded(kindCell)]) || usual
    return { line, name: name ?? { en: cells.join(' · ') }, key, kind, country, fate }
  })
}

export type EntityKind = (typeof entityWords)[keyof typeof entityWords]
export type ServiceKind = (typeof serviceWords)[keyof typeof serviceWords]

export const entitiesPasted = (text: string, existing: readonly Existing[]): NamedLine<EntityKind>[] =>
  namedLines<EntityKind>(text, { words: entityWords, usual: 'company', prefix: 'entity' }, existing)

export const servicesPasted = (text: string, existing: readonly Existing[]): NamedLine<ServiceKind>[] =>
  namedLines<ServiceKind>(text, { words: serviceWords, usual: 'product', prefix: 'service' }, existing)
