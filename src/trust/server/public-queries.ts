import { sql } from 'kysely'
import { z } from 'zod'
import { findDocument } from '../../certificates/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import type { BundleFile } from '../../log/bundle.ts'
import { entryOfVersion, type ProofParts, proofParts } from '../../log/server/prove.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import type { PageDocument } from '../content.ts'
import { claimsOf } from '../content.ts'
import { type Publication, publication } from '../publication.ts'
import { findPublication, latestPublication, publicationOn } from './publication-queries.ts'

type Live = {
  today: Day
  organisation: { en?: string | undefined; ja?: string | undefined }
  number: number
  edition: Publication | null
}

/**
 * Which edition is live, and the edition itself unless the asker has it: what a node of the application asks again
 * and again, so it costs next to nothing when nothing changed.
 */
export const liveEdition: Query<Context, { known: number }, Live> = {
  kind: 'query',
  noun: 'publication',
  action: 'read',
  input: z.strictObject({ known: z.int().min(0) }),
  output: z.custom<Live>(),
  scope: () => 'filtered',
  async run(ctx, { known }) {
    const newest = await ctx.tx
      .selectFrom(rowsOf(ctx, publication, 'p'))
      .select((eb) => eb.fn.max('number').as('number'))
      .executeTakeFirst()
    const number = newest?.number ?? 0
    const { name } = await theOrganisation(ctx)
    const edition = number > known ? await latestPublication(ctx) : null
    return { today: ctx.today, organisation: name, number, edition }
  },
}

type OfDay = { number: number | null; first: { number: number; asOf: Day } | null }

/** The edition for a day, and the one of the earliest day; for addresses that name a day. */
export const editionOfDay: Query<Context, { day: Day }, OfDay> = {
  kind: 'query',
  noun: 'publication',
  action: 'read',
  input: z.strictObject({ day: daySchema }),
  output: z.custom<OfDay>(),
  scope: () => 'filtered',
  async run(ctx, { day }) {
    const first = await ctx.tx
      .selectFrom(rowsOf(ctx, publication, 'p'))
      .select(['number', 'asOf'])
      .orderBy('asOf')
      .limit(1)
      .executeTakeFirst()
    return { number: (await publicationOn(ctx, day))?.number ?? null, first: first ?? null }
  },
}

/** A stylesheet that some edition names; no other object can be had by its digest. */
export const isStylesheet: Query<Context, { digest: string }, boolean> = {
  kind: 'query',
  noun: 'publication',
  action: 'read',
  input: z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  output: z.boolean(),
  scope: () => 'filtered',
  async run(ctx, { digest }) {
    const found = await ctx.tx
      .selectFrom(rowsOf(ctx, publication, 'p'))
      .select('number')
      .where(sql<boolean>`pages -> 'stylesheet' ->> 'digest' = ${digest}`)
      .limit(1)
      .executeTakeFirst()
    return found !== undefined
  },
}

/**
 * A document that an edition offers to everyone and that is still open to everyone. Everything else - restricted,
 * withdrawn, never published, another organisation's - is equally unknown.
 */
export const publicDocument: Query<Context, { digest: string }, PageDocument> = {
  kind: 'query',
  noun: 'publication',
  action: 'read',
  input: z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  output: z.custom<PageDocument>(),
  scope: () => 'filtered',
  async run(ctx, { digest }) {
    const offered = JSON.stringify({
      sections: [{ claims: [{ documents: [{ digest, access: 'public' }] }] }],
    })
    const edition = await ctx.tx
      .selectFrom(rowsOf(ctx, publication, 'p'))
      .select('content')
      .where(sql<boolean>`content @> ${offered}::jsonb`)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    const named = edition
      ? claimsOf(edition.content)
          .flatMap((claim) => claim.documents)
          .find((one) => one.digest === digest && one.access === 'public')
      : undefined
    if (!named) throw notFound('document')
    const now = await findDocument(ctx, named.id)
    const withdrawn = now.withdrawnOn !== null && now.withdrawnOn <= ctx.today
    if (now.distribution !== 'public' || withdrawn || now.digest !== digest) throw notFound('document')
    return named
  },
}

export type EditionProof = { edition: Publication; parts: ProofParts; files: BundleFile[] }

const pageFile = (edition: Publication, language: 'en' | 'ja', entry: number): BundleFile => ({
  name: `${language}/index.html`,
  mediaType: 'text/html',
  sha256: edition.pages[language].digest,
  entry,
  pointer: `/record/pages/${language}/digest`,
  bytes: null,
})

/** The documents that an edition offers: named by digest, so that a downloaded file can be checked against it. */
const documentFiles = (edition: Publication, entry: number): BundleFile[] =>
  edition.content.sections.flatMap((section, s) =>
    section.claims.flatMap((claim, c) =>
      claim.documents.map((one, d) => ({
        name: `documents/${s + 1}-${c + 1}-${d + 1}`,
        mediaType: one.mediaType,
        sha256: one.digest,
        entry,
        pointer: `/record/content/sections/${s}/claims/${c}/documents/${d}/digest`,
        bytes: null,
      })),
    ),
  )

/** Everything that proves an edition: its log entry opened, and the files whose digests the entry contains. */
export const editionProof: Query<Context, { number: number }, EditionProof> = {
  kind: 'query',
  noun: 'publication',
  action: 'read',
  input: z.strictObject({ number: z.int().min(1) }),
  output: z.custom<EditionProof>(),
  scope: () => 'filtered',
  async run(ctx, { number }) {
    const edition = await findPublication(ctx, number)
    const index = await entryOfVersion(
      ctx.tx,
      ctx.organisationId,
      publication.noun,
      edition.id,
      edition.version,
    )
    const parts = await proofParts(ctx.tx, ctx.organisationId, [index])
    const files = [
      pageFile(edition, 'en', index),
      pageFile(edition, 'ja', index),
      ...documentFiles(edition, index),
    ]
    return { edition, parts, files }
  },
}
