import { type FieldProblem, fieldProblem, Problem } from '../../kernel/error.ts'
import type { Finding, Place, Verdict } from '../card-number/finding.ts'

const mostNamed = 20

/** `B7` or `B7 (card number)` in a workbook; in other tables, whose columns have a head or a number, `card number › row 7`. */
function cellText({ sheet, column = '', row }: Place): string[] {
  const [, letters = '', head = ''] = sheet === undefined ? [] : (/^([A-Z]+)( \(.*\))?$/s.exec(column) ?? [])
  if (letters !== '') return [`${letters}${row ?? ''}${head}`]
  const named = /^\d+$/.test(column) ? `column ${column}` : column
  return [...(named === '' ? [] : [named]), ...(row === undefined ? [] : [`row ${row}`])]
}

/** A place as nearly the same words and numbers in every language: `book.xlsx › Sheet1 › B7`. */
export function placeText(place: Place): string {
  const { members, sheet, page, line, offset, name } = place
  const parts = [
    ...members,
    ...(sheet === undefined ? [] : [sheet]),
    ...cellText(place),
    ...(page === undefined ? [] : [`p. ${page}`]),
    ...(line === undefined ? [] : [`L${line}`]),
    ...(offset === undefined || line !== undefined ? [] : [`@${offset}`]),
    ...(name ? ['name'] : []),
  ]
  return parts.length === 0 ? '-' : parts.join(' › ')
}

const findingProblem = (pointer: string, name: string, { brand, masked, place }: Finding): FieldProblem =>
  fieldProblem(pointer, 'evidence.card_number', { name, brand, masked, place: placeText(place) })

/** Where the numbers of one file stand, masked; the first ones when there are many. */
export const cardProblems = (pointer: string, name: string, verdict: Verdict): FieldProblem[] =>
  verdict.findings
    .filter(({ tier }) => tier === 'high')
    .slice(0, mostNamed)
    .map((finding) => findingProblem(pointer, name, finding))

/** The refusal of files in which card numbers were found. */
export const cardNumbersFound = (count: number, fields: readonly FieldProblem[]): Problem =>
  new Problem('invalid', 'evidence.card_numbers', { count }, fields)
