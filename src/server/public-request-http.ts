import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../kernel/error.ts'
import { inLanguage, type Language } from '../kernel/language.ts'
import { attachmentNamed } from '../trust/document-address.ts'
import { redeemLink, requestReport } from '../trust/server/request-commands.ts'
import { lookAtLink, requestForm } from '../trust/server/request-queries.ts'
import { deadLinkPage, linkPage, messagePage, requestedPage, requestPage } from '../trust/views.ts'
import { answer, execute } from './execute.ts'
import { countAttempt, networkOf } from './limiter.ts'
import { problemText } from './problem-details.ts'
import { sendFile, sendPage } from './public-reply.ts'
import { orMissing, type PublicSite, type Visit, visit } from './public-visit.ts'

const formLimit = 16 * 1024
const mostFields = 20

/**
 * Refuses a form that another site sent (Fetch Metadata; Origin where a browser has none). Our own pages send no
 * referrer, hence the Origin `null`, which therefore says nothing.
 */
function refuseOtherSites(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  const foreign = site
    ? site !== 'same-origin' && site !== 'none'
    : origin !== undefined && origin !== 'null' && !origin.endsWith(`://${request.host}`)
  if (foreign) throw new Problem('forbidden', 'request.cross_site')
}

const fieldOf = { name: 'name', email: 'email', company: 'company', purpose: 'purpose' } as const

/** The values of a form, each once; a repeated field counts as its first. */
function valuesOf(request: FastifyRequest): Record<string, string> {
  const params = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  const values: Record<string, string> = {}
  for (const name of [...Object.keys(fieldOf), 'agree', 'terms', 'website']) {
    values[name] = (params.get(name) ?? '').replaceAll('\r\n', '\n').trim()
  }
  return values
}

type Form = { documentId: string; values: Record<string, string>; faults: Record<string, string> }

async function showForm(
  parts: PublicSite,
  reply: FastifyReply,
  at: Visit,
  form: Form,
  status: number,
): Promise<FastifyReply> {
  const { documentId } = form
  const found = await answer(parts.runtime, at.caller, requestForm, { documentId, language: at.language })
  const title = inLanguage(found.document.title, at.language)
  const { size } = found.document
  const shown = { ...form, title, size, terms: found.terms, termsDigest: found.termsDigest }
  return sendPage(reply, status, requestPage(at.view, shown))
}

/** The faults of the input by the name of the field in the form, in the reader's language. */
function faultsOf(problem: Problem, language: Language): Record<string, string> {
  const faults: Record<string, string> = {}
  for (const { pointer, code, params } of problem.fields) {
    const field = pointer.slice(1) === 'termsDigest' ? 'agree' : pointer.slice(1)
    faults[field] ??= problemText(code, params ?? {}, language)
  }
  return faults
}

const perNetworkAndHour = 20

async function receive(
  parts: PublicSite,
  request: FastifyRequest,
  reply: FastifyReply,
  at: Visit,
  documentId: string,
) {
  const { runtime } = parts
  const values = valuesOf(request)
  // Only a program fills in what nobody sees. It learns nothing from the answer.
  if (values.website) return sendPage(reply, 200, requestedPage(at.view))
  await countAttempt(runtime.database.pool, runtime.clock.now(), {
    key: `report-request/${at.caller.actor.organisationId}/${networkOf(request.ip)}`,
    most: perNetworkAndHour,
    seconds: 3600,
  })
  const form = { documentId, values }
  if (values.agree !== 'yes') {
    const agree = at.language === 'ja' ? '同意が必要です。' : 'Please agree to the terms.'
    return showForm(parts, reply, at, { ...form, faults: { agree } }, 400)
  }
  const { name, email, company, purpose, terms } = values
  try {
    await execute(runtime, at.caller, requestReport, {
      documentId,
      name,
      email,
      company,
      purpose,
      language: at.language,
      termsDigest: terms,
    })
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'invalid') throw error
    return showForm(parts, reply, at, { ...form, faults: faultsOf(error, at.language) }, 400)
  }
  return sendPage(reply, 200, requestedPage(at.view))
}

/** A refusal that a person reads: the same frame, with what to do. */
async function orRefused(
  reply: FastifyReply,
  at: Visit,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await orMissing(reply, at, work)
  } catch (error) {
    if (!(error instanceof Problem) || (error.kind !== 'limited' && error.kind !== 'forbidden')) throw error
    const said = problemText(error.code, error.params, at.language)
    if (error.kind === 'limited') reply.header('retry-after', String(error.params.seconds ?? 3600))
    const title = at.language === 'ja' ? '受け付けられませんでした' : 'This was not accepted'
    return sendPage(reply, error.kind === 'limited' ? 429 : 403, messagePage(at.view, title, said))
  }
}

const isId = (text: string) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text)

function requests(app: FastifyInstance, parts: PublicSite, language: Language): void {
  const address = `/${language}/request/:document`
  const id = (request: FastifyRequest) => (request.params as { document: string }).document
  const absent = () => {
    throw new Problem('not_found', 'request.not_found')
  }

  app.get(address, async (request, reply) => {
    const at = await visit(parts, request, language)
    return orMissing(reply, at, async () => {
      if (!isId(id(request))) return absent()
      return showForm(parts, reply, at, { documentId: id(request), values: {}, faults: {} }, 200)
    })
  })

  app.post(address, { bodyLimit: formLimit }, async (request, reply) => {
    const at = await visit(parts, request, language)
    return orRefused(reply, at, async () => {
      refuseOtherSites(request)
      if (!isId(id(request))) return absent()
      return receive(parts, request, reply, at, id(request))
    })
  })
}

/** Looking at a link changes nothing; pressing its button uses it up. Every dead link is the same page. */
function links(app: FastifyInstance, parts: PublicSite, language: Language): void {
  const address = `/${language}/link/:token`
  const token = (request: FastifyRequest) => (request.params as { token: string }).token
  const orDead = async (reply: FastifyReply, at: Visit, work: () => Promise<FastifyReply>) => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Problem && error.kind === 'not_found')
        return sendPage(reply, 404, deadLinkPage(at.view))
      throw error
    }
  }

  app.get(address, async (request, reply) => {
    const at = await visit(parts, request, language)
    return orDead(reply, at, async () => {
      const { title, size } = await answer(parts.runtime, at.caller, lookAtLink, { token: token(request) })
      return sendPage(reply, 200, linkPage(at.view, token(request), inLanguage(title, language), size))
    })
  })

  app.post(address, { bodyLimit: formLimit }, async (request, reply) => {
    const at = await visit(parts, request, language)
    return orRefused(reply, at, () =>
      orDead(reply, at, async () => {
        refuseOtherSites(request)
        const file = await execute(parts.runtime, at.caller, redeemLink, { token: token(request) })
        const disposition = attachmentNamed(file.fileName)
        return sendFile(reply, { bytes: file.bytes, type: file.mediaType, disposition, cache: 'no-store' })
      }),
    )
  })
}

/** The forms of the public site, in a scope of their own that reads nothing but small forms. */
export function registerRequestRoutes(app: FastifyInstance, parts: PublicSite, language: Language): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: formLimit },
      (_request, body, done) => {
        const params = new URLSearchParams(String(body))
        if ([...params.keys()].length > mostFields)
          done(new Problem('invalid', 'input.too_large', { limit: mostFields }))
        else done(null, params)
      },
    )
    requests(scope, parts, language)
    links(scope, parts, language)
  })
}
