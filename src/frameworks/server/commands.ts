import { z } from 'zod'
import { canonicalize, encodeHex, encodeUtf8, sha256 } from '#tlog'
import type { Context } from '../../db/context.ts'
import { save, saveAll } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { adoptedEdition } from '../adopted-edition.ts'
import type { Catalogue } from '../catalogue.ts'
import { canonicalEdition, canonicalLibrary } from '../digest.ts'
import { type OverlayObject, readOverlayBytes } from '../overlay-object.ts'
import { type OverlayRecord, overlayRecord } from '../overlay-record.ts'
import { adoptedEditions, allOverlays, findOverlay } from './queries.ts'

const digestOf = (canonical: string): string => encodeHex(sha256(encodeUtf8(canonical)))

/** Every shipped edition and the common controls, each by its key, with the digest of its wording. */
const shippedDigests = ({ editions, library }: Catalogue): { key: string; digest: string }[] => [
  ...[...editions.values()].map((edition) => ({
    key: edition.key,
    digest: digestOf(canonicalEdition(edition, canonicalize)),
  })),
  { key: library.id, digest: digestOf(canonicalLibrary(library, canonicalize)) },
]

type Adopted = { adopted: string[] }

/**
 * Logs the digest of every shipped edition, and of the common controls, that is new or has changed since it was last logged, so that it can be
 * shown later against which requirements something was judged. Nothing changed, nothing logged.
 */
export const adoptEditions: Command<Context, Record<string, never>, Adopted> = {
  kind: 'command',
  noun: 'edition',
  action: 'adopt',
  input: z.strictObject({}),
  output: z.strictObject({ adopted: z.array(z.string()) }),
  scope: () => 'organisation',
  async run(ctx) {
    const known = new Map((await adoptedEditions(ctx)).map((one) => [one.key, one]))
    const changed = shippedDigests(ctx.catalogue)
      .map(({ key, digest }) => ({ key, digest, before: known.get(key) }))
      .filter(({ digest, before }) => before?.digest !== digest)
      .map(({ key, digest, before }) => ({
        id: before?.id ?? newId(ctx.random),
        version: before?.version ?? 0,
        key,
        digest,
      }))
    await saveAll(ctx, adoptedEdition, 'edition.adopted', changed)
    return { adopted: changed.map(({ key }) => key) }
  },
}

const attachInput = overlayRecord.schema.pick({ editionKey: true, language: true, digest: true })

type AttachInput = z.output<typeof attachInput>

/** The stored overlay, or a refusal when the object is absent, foreign or about something else. */
async function storedOverlay(ctx: Context, input: AttachInput): Promise<OverlayObject> {
  const object = (await ctx.objects.has(input.digest))
    ? readOverlayBytes(await ctx.objects.get(input.digest))
    : null
  const fits =
    object?.organisationId === ctx.organisationId &&
    object.editionKey === input.editionKey &&
    object.language === input.language
  if (!object || !fits) {
    throw new Problem('invalid', 'overlay.not_an_overlay', {}, [
      fieldProblem('/digest', 'overlay.not_an_overlay'),
    ])
  }
  return object
}

/**
 * Attaches licensed text that was checked and stored before. The log learns the digest, the licence holder and how
 * many nodes are covered; the text stays in its object. A second text for the same edition and language replaces
 * the first.
 */
export const attachOverlay: Command<Context, AttachInput, OverlayRecord> = {
  kind: 'command',
  noun: 'overlay',
  action: 'attach',
  input: attachInput,
  output: overlayRecord.schema,
  scope: () => 'organisation',
  async run(ctx, input) {
    const edition = ctx.catalogue.editions.get(input.editionKey)
    if (!edition) {
      refuseInvalid([fieldProblem('/editionKey', 'edition.unknown', { key: input.editionKey })])
    }
    const { licenceHolder, texts } = await storedOverlay(ctx, input)
    const before = (await allOverlays(ctx)).find(
      (one) => one.editionKey === input.editionKey && one.language === input.language,
    )
    if (before && before.digest !== input.digest) ctx.discard(before.digest)
    return save(ctx, overlayRecord, 'overlay.attached', {
      ...input,
      id: before?.id ?? newId(ctx.random),
      version: before?.version ?? 0,
      licenceHolder,
      texts: Object.keys(texts).length,
      removed: false,
    })
  },
}

/**
 * Takes licensed text off, for example because the licence ended: its bytes are deleted. The record, its digest and its
 * history stay, so that what was here can still be shown by whoever holds the text.
 */
export const removeOverlay: Command<Context, { id: Id; version: number }, OverlayRecord> = {
  kind: 'command',
  noun: 'overlay',
  action: 'remove',
  input: z.strictObject({ id: idSchema, version: z.int().min(1) }),
  output: overlayRecord.schema,
  scope: () => 'organisation',
  async run(ctx, { id, version }) {
    const before = await findOverlay(ctx, id)
    if (before.removed) throw new Problem('precondition', 'overlay.removed_already')
    ctx.discard(before.digest)
    return save(ctx, overlayRecord, 'overlay.removed', { ...before, version, removed: true })
  },
}
