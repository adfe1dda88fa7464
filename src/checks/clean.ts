/** What a tool printed, made fit for one line: colours go, and control, direction and invisible characters show as U+FFFD. */
export function cleanLine(text: string, max: number): string {
  const shown = text
    .slice(0, max * 4)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of terminals begin with one
    .replace(/\u001b\[[0-9;]{0,20}[A-Za-z]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD')
    .trim()
  // Never half of a character at the end.
  return shown.slice(0, max).toWellFormed().trim()
}
