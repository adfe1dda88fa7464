import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { evidence } from '../../evidence/evidence.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type LocalText, localText } from '../../kernel/language.ts'
import { namedSchema, peopleNamed } from '../../people/server/name-queries.ts'
import type { SoaRow } from '../soa-version.ts'

/** What the ids and references of rows are called. */
export const labelsSchema = z.strictObject({
  controls: z.array(
    z.strictObject({
      reference: z.string(),
      title: localText(400),
      /** The theme or domain that it belongs to. */
      group: z.strictObject({ id: z.string(), title: localText(400) }).nullable(),
    }),
  ),
  people: z.array(namedSchema),
  evidence: z.array(z.strictObject({ id: idSchema, title: z.string() })),
})

export type Labels = z.output<typeof labelsSchema>

async function titlesOf(ctx: Context, ids: readonly Id[]) {
  if (ids.length === 0) return []
  return ctx.tx
    .selectFrom(rowsOf(ctx, evidence, 'e'))
    .select(['id', 'title'])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
}

/** Names for rows of one edition: two queries, however many rows. */
export async function labelsOf(
  ctx: Context,
  tables: readonly (readonly SoaRow[])[],
  editionKey: string,
  /** People beside the owners in the rows. */
  more: readonly Id[] = [],
): Promise<Labels> {
  const rows = tables.flat()
  const edition = ctx.catalogue.editions.get(editionKey)
  const titleOf = (id: string): LocalText => ({
    en: edition?.locales.en.titles[id] ?? id,
    ja: edition?.locales.ja.titles[id] ?? id,
  })
  const nodes = new Map(edition?.requirements.map((node) => [node.id, node]))
  const control = (row: SoaRow): Labels['controls'][number] => {
    const node = row.edition === null ? undefined : nodes.get(row.reference)
    const parent = node?.parent ?? null
    return {
      reference: row.reference,
      title: node ? titleOf(row.reference) : (row.controls[0]?.name ?? { en: row.reference }),
      group: parent === null ? null : { id: parent, title: titleOf(parent) },
    }
  }
  const owners = [...new Set([...more, ...rows.flatMap((row) => row.ownerIds)])].sort()
  const nameOf = await peopleNamed(ctx, owners)
  const controls = new Map(rows.map((row) => [row.reference, control(row)]))
  return {
    controls: [...controls.values()],
    people: owners.flatMap((id) => nameOf(id) ?? []),
    evidence: await titlesOf(ctx, [...new Set(rows.flatMap((row) => row.evidenceIds))]),
  }
}
