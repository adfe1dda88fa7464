import type { z } from 'zod'

type Definition = {
  type: string
  shape?: Record<string, z.core.$ZodType>
  element?: z.core.$ZodType
  items?: z.core.$ZodType[]
  options?: z.core.$ZodType[]
  innerType?: z.core.$ZodType
  in?: z.core.$ZodType
  out?: z.core.$ZodType
  left?: z.core.$ZodType
  right?: z.core.$ZodType
  keyType?: z.core.$ZodType
  valueType?: z.core.$ZodType
  getter?: () => z.core.$ZodType
}

/** Every field that a schema can hold, by its path; recursion is followed once. */
export function fieldsIn(schema: z.core.$ZodType, path = '', seen: readonly unknown[] = []): string[] {
  if (seen.includes(schema)) return []
  const inside = [...seen, schema]
  const def = schema._zod.def as unknown as Definition
  const own = Object.entries(def.shape ?? {}).flatMap(([name, inner]) => {
    const here = path === '' ? name : `${path}.${name}`
    return [here, ...fieldsIn(inner, here, inside)]
  })
  const parts = [
    def.element,
    def.innerType,
    def.in,
    def.out,
    def.left,
    def.right,
    def.valueType,
    def.getter?.(),
    ...(def.items ?? []),
    ...(def.options ?? []),
  ]
  return [...own, ...parts.flatMap((part) => (part ? fieldsIn(part, path, inside) : []))]
}

/** The kinds of schema inside which nothing is known about the fields. */
export function openIn(schema: z.core.$ZodType, path = '', seen: readonly unknown[] = []): string[] {
  if (seen.includes(schema)) return []
  const inside = [...seen, schema]
  const def = schema._zod.def as unknown as Definition & { catchall?: z.core.$ZodType }
  if (['any', 'unknown', 'custom'].includes(def.type)) return [`${path}: ${def.type}`]
  if (def.type === 'object' && def.catchall?._zod.def.type !== 'never') return [`${path}: open object`]
  const own = Object.entries(def.shape ?? {}).flatMap(([name, inner]) =>
    openIn(inner, path === '' ? name : `${path}.${name}`, inside),
  )
  const parts = [
    def.element,
    def.innerType,
    def.in,
    def.out,
    def.left,
    def.right,
    def.valueType,
    def.getter?.(),
  ]
  return [
    ...own,
    ...[...parts, ...(def.items ?? []), ...(def.options ?? [])].flatMap((part) =>
      part ? openIn(part, path, inside) : [],
    ),
  ]
}
