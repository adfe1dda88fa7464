import { z } from 'zod'
import { assetKinds } from './asset.ts'
import { properties } from './property.ts'

const isSet = (list: readonly string[]) => new Set(list).size === list.length

/**
 * Which properties of which kinds of assets a control protects by itself. One that steers others, such as a policy or
 * an audit, protects nothing by itself: both lists are empty.
 */
export const protectsSchema = z.strictObject({
  properties: z.array(z.enum(properties)).max(properties.length).refine(isSet, { error: 'listed_twice' }),
  kinds: z.array(z.enum(assetKinds)).max(assetKinds.length).refine(isSet, { error: 'listed_twice' }),
})

export type Protects = z.output<typeof protectsSchema>

export const protectsNothing: Protects = { properties: [], kinds: [] }
