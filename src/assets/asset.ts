import { z } from 'zod'
import { dataKey } from '../kernel/data-key.ts'
import { formerSchema } from '../kernel/dated.ts'
import { type Day, daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { holdsOn } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText, plainText } from '../kernel/text.ts'
import { keySchema } from '../organisation/entity.ts'
import { levelNumber, perProperty } from './property.ts'

export const assetKinds = ['information', 'system', 'service', 'site', 'supplier', 'people'] as const

export type AssetKind = (typeof assetKinds)[number]

const overrideSchema = z.strictObject({ level: levelNumber, reason: plainText(1000) })

const retentionSchema = z.strictObject({ months: z.int().min(1).max(1200), basis: localText(1000) })

export type Retention = z.output<typeof retentionSchema>

/** Something the organisation protects, and of which a check can speak (ISO/IEC 27001 A.5.9, A.5.12). */
export const asset = recordType('asset', 'asset', {
  key: keySchema,
  name: localText(200),
  description: localText(4000).nullable(),
  kind: z.enum(assetKinds),
  entityId: idSchema,
  /** The services that it takes part in: they decide in whose scope it lies. */
  serviceIds: z.array(idSchema).max(200),
  ownerId: idSchema.nullable(),
  /** One of the classifications of the organisation's scale. */
  classification: dataKey.max(40).nullable(),
  /** What it is worth by itself, in levels of the organisation's scale; null is not said. */
  value: perProperty(levelNumber.nullable()),
  /** Stands instead of its own value and of all that it would inherit. */
  override: perProperty(overrideSchema.nullable()),
  personalData: z.boolean(),
  cardData: z.boolean(),
  location: localText(200).nullable(),
  retention: retentionSchema.nullable(),
  /** The assets that it needs: they are worth at least as much as it is. */
  dependsOn: z.array(idSchema).max(500),
  /** What tools call it: host names, addresses, account numbers. */
  identifiers: z.array(lineText(300)).max(50),
  inUseFrom: daySchema.nullable(),
  inUseTo: daySchema.nullable(),
  former: formerSchema({ ownerId: idSchema.nullable() }),
})

export type Asset = RecordOf<typeof asset>

/** What a new asset says of itself where nobody says anything. */
export const unsaid = {
  description: null,
  serviceIds: [],
  ownerId: null,
  classification: null,
  value: { confidentiality: null, integrity: null, availability: null },
  override: { confidentiality: null, integrity: null, availability: null },
  personalData: false,
  cardData: false,
  location: null,
  retention: null,
  dependsOn: [],
  identifiers: [],
  inUseFrom: null,
  inUseTo: null,
} satisfies Partial<Asset>

export const isInUse = (one: Pick<Asset, 'inUseFrom' | 'inUseTo'>, day: Day): boolean =>
  holdsOn({ from: one.inUseFrom, to: one.inUseTo }, day)

/** Tools differ in case and white space when they name the same thing. The SQL function `identifier_forms` does the same. */
export const identifierForm = (text: string): string =>
  text
    .trim()
    .normalize('NFKC')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** What is wrong with an asset by itself. */
export function assetProblems(one: Asset): FieldProblem[] {
  const forms = one.identifiers.map(identifierForm)
  return [
    ...(one.inUseFrom && one.inUseTo && one.inUseTo < one.inUseFrom
      ? [fieldProblem('/inUseTo', 'interval.end_before_start', { from: one.inUseFrom, to: one.inUseTo })]
      : []),
    ...forms.flatMap((form, index) =>
      forms.indexOf(form) < index ? [fieldProblem(`/identifiers/${index}`, 'asset.identifier_twice')] : [],
    ),
    ...one.dependsOn.flatMap((id, index) => {
      if (id === one.id) return [fieldProblem(`/dependsOn/${index}`, 'asset.depends_on_itself')]
      return one.dependsOn.indexOf(id) < index
        ? [fieldProblem(`/dependsOn/${index}`, 'asset.dependency_twice')]
        : []
    }),
  ]
}
