import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isDay } from '../kernel/day.ts'
import { type Language, languages } from '../kernel/language.ts'
import type { Prover } from '../log/server/prove.ts'
import { attachmentNamed, slugOf } from '../trust/document-address.ts'
import { atomFeed, trustCenter } from '../trust/feed.ts'
import { editionOfDay, editionProof, isStylesheet, publicDocument } from '../trust/server/public-queries.ts'
import { diffPublications, getPublication, listPublications } from '../trust/server/publication-queries.ts'
import { currentStylesheet } from '../trust/server/stylesheet.ts'
import { archivePage, beforeFirstPage, changesPage, unpublishedPage } from '../trust/views.ts'
import { answer } from './execute.ts'
import { keepSites, type Sites, served } from './public-cache.ts'
import { registerIcons } from './public-icon.ts'
import { sendFile, sendPage, sendServed } from './public-reply.ts'
import { registerRequestRoutes } from './public-request-http.ts'
import { preferredLanguage, rememberHosts } from './public-site.ts'
import { missing, orMissing, type PublicSite, visit } from './public-visit.ts'
import type { Caller, Runtime } from './runtime.ts'

const onlyNumber = /^[1-9]\d{0,8}$/

type Query = Record<string, unknown>

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The live page. The usual case touches neither the database nor the disk and waits for nothing. */
function livePage(app: FastifyInstance, parts: PublicSite, language: Language): void {
  app.get(`/${language}/`, async (request, reply) => {
    const organisationId = await parts.hosts(request)
    const site = parts.sites.fresh(organisationId) ?? (await parts.sites.of(organisationId))
    if (request.url.includes('?')) {
      const other = await elsewhere(parts, request, reply, language)
      if (other) return other
    }
    if (!site.live) return sendPage(reply, 404, unpublishedPage((await visit(parts, request, language)).view))
    return sendServed(request, reply, site.live.pages[language], 'no-cache')
  })
}

/** `?date=` leads to the edition of that day and `?edition=` to that edition, in this language. */
async function elsewhere(
  parts: PublicSite,
  request: FastifyRequest,
  reply: FastifyReply,
  language: Language,
) {
  const query = request.query as Query
  const [date, edition] = [text(query.date), text(query.edition)]
  const go = (address: string) => reply.header('cache-control', 'no-cache').redirect(address, 302)
  if (edition !== null && onlyNumber.test(edition)) {
    const at = await visit(parts, request, language)
    return go(
      Number(edition) === at.site.live?.edition.number ? `/${language}/` : `/${language}/archive/${edition}/`,
    )
  }
  if (date === null) return null
  const at = await visit(parts, request, language)
  if (!isDay(date)) return missing(reply, at)
  const { number, first } = await answer(parts.runtime, at.caller, editionOfDay, { day: date })
  if (number !== null) return go(`/${language}/archive/${number}/`)
  return sendPage(reply, 404, first ? beforeFirstPage(at.view, date, first.asOf) : unpublishedPage(at.view))
}

async function allEditions(parts: PublicSite, caller: Caller, most: number) {
  const items = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listPublications.run>> = await answer(
      parts.runtime,
      caller,
      listPublications,
      {
        limit: Math.min(200, most),
        ...(cursor === null ? {} : { cursor }),
      },
    )
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null && items.length < most)
  return items
}

/** The archive: every edition for ever, what changed between two, and their proofs. */
function archive(app: FastifyInstance, parts: PublicSite, language: Language): void {
  const { runtime } = parts
  app.get(`/${language}/archive/`, async (request, reply) => {
    const at = await visit(parts, request, language)
    return sendPage(reply, 200, archivePage(at.view, await allEditions(parts, at.caller, 10_000)))
  })

  app.get(`/${language}/archive/:number/`, async (request, reply) => {
    const { number } = request.params as { number: string }
    const at = await visit(parts, request, language)
    if (!onlyNumber.test(number)) return missing(reply, at)
    return orMissing(reply, at, async () => {
      const { pages } = await answer(runtime, at.caller, getPublication, { number })
      const { digest } = pages[language]
      const bytes = Buffer.from(await runtime.objects.get(digest))
      const etag = `"${digest.slice(0, 32)}"`
      const page = { bytes, etag }
      return sendServed(request, reply, { identity: page, gzip: page, br: page }, 'public, max-age=86400')
    })
  })

  app.get(`/${language}/archive/:from/:number/`, async (request, reply) => {
    const { from, number } = request.params as { from: string; number: string }
    const at = await visit(parts, request, language)
    if (!onlyNumber.test(from) || !onlyNumber.test(number)) return missing(reply, at)
    return orMissing(reply, at, async () => {
      const [before, after] = [
        await answer(runtime, at.caller, getPublication, { number: from }),
        await answer(runtime, at.caller, getPublication, { number }),
      ]
      const { changes } = await answer(runtime, at.caller, diffPublications, { from, number })
      return sendPage(reply, 200, changesPage(at.view, before, after, changes))
    })
  })
}

