import { z } from 'zod'
import { dataKey } from '../kernel/data-key.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { levelNumber, perProperty } from './property.ts'

export const assetLevelSchema = z.strictObject({
  number: levelNumber,
  name: localText(60),
  /** What would have to be true of an asset for this level, so that two people choose the same. */
  anchors: perProperty(localText(1000)),
  /** How many effective controls are expected to protect an asset of this level in each property. */
  needs: z.int().min(0).max(500),
})

export type AssetLevel = z.output<typeof assetLevelSchema>

const classificationSchema = z.strictObject({
  key: dataKey.max(40),
  name: localText(60),
  handling: localText(2000),
})

export type Classification = z.output<typeof classificationSchema>

/** How an organisation says what its assets are worth (ISO/IEC 27001 A.5.9, A.5.12): one for each organisation. */
export const assetScale = recordType('asset-scale', 'asset_scale', {
  levels: z.array(assetLevelSchema).min(2).max(7),
  classifications: z.array(classificationSchema).max(12),
})

export type AssetScale = RecordOf<typeof assetScale>
export type ScaleFacts = Pick<AssetScale, 'levels' | 'classifications'>

/** Levels rise in number and never ask for less than the one below; no classification is there twice. */
export function scaleProblems({ levels, classifications }: ScaleFacts): FieldProblem[] {
  const keys = classifications.map((one) => one.key)
  return [
    ...levels.flatMap((level, index) => {
      const below = levels[index - 1]
      if (!below) return []
      return [
        ...(level.number <= below.number
          ? [fieldProblem(`/levels/${index}/number`, 'asset-scale.level_order', { below: below.number })]
          : []),
        ...(level.needs < below.needs
          ? [fieldProblem(`/levels/${index}/needs`, 'asset-scale.needs_fall', { below: below.needs })]
          : []),
      ]
    }),
    ...keys.flatMap((key, index) =>
      keys.indexOf(key) < index
        ? [fieldProblem(`/classifications/${index}/key`, 'asset-scale.classification_twice', { key })]
        : [],
    ),
  ]
}
