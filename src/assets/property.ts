import { z } from 'zod'

/** What of an asset is preserved (ISO/IEC 27000: information security), in the order in which it is always shown. */
export const properties = ['confidentiality', 'integrity', 'availability'] as const

export type Property = (typeof properties)[number]
export type PerProperty<T> = Record<Property, T>

/** Schema of one thing for each property. */
export const perProperty = <Type extends z.ZodType>(one: Type) =>
  z.strictObject({ confidentiality: one, integrity: one, availability: one })

/** One thing for each property. */
export const forEach = <T>(make: (property: Property) => T): PerProperty<T> => ({
  confidentiality: make('confidentiality'),
  integrity: make('integrity'),
  availability: make('availability'),
})

/** Numbers of levels; each organisation's scale says which of them it has. */
export const levelNumber = z.int().min(1).max(7)
