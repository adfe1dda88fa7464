import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { findEntity } from '../../organisation/server/queries.ts'
import { type Asset, asset } from '../asset.ts'
import { levelNumber } from '../property.ts'
import { aroundOf, problemsAround } from './around.ts'
import { refuseNeeded } from './ending.ts'
import { assetsById } from './queries.ts'

const shape = asset.schema.shape
const level = levelNumber.nullable().optional()

const input = z.strictObject({
  /** The chosen assets, each at the version that was looked at. */
  items: z
    .array(z.strictObject({ id: idSchema, version: z.int().min(1) }))
    .min(1)
    .max(500),
  /** What all of them are to be; what is absent stays. */
  change: z.strictObject({
    entityId: shape.entityId.optional(),
    ownerId: shape.ownerId.optional(),
    classification: shape.classification.optional(),
    value: z.strictObject({ confidentiality: level, integrity: level, availability: level }).optional(),
    personalData: z.boolean().optional(),
    cardData: z.boolean().optional(),
    inUseTo: shape.inUseTo.optional(),
  }),
  reason: plainText(2000).nullable().default(null),
})

type Input = z.output<typeof input>

const fates = ['changed', 'unchanged', 'refused'] as const

const output = z.strictObject({
  counts: z.record(z.enum(fates), z.int()),
  rows: z.array(
    z.strictObject({
      id: idSchema,
      key: z.string(),
      fate: z.enum(fates),
      problems: z.array(
        z.strictObject({
          pointer: z.string(),
          code: z.string(),
          params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      ),
    }),
  ),
})

type Output = z.output<typeof output>

/** The fields that are given, laid over an asset. */
function changed(one: Asset, { value, ...rest }: Input['change']): Asset {
  const given = Object.fromEntries(Object.entries(rest).filter(([, each]) => each !== undefined))
  const levels = Object.fromEntries(Object.entries(value ?? {}).filter(([, each]) => each !== undefined))
  return { ...one, ...given, value: { ...one.value, ...levels } }
}

type Row = { before: Asset; after: Asset; problems: FieldProblem[] }

const isSame = ({ before, after }: Row) => JSON.stringify(before) === JSON.stringify(after)

const fateOf = (row: Row): (typeof fates)[number] =>
  row.problems.length > 0 ? 'refused' : isSame(row) ? 'unchanged' : 'changed'

const itemsOf = ({ items }: Input) => [...new Map(items.map((item) => [item.id, item])).values()]

/** Ids that name nothing here refuse all: they were never on the reader's page. */
async function chosen(ctx: Context, wanted: Input): Promise<Asset[]> {
  const items = itemsOf(wanted)
  const found = await assetsById(
    ctx,
    items.map((item) => item.id),
  )
  if (found.length < items.length) throw new Problem('not_found', 'record.not_found', { noun: 'asset' })
  return found
}

/**
 * Changes the same fields of many assets and says of each what became of it. One that somebody changed meanwhile, or that
 * the change would break, is refused by itself.
 */
export const changeAssets: Command<Context, Input, Output> = {
  kind: 'command',
  noun: 'asset',
  action: 'update',
  input,
  output,
  async scope(ctx, wanted) {
    const entities = new Set((await chosen(ctx, wanted)).map((one) => one.entityId))
    const { entityId } = wanted.change
    if (entityId !== undefined) entities.add((await findEntity(ctx, entityId)).id)
    return { entities: [...entities] }
  },
  async run(ctx, wanted) {
    if (Object.keys(wanted.change).length === 0)
      refuseInvalid([fieldProblem('/change', 'asset.nothing_to_change')])
    const versions = new Map(wanted.items.map((item) => [item.id, item.version]))
    const rows = (await chosen(ctx, wanted)).map((one): Row => {
      const before = asset.schema.parse(one)
      const stale = before.version !== versions.get(before.id)
      return {
        ...{ before, after: changed(before, wanted.change) },
        problems: stale ? [fieldProblem('', 'asset.changed_meanwhile', { key: before.key })] : [],
      }
    })
    const around = await aroundOf(
      ctx,
      rows.map((row) => row.after),
    )
    for (const row of rows) if (!isSame(row)) row.problems.push(...problemsAround(row.after, around))
    const changing = rows.filter((row) => fateOf(row) === 'changed').map((row) => row.after)
    if (wanted.reason === null) await refuseNeeded(ctx, changing)
    await saveAll(ctx, asset, 'asset.updated', changing, wanted.reason)
    const count = (fate: (typeof fates)[number]) => rows.filter((row) => fateOf(row) === fate).length
    return {
      counts: { changed: count('changed'), unchanged: count('unchanged'), refused: count('refused') },
      rows: rows.map((row) => ({
        ...{ id: row.before.id, key: row.before.key, fate: fateOf(row) },
        problems: row.problems,
      })),
    }
  },
}
