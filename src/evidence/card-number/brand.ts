/** A card brand by the network's own name, in lower case. */
export type Brand =
  | 'visa'
  | 'mastercard'
  | 'american express'
  | 'diners club'
  | 'discover'
  | 'jcb'
  | 'unionpay'
  | 'maestro'
  | 'mir'
  | 'troy'
  | 'rupay'

/** Numbers that begin with anything from `from` to `to`, both padded to six digits, and how long they are. */
export type BrandRange = { brand: Brand; from: number; to: number; lengths: readonly number[] }

const span = (brand: Brand, from: string, to: string, lengths: readonly number[]): BrandRange => ({
  brand,
  from: Number(from.padEnd(6, '0')),
  to: Number(to.padEnd(6, '9')),
  lengths,
})

const from = (shortest: number, longest: number): readonly number[] =>
  Array.from({ length: longest - shortest + 1 }, (_, index) => shortest + index)

/**
 * Issuer number ranges (ISO/IEC 7812-1) and lengths. The prefixes are facts that the networks publish; they were
 * checked against the tables of braintree/credit-card-type and the length of Visa's retired 13-digit numbers was added.
 * A narrow range stands before the wide one that it lies in: the first that fits counts.
 */
export const brandRanges: readonly BrandRange[] = [
  span('mir', '2200', '2204', from(16, 19)),
  span('mastercard', '2221', '2720', [16]),
  span('mastercard', '51', '55', [16]),
  span('visa', '4', '4', [13, 16, 18, 19]),
  span('american express', '34', '34', [15]),
  span('american express', '37', '37', [15]),
  span('jcb', '2131', '2131', [15]),
  span('jcb', '1800', '1800', [15]),
  span('jcb', '3528', '3589', from(16, 19)),
  span('diners club', '300', '305', [14, 16, 19]),
  span('diners club', '36', '36', [14, 16, 19]),
  span('diners club', '38', '39', [14, 16, 19]),
  span('discover', '6011', '6011', [16, 19]),
  span('discover', '644', '649', [16, 19]),
  span('discover', '65', '65', [16, 19]),
  span('rupay', '60', '60', [16]),
  span('rupay', '508', '508', [16]),
  span('rupay', '82', '82', [16]),
  span('unionpay', '62', '62', from(14, 19)),
  span('unionpay', '8100', '8171', from(14, 19)),
  span('troy', '9792', '9792', [16]),
  span('maestro', '50', '50', from(12, 19)),
  span('maestro', '56', '59', from(12, 19)),
  span('maestro', '63', '63', from(12, 19)),
  span('maestro', '67', '67', from(12, 19)),
]

/** A number that could be one of a card has so many digits. */
export const shortestNumber = 12
export const longestNumber = 19

// The first four digits decide, and a log may have a million numbers: what they say is worked out once, by length.
const decisive = 10_000
const rangeOf = new Uint8Array(decisive * (longestNumber + 1))
for (const [index, one] of brandRanges.entries())
  for (let four = Math.floor(one.from / 100); four <= Math.floor(one.to / 100); four += 1)
    for (const length of one.lengths) {
      const at = length * decisive + four
      if (rangeOf[at] === 0) rangeOf[at] = index + 1
    }

/** The brand whose numbers begin with these six digits and have this length, or null. */
export const brandOf = (prefix: number, length: number): Brand | null =>
  brandRanges[(rangeOf[length * decisive + Math.floor(prefix / 100)] ?? 0) - 1]?.brand ?? null
