import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../kernel/error.ts'
import { inLanguage, type Language } from '../kernel/language.ts'
import type { Prover } from '../log/server/prove.ts'
import { missingPage, type View } from '../trust/views.ts'
import type { Served, Site, Sites } from './public-cache.ts'
import { sendPage } from './public-reply.ts'
import { type Hosts, visitorOf } from './public-site.ts'
import type { Caller, Runtime } from './runtime.ts'

/** What every handler of the public site works with. */
export type PublicSite = {
  runtime: Runtime
  sites: Sites
  hosts: Hosts
  stylesheet: { digest: string; page: Served }
  prove: Prover | null
}

export type Visit = { site: Site; caller: Caller; language: Language; view: View }

/** Who visits which organisation's site in which language. Unknown hosts have no site. */
export async function visit(parts: PublicSite, request: FastifyRequest, language: Language): Promise<Visit> {
  const organisationId = await parts.hosts(request)
  const site = await parts.sites.of(organisationId)
  const organisation = inLanguage(site.organisation, language)
  const view = { language, stylesheet: parts.stylesheet.digest, organisation }
  return { site, caller: visitorOf(organisationId, language), language, view }
}

export const missing = (reply: FastifyReply, { view }: Visit) => sendPage(reply, 404, missingPage(view))

const isUnknown = (error: unknown) => error instanceof Problem && error.kind === 'not_found'

/** Every way of not being there is one page: foreign, restricted, withdrawn and never made look alike. */
export async function orMissing(
  reply: FastifyReply,
  at: Visit,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work()
  } catch (error) {
    if (isUnknown(error)) return missing(reply, at)
    throw error
  }
}