/** The proof bundle of an edition, with the page's own bytes in it. */
function proofs(app: FastifyInstance, parts: PublicSite, language: Language): void {
  const { runtime, prove } = parts
  const send = async (request: FastifyRequest, reply: FastifyReply, wanted: string | null) => {
    const at = await visit(parts, request, language)
    const number = wanted ?? String(at.site.live?.edition.number ?? '')
    if (!prove || !onlyNumber.test(number)) return missing(reply, at)
    return orMissing(reply, at, async () => {
      const {
        edition,
        parts: proofParts,
        files,
      } = await answer(runtime, at.caller, editionProof, {
        number: Number(number),
      })
      const pages = await Promise.all(
        files.map(async (file) =>
          file.mediaType === 'text/html' ? { ...file, bytes: await runtime.objects.get(file.sha256) } : file,
        ),
      )
      const predicate = { number: edition.number, asOf: edition.asOf, publishedAt: edition.publishedAt }
      const bytes = await prove(proofParts, {
        files: pages,
        envelope: { predicateType: 'https://assay.example/publication/v1', predicate },
      })
      const disposition = `attachment; filename="edition-${number}.grcproof"`
      return sendFile(reply, { bytes, type: 'application/zip', disposition, cache: 'no-cache' })
    })
  }
  app.get(`/${language}/page.grcproof`, (request, reply) => send(request, reply, null))
  app.get(`/${language}/archive/:number/page.grcproof`, (request, reply) =>
    send(request, reply, (request.params as { number: string }).number),
  )
}

function feed(app: FastifyInstance, parts: PublicSite, language: Language): void {
  app.get(`/${language}/changes.atom`, async (request, reply) => {
    const at = await visit(parts, request, language)
    const editions = await allEditions(parts, at.caller, 50)
    const organisation = { id: at.caller.actor.organisationId, name: at.view.organisation }
    return reply
      .headers({ 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'no-cache' })
      .send(atomFeed(organisation, editions, language))
  })
}

/** Addresses that have no language: the front door, machines, documents and stylesheets. */
function shared(app: FastifyInstance, parts: PublicSite): void {
  const { runtime } = parts
  app.get('/', (request, reply) =>
    reply
      .headers({ vary: 'accept-language', 'cache-control': 'no-cache' })
      .redirect(`/${preferredLanguage(request.headers['accept-language'])}/`, 302),
  )

  app.get('/.well-known/trust-center.json', async (request, reply) => {
    const at = await visit(parts, request, 'en')
    const { live } = at.site
    if (!live) return missing(reply, at)
    const ended = live.ended.map((claim) => claim.anchor)
    return reply
      .headers({
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-cache',
        // Facts for everyone, read without credentials, so that other sites may show them.
        'access-control-allow-origin': '*',
      })
      .send(JSON.stringify(trustCenter(live.edition, ended)))
  })

  app.get('/documents/:digest/:name', async (request, reply) => {
    const { digest, name } = request.params as { digest: string; name: string }
    const at = await visit(parts, request, preferredLanguage(request.headers['accept-language']))
    if (!/^[0-9a-f]{64}$/.test(digest)) return missing(reply, at)
    return orMissing(reply, at, async () => {
      const document = await answer(runtime, at.caller, publicDocument, { digest })
      if (name !== slugOf(document.fileName)) {
        return reply
          .header('cache-control', 'no-cache')
          .redirect(`/documents/${digest}/${slugOf(document.fileName)}`, 301)
      }
      const bytes = await runtime.objects.get(digest)
      const disposition = attachmentNamed(document.fileName)
      return sendFile(reply, { bytes, type: document.mediaType, disposition, cache: 'no-cache' })
    })
  })

  app.get('/page/:file', async (request, reply) => {
    const digest = /^([0-9a-f]{64})\.css$/.exec((request.params as { file: string }).file)?.[1]
    const at = await visit(parts, request, 'en')
    if (!digest) return missing(reply, at)
    const forEver = 'public, max-age=31536000, immutable'
    const css = 'text/css; charset=utf-8'
    if (digest === parts.stylesheet.digest)
      return sendServed(request, reply, parts.stylesheet.page, forEver, css)
    return orMissing(reply, at, async () => {
      if (!(await answer(runtime, at.caller, isStylesheet, { digest }))) return missing(reply, at)
      const page = { bytes: Buffer.from(await runtime.objects.get(digest)), etag: `"${digest.slice(0, 32)}"` }
      return sendServed(request, reply, { identity: page, gzip: page, br: page }, forEver, css)
    })
  })
}

/** One address per page: without its slash it is sent on, and whatever else lies below a language is not there. */
function otherwise(app: FastifyInstance, parts: PublicSite, language: Language): void {
  app.get(`/${language}`, (_, reply) => reply.redirect(`/${language}/`, 301))
  app.get(`/${language}/archive`, (_, reply) => reply.redirect(`/${language}/archive/`, 301))
  app.get(`/${language}/archive/:number`, async (request, reply) => {
    const { number } = request.params as { number: string }
    return onlyNumber.test(number)
      ? reply.redirect(`/${language}/archive/${number}/`, 301)
      : missing(reply, await visit(parts, request, language))
  })
  app.get(`/${language}/*`, async (request, reply) => missing(reply, await visit(parts, request, language)))
}

/**
 * The public site: pages without script, served from memory, for the organisation that the host names. `prove` makes
 * proof bundles; without it their addresses are not there.
 */
export async function registerPublicRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  options: { prove?: Prover; sites?: Sites } = {},
): Promise<void> {
  const { bytes, digest } = await currentStylesheet()
  const parts: PublicSite = {
    runtime,
    sites: options.sites ?? keepSites(runtime),
    hosts: rememberHosts(runtime),
    stylesheet: { digest, page: served(Buffer.from(bytes), digest) },
    prove: options.prove ?? null,
  }
  await registerIcons(app)
  await app.register(async (scope) => {
    shared(scope, parts)
    for (const language of languages) {
      livePage(scope, parts, language)
      archive(scope, parts, language)
      proofs(scope, parts, language)
      feed(scope, parts, language)
      registerRequestRoutes(scope, parts, language)
      otherwise(scope, parts, language)
    }
  })
}
