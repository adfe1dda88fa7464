import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { contentOf, foldDigits } from './card-number/cell.ts'
import { maskedName } from './card-number/finding.ts'
import type { Evidence } from './evidence.ts'

type Words = Pick<Evidence, 'title' | 'description' | 'location' | 'collector' | 'files'>

/** The first number in a text that may be of a card in use, masked. */
function numberIn(text: string | null): { brand: string; masked: string } | null {
  const found = contentOf(text ?? '').candidates.find(({ tier }) => tier === 'high')
  return found ? { brand: found.brand, masked: found.masked } : null
}

/**
 * Card numbers in what an item says of itself. Its words are logged for good and read by many: they are held to what
 * its files are held to (PCI DSS 3.4.1, 3.5.1).
 */
export function wordProblems({ title, description, location, collector, files }: Words): FieldProblem[] {
  const texts: [string, string | null][] = [
    ['/title', title],
    ['/description', description],
    ['/location', location],
    ['/collector', collector],
    ...files.map((file, index): [string, string] => [`/files/${index}`, file.name]),
  ]
  return texts.flatMap(([pointer, text]) => {
    const found = numberIn(text)
    return found ? [fieldProblem(pointer, 'evidence.card_number_in_words', found)] : []
  })
}

/** A title as an answer may repeat it: what is as long as a card number is masked there, in digits of any width. */
export function shownTitle(title: string): string {
  const folded = foldDigits(title)
  const masked = maskedName(folded)
  return masked === folded ? title : masked
}
