import type { Day } from '../../kernel/day.ts'
import { isReviewed, type PageText, pageText, wordingDigest } from '../../trust/page-text.ts'
import { publication } from '../../trust/publication.ts'
import { publish } from '../../trust/server/publish.ts'
import { createText, reviewText, updateText } from '../../trust/server/text-commands.ts'
import { bring, everyRecord, idOf, locatedAt, noteLeft, type Run, within } from './run.ts'
import type { TextPart } from './schema.ts'

const placeKey = (section: string, place: number, from: Day | null) =>
  `${section}/${place}${from ? `@${from}` : ''}`

const keyOf = (text: PageText) => placeKey(text.section, text.place, text.effectiveFrom)

/** A text is known by its place and first day; one that is alone at its place is known by the place. */
function presentText(
  part: TextPart,
  parts: readonly TextPart[],
  present: readonly PageText[],
): PageText | undefined {
  const here = present.filter((one) => one.section === part.section && one.place === part.place)
  const exact = here.find((one) => one.effectiveFrom === part.effective.from)
  const alone = parts.filter((one) => one.section === part.section && one.place === part.place).length === 1
  return exact ?? (alone && here.length === 1 ? here[0] : undefined)
}

export async function bringTexts(run: Run): Promise<void> {
  const { ctx, programme } = run
  const present = await everyRecord(ctx, pageText)
  const named: string[] = []
  for (const [at, part] of programme.texts.entries()) {
    const path = ['texts', at]
    const { section, place, title, body, effective } = part
    const after = { section, place, title, body, effectiveFrom: effective.from, effectiveTo: effective.to }
    const before = presentText(part, programme.texts, present)
    if (before) named.push(keyOf(before))
    const saved = await bring<PageText>(run, {
      ...{ noun: 'page_text', key: placeKey(section, place, effective.from), path, before, after },
      create: () => within(ctx, createText, after),
      update: ({ id, version }) => within(ctx, updateText, { id, version, ...after }),
    })
    await bringReview(run, part, saved, path)
  }
  noteLeft(run, 'page_text', present.map(keyOf), named)
}

/** A review is the named person's own act: for anybody else it waits. */
async function bringReview(run: Run, part: TextPart, text: PageText, path: PropertyKey[]): Promise<void> {
  if (part.reviewedBy === null || isReviewed(text)) return
  const reviewer = await idOf(run, 'person', part.reviewedBy, [...path, 'reviewedBy'])
  const mine = run.ctx.actor.kind === 'person' && run.ctx.actor.id === reviewer
  const key = `${placeKey(part.section, part.place, part.effective.from)} ${part.reviewedBy}`
  run.changes.push({ action: mine ? 'create' : 'waiting', noun: 'review', key, fields: [] })
  if (!mine) return
  const { id, version } = text
  await locatedAt(run, path, () => within(run.ctx, reviewText, { id, version, digest: wordingDigest(text) }))
}

/** Publishes the days that the file names and that were never published, once nothing waits for a review. */
export async function bringPublications(run: Run): Promise<void> {
  const { ctx, programme, changes } = run
  const published = new Set((await everyRecord(ctx, publication)).map((one) => one.asOf))
  const unreviewed = (await everyRecord(ctx, pageText)).some((one) => !isReviewed(one))
  const inOrder = programme.publications
    .map((part, at) => ({ part, at }))
    .sort((a, b) => (a.part.asOf < b.part.asOf ? -1 : 1))
  for (const { part, at } of inOrder) {
    if (published.has(part.asOf)) {
      changes.push({ action: 'unchanged', noun: 'publication', key: part.asOf, fields: [] })
      continue
    }
    const waits = unreviewed || run.missing.size > 0 || part.asOf > ctx.today
    changes.push({ action: waits ? 'waiting' : 'create', noun: 'publication', key: part.asOf, fields: [] })
    if (!waits) await locatedAt(run, ['publications', at], () => within(ctx, publish, part))
    published.add(part.asOf)
  }
}
