import { z } from 'zod'
import { asset } from '../../assets/asset.ts'
import { forEach, levelNumber, type PerProperty } from '../../assets/property.ts'
import { assetScale } from '../../assets/scale.ts'
import { keySchema } from '../../organisation/entity.ts'
import { formerPart, orNull, period } from './schema-parts.ts'

const fields = asset.schema.shape

/** For each property something, or nothing where the file leaves it out. */
const perProperty = <Type extends z.ZodType>(one: Type) =>
  z
    .strictObject({
      confidentiality: orNull(one),
      integrity: orNull(one),
      availability: orNull(one),
    })
    .default(forEach(() => null) as PerProperty<null>)

export const assetPart = z.strictObject({
  key: keySchema,
  name: fields.name,
  description: orNull(fields.description.unwrap()),
  kind: fields.kind,
  entity: keySchema,
  services: z.array(keySchema).max(200).default([]),
  owner: orNull(keySchema),
  former: formerPart,
  classification: orNull(fields.classification.unwrap()),
  value: perProperty(levelNumber),
  override: perProperty(fields.override.shape.confidentiality.unwrap()),
  personalData: z.boolean().default(false),
  cardData: z.boolean().default(false),
  location: orNull(fields.location.unwrap()),
  retention: orNull(fields.retention.unwrap()),
  dependsOn: z.array(keySchema).max(500).default([]),
  identifiers: fields.identifiers.default([]),
  inUse: period,
})

/** The scale by which assets are valued; a file without one leaves it alone. */
export const assetScalePart = assetScale.schema.omit({ id: true, version: true })

export type AssetPart = z.output<typeof assetPart>
export type AssetScalePart = z.output<typeof assetScalePart>
