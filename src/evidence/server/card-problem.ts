import { type FieldProblem, fieldProblem, Problem } from '../../kernel/error.ts'
import type { Finding, Place, Verdict } from '../card-number/finding.ts'

const mostNamed = 20

/** A place in words and numbers that are the same in every language: `book.xlsx › Sheet1 › B7`. */
export function placeText({ members, sheet, column, row, page, line, offset, name }: Place): string {
  const parts = [
    ...members,
    ...(sheet === undefined ? [] : [sheet]),
    ...(column !== undefined || row !== undefined ? [`${column ?? ''}${row ?? ''}`] : []),
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
