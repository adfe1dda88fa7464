import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { Problem } from '../../kernel/error.ts'
import { requirementKinds } from '../edition.ts'
import { bilingualSchema, keySchema } from '../fields.ts'
import { mappingSchema, origins } from '../mapping.ts'
import { schemeSchema } from '../scheme.ts'
import { searchRequirements } from '../search.ts'
import { findEdition } from './queries.ts'

const hitSchema = z.strictObject({
  editionKey: keySchema,
  id: z.string(),
  kind: z.enum(requirementKinds),
  titles: bilingualSchema,
  rank: z.int(),
})

const searchInput = z.strictObject({
  q: z.string().max(10_000),
  edition: keySchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Requirements whose id or title matches, over all editions or in one. */
export const searchEditions: Query<
  Context,
  z.output<typeof searchInput>,
  { items: z.output<typeof hitSchema>[] }
> = {
  kind: 'query',
  noun: 'edition',
  action: 'read',
  input: searchInput,
  output: z.strictObject({ items: z.array(hitSchema) }),
  scope: () => 'filtered',
  run: async (ctx, { q, edition, limit }) => ({
    items: searchRequirements(ctx.catalogue.search, q, {
      limit,
      ...(edition === undefined ? {} : { editionKeys: [edition] }),
    }),
  }),
}

const originSchema = z.strictObject({
  id: z.string(),
  origin: z.enum(['new', 'updated', 'merged']),
  from: z.array(z.string()).readonly(),
})

const mappingAnswer = mappingSchema.extend({ origins: z.array(originSchema) })

/** Where each requirement of an edition went in its successor, and where each of the successor's came from. */
export const getMapping: Query<Context, { from: string; to: string }, z.output<typeof mappingAnswer>> = {
  kind: 'query',
  noun: 'edition',
  action: 'read',
  input: z.strictObject({ from: keySchema, to: keySchema }),
  output: mappingAnswer,
  scope: () => 'filtered',
  async run(ctx, { from, to }) {
    const mapping = ctx.catalogue.mappings.find((one) => one.from === from && one.to === to)
    if (!mapping) throw new Problem('not_found', 'mapping.unknown', { from, to })
    return { ...mapping, origins: origins(mapping, findEdition(ctx, to)) }
  },
}

/** The certificate schemes with their rules, each rule with its source. */
export const listSchemes: Query<
  Context,
  Record<string, never>,
  { items: z.output<typeof schemeSchema>[] }
> = {
  kind: 'query',
  noun: 'edition',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(schemeSchema) }),
  scope: () => 'filtered',
  run: async (ctx) => ({ items: [...ctx.catalogue.schemes.values()] }),
}
