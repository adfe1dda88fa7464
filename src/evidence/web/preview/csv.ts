export type Table = { head: string[]; rows: string[][]; cut: boolean }

const mostRows = 500
const mostColumns = 60

/** The sign between cells: the one that stands most often in the first line, outside quotes. */
function separatorOf(text: string): string {
  const line =
    text
      .slice(0, 4096)
      .split('\n')[0]
      ?.replaceAll(/"[^"]*"/g, '') ?? ''
  const count = (sign: string) => line.split(sign).length
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/**
 * Reads comma-separated text (RFC 4180) leniently, to be looked at: a quote that never closes ends with the text, lines
 * may differ in length. Rows and columns beyond what a screen holds are left out.
 */
export function readCsv(source: string): Table {
  const text = source.replace(/^\uFEFF/, '')
  const separator = separatorOf(text)
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  const cell = (value: string) => {
    if (row.length < mostColumns) row.push(value)
  }
  const line = () => {
    if (row.some((value) => value !== '')) rows.push(row)
    row = []
  }
  while (at < text.length && rows.length <= mostRows) {
    let value = ''
    if (text[at] === '"') {
      let end = at + 1
      for (;;) {
        const quote = text.indexOf('"', end)
        if (quote < 0) {
          value += text.slice(end)
          at = text.length
          break
        }
        value += text.slice(end, quote)
        if (text[quote + 1] !== '"') {
          at = quote + 1
          break
        }
        value += '"'
        end = quote + 2
      }
    }
    let stop = at
    while (stop < text.length && text[stop] !== separator && text[stop] !== '\n' && text[stop] !== '\r')
      stop++
    cell(value + text.slice(at, stop))
    if (text[stop] === separator) {
      at = stop + 1
      if (at === text.length) cell('')
      continue
    }
    line()
    at = stop + (text.startsWith('\r\n', stop) ? 2 : 1)
  }
  if (row.length > 0) line()
  const [head = [], ...body] = rows
  return { head, rows: body.slice(0, mostRows), cut: body.length >= mostRows && at < text.length }
}
