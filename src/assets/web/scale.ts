import { useRead } from '../../web/data.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { ScaleAnswer } from './shapes.ts'

/** The scale by which assets are valued, with the words for its levels and classifications. */
export function useScale() {
  const format = useFormat()
  const { data } = useRead<ScaleAnswer>('/api/asset-scale')
  const levels = data?.levels ?? []
  const classifications = data?.classifications ?? []
  return {
    scale: data ?? null,
    level: (number: number | null): string => {
      const level = levels.find((one) => one.number === number)
      return level ? `${level.number} ${format.text(level.name)}` : String(number ?? '')
    },
    classification: (key: string | null): string => {
      const found = classifications.find((one) => one.key === key)
      return found ? format.text(found.name) : (key ?? '')
    },
    levels: levels.map((one) => ({
      value: String(one.number),
      label: `${one.number} ${format.text(one.name)}`,
    })),
    classifications: classifications.map((one) => ({ value: one.key, label: format.text(one.name) })),
  }
}

export type ScaleWords = ReturnType<typeof useScale>
