import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import {
  countable,
  isPlaceholderName,
  type Placeholder,
  placeholderKinds,
  placeholdersIn,
} from './placeholders.ts'

// English number words; `one` and the ordinals are ordinary speech and stay free.
const englishNumber =
  /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?)\b/giu

// 十二 and 二百, or one numeral before a counter (五つ, 六分野). Words such as 万一, 十分 and 第三者 stay free.
const japaneseNumber =
  /(?!万一|千万の)[一二三四五六七八九十百千万〇]{2,}|[二三四五六七八九十百千](?:つ|個|件|社|項目|要件|分野|原則|基準|領域|区分|カテゴリ|ブランド|年|か月|ヶ月|カ月|種)/gu

// Every numeral of every script: decimal digits, letters that are numbers (Ⅻ) and other forms (①, ½).
const numeral = /\p{N}+/gu

// Two letters of different scripts can look the same: a name written in Cyrillic must not pass for one that is not.
const foreignLetter = /[^\P{L}\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/gu

const invisible = /\p{Default_Ignorable_Code_Point}|[\u2028\u2029\uFFF9-\uFFFB]/gu

/** A name that only a placeholder may bring into a text, and what to write instead. */
export type ReservedName = { name: string; instead: string }

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const isOneLatinWord = (name: string) => /^[\p{Script=Latin}]+$/u.test(name)

/** A name as a pattern. One Latin word counts only as it is written (LINE, but not "in line with"). */
const namePattern = (name: string) =>
  new RegExp(
    `(?<![\\p{Script=Latin}\\p{N}])${escaped(name).replace(/\s+/g, '\\s+')}(?![\\p{Script=Latin}\\p{N}])`,
    isOneLatinWord(name) ? 'gu' : 'giu',
  )

/** Families of standards and their publishers: naming one is a claim. Their numbers are stopped as numerals anyway. */
export const standardFamilies: readonly string[] = [
  ...[
    'ISO',
    'IEC',
    'JIS',
    'SOC',
    'PCI',
    'DSS',
    'AICPA',
    'CICA',
    'GAPP',
    'NIST',
    'ISAE',
    'SSAE',
    'HIPAA',
    'HITRUST',
  ],
  ...[
    'FedRAMP',
    'GDPR',
    'TISAX',
    'ISMAP',
    'FISC',
    'PrivacyMark',
    'プライバシーマーク',
    'TRUSTe',
    'CSA STAR',
    'CBPR',
  ],
  ...['FIDO', 'HDS', 'IRAP', 'CMMC', 'Cyber Essentials'],
]

type Finding = { at: number; code: string; found: string; instead?: string }

const findings = (text: string, pattern: RegExp, code: string): Finding[] =>
  [...text.matchAll(pattern)].map((match) => ({ at: match.index, code, found: match[0] }))

function placeholderFinding(place: Placeholder, schemes: ReadonlySet<string>): Finding[] {
  const bad = (code: string) => [{ at: place.at, code, found: place.whole }]
  if (!isPlaceholderName(place.name)) return bad('text.placeholder_unknown')
  const { takes } = placeholderKinds[place.name]
  if ((takes === 'none') !== (place.scheme === null)) return bad('text.placeholder_form')
  if ((takes === 'count') !== (place.what !== null)) return bad('text.placeholder_form')
  if (place.scheme !== null && !schemes.has(place.scheme)) return bad('text.placeholder_scheme')
  if (place.what !== null && !countable.includes(place.what)) return bad('text.placeholder_count')
  return []
}

export type WordingRules = { schemes: ReadonlySet<string>; names: readonly ReservedName[] }

/** Blanks the placeholders, keeping every position, so that only what was typed by hand is looked at. */
function typedByHand(text: string, places: readonly Placeholder[]): string {
  return places.reduce(
    (rest, { at, whole }) => rest.slice(0, at) + '\n'.repeat(whole.length) + rest.slice(at + whole.length),
    text,
  )
}

function nameFindings(typed: string, names: readonly ReservedName[]): Finding[] {
  // Compatibility forms (ＬＩＮＥ) are read as what they look like. Positions are kept where lengths are.
  const folded = typed.normalize('NFKC')
  return names.flatMap(({ name, instead }) =>
    findings(folded, namePattern(name.normalize('NFKC')), 'text.name_typed').map((one) => ({
      ...one,
      instead,
    })),
  )
}

/**
 * Everything in a text that could be a claim typed by hand, each with its position (characters from 1): numerals of
 * any script, number words, reserved names, letters of other scripts, invisible characters, and braces that are not
 * a known placeholder.
 */
export function wordingProblems(pointer: string, text: string, rules: WordingRules): FieldProblem[] {
  const places = placeholdersIn(text)
  const typed = typedByHand(text, places)
  const found = [
    ...places.flatMap((place) => placeholderFinding(place, rules.schemes)),
    ...findings(typed, /[{}]/g, 'text.brace'),
    ...findings(typed, numeral, 'text.numeral'),
    ...findings(typed, englishNumber, 'text.number_word'),
    ...findings(typed, japaneseNumber, 'text.number_word'),
    ...findings(typed, foreignLetter, 'text.other_script'),
    ...findings(typed, invisible, 'text.invisible'),
    ...nameFindings(typed, rules.names),
  ]
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ at, code, found: what, instead }) =>
      fieldProblem(pointer, code, { at: at + 1, found: what.slice(0, 60), ...(instead ? { instead } : {}) }),
    )
}
