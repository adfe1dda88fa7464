import { inLanguage, type Language } from '../../kernel/language.ts'
import type { RiskMethod } from '../../risks/method.ts'
import type { Standing } from '../../risks/standing.ts'
import { escaped } from '../markup.ts'
import type { FigureBlock } from '../report.ts'

/** The colours of print: light enough for ink on top, and in order of darkness too, so that grey print keeps the order. */
const fills = { low: '#e3efe6', moderate: '#f6ecc9', high: '#efcfa8', severe: '#dfa39a' } as const

const cell = { width: 92, height: 40 }
const left = 110
const bottom = 34

type Words = { alt: string; caption: string; likelihood: string; consequence: string }

/** How many open risks stand in each field of the matrix now; judged by another version of the method, they are left out. */
export function heatMap(
  risks: readonly { standing: Standing }[],
  method: RiskMethod,
  language: Language,
  words: Words,
): FigureBlock {
  const counts = new Map<string, number>()
  for (const { standing } of risks) {
    const value = standing.method?.id === method.id ? standing.view.assessment?.current : undefined
    if (value === undefined) continue
    const key = `${value.likelihood} ${value.consequence}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const rows = method.likelihood.length
  const columns = method.consequence.length
  const width = left + columns * cell.width
  const height = rows * cell.height + bottom
  const parts: string[] = []
  method.matrix.forEach((row, likelihood) => {
    const y = (rows - 1 - likelihood) * cell.height
    const name = escaped(inLanguage(method.likelihood[likelihood]?.name ?? {}, language))
    parts.push(`<text x="${left - 8}" y="${y + 25}" text-anchor="end" font-size="11">${name}</text>`)
    row.forEach((band, consequence) => {
      const x = left + consequence * cell.width
      const tone = method.bands[band]?.tone ?? 'low'
      const count = counts.get(`${likelihood} ${consequence}`)
      parts.push(
        `<rect x="${x}" y="${y}" width="${cell.width}" height="${cell.height}" fill="${fills[tone]}" stroke="#ffffff"/>`,
        ...(count === undefined
          ? []
          : [
              `<text x="${x + cell.width / 2}" y="${y + 26}" text-anchor="middle" font-size="16">${count}</text>`,
            ]),
      )
    })
  })
  method.consequence.forEach((one, index) => {
    const x = left + index * cell.width + cell.width / 2
    parts.push(
      `<text x="${x}" y="${rows * cell.height + 18}" text-anchor="middle" font-size="11">${escaped(inLanguage(one.name, language))}</text>`,
    )
  })
  return {
    kind: 'figure',
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Inter, Noto Sans JP, system-ui, sans-serif" fill="#1d1c1a">${parts.join('')}</svg>`,
    alt: words.alt,
    widthShare: 0.62,
    caption: words.caption,
  }
}
