/** What a tool printed, made fit for one line: control, direction and invisible characters show as U+FFFD. */
export function cleanLine(text: string, max: number): string {
  const shown = text
    .slice(0, max * 2)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD')
    .trim()
  // Never half of a character at the end.
  return shown.slice(0, max).toWellFormed().trim()
}
