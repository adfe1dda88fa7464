/** Digits after the point of a currency (ISO 4217): none for yen, two for most; two for a code that nobody knows. */
export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
