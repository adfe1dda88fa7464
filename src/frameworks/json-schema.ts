import { z } from 'zod'
import { frameworkSchema, localeSchema, requirementsSchema, testingProceduresSchema } from './edition.ts'
import { librarySchema, linksSchema } from './library.ts'
import { mappingSchema } from './mapping.ts'
import { periodicActivitiesSchema } from './periodic.ts'
import { schemeSchema } from './scheme.ts'

/** Every kind of file in the frameworks folder, with the schema it must meet. */
export const fileSchemas = {
  framework: frameworkSchema,
  requirements: requirementsSchema,
  locale: localeSchema,
  testingProcedures: testingProceduresSchema,
  periodicActivities: periodicActivitiesSchema,
  mapping: mappingSchema,
  scheme: schemeSchema,
  library: librarySchema,
  links: linksSchema,
} as const

/** The published JSON Schema (2020-12): a file of the folder is valid when it meets one of the definitions. */
export function frameworksJsonSchema(): Record<string, unknown> {
  const names = Object.keys(fileSchemas) as (keyof typeof fileSchemas)[]
  const definitions = names.map((name) => {
    const { $schema: _, ...definition } = z.toJSONSchema(fileSchemas[name], { target: 'draft-2020-12' })
    return [name, definition] as const
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Framework editions, mappings, certificate schemes and common controls',
    oneOf: names.map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: Object.fromEntries(definitions),
  }
}
