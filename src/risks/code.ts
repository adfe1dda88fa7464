const form = /^R-(\d{1,6})$/i

/** The next free code of the form `R-013` after those in use; codes of other forms count for nothing. */
export function codeAfter(codes: readonly string[]): string {
  const numbers = codes.map((code) => Number(form.exec(code)?.[1] ?? 0))
  // Not spread into Math.max: a register of a hundred thousand would be more arguments than a call takes.
  const highest = numbers.reduce((most, number) => Math.max(most, number), 0)
  return `R-${String(highest + 1).padStart(3, '0')}`
}
