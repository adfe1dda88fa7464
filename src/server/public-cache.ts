import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { Language, LocalText } from '../kernel/language.ts'
import type { Claim } from '../trust/content.ts'
import { endedClaimsOf } from '../trust/feed.ts'
import type { Publication } from '../trust/publication.ts'
import { liveEdition } from '../trust/server/public-queries.ts'
import { endedNotice } from '../trust/views.ts'
import { answer } from './execute.ts'
import { visitorOf } from './public-site.ts'
import type { Runtime } from './runtime.ts'

/** One page in every encoding that browsers ask for, ready to send. */
export type Served = Record<'identity' | 'gzip' | 'br', { bytes: Buffer; etag: string }>

/** What the public addresses of an organisation serve at the moment. */
export type Site = {
  organisation: LocalText
  today: Day
  /** Null before the first publication. */
  live: { edition: Publication; ended: readonly Claim[]; pages: Record<Language, Served> } | null
}

/** Compresses once, at the highest quality: a page is sent thousands of times. The tag names the bytes sent. */
export function served(bytes: Buffer, digest: string): Served {
  const tag = digest.slice(0, 32)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return {
    identity: { bytes, etag: `"${tag}"` },
    gzip: { bytes: gzipSync(bytes, { level: 9 }), etag: `"${tag}-gzip"` },
    br: { bytes: brotliCompressSync(bytes, { params }), etag: `"${tag}-br"` },
  }
}

const place = '<main id="content">'

// The stored bytes stay what they are; only the live address says that something has ended since.
function withNotice(page: Uint8Array, notice: string): Buffer {
  const text = Buffer.from(page).toString('utf8')
  const at = text.indexOf(place)
  return at === -1
    ? Buffer.from(page)
    : Buffer.from(text.slice(0, at + place.length) + notice + text.slice(at + place.length))
}

const freshFor = 1000
const never = Number.NEGATIVE_INFINITY

export type Sites = {
  /** The site of an organisation, at most a second old; the last one known while the database is away. */
  of(organisationId: Id): Promise<Site>
  /** The same without waiting, or null when it has to be asked for. */
  fresh(organisationId: Id): Site | null
  /** Something changed: the next visitor asks the database. What is known stays for while that is away. */
  forget(organisationId: Id): void
}

type Entry = { site: Site | null; checked: number; asking: Promise<Site> | null }

/**
 * Keeps what is live in memory. What this node commits is seen at once (`forgetting`). Each node asks the database for
 * the newest number at most once a second per organisation, so an edition of another node is here within a second.
 */
export function keepSites(runtime: Runtime): Sites {
  const entries = new Map<Id, Entry>()

  async function page(edition: Publication, language: Language, ended: readonly Claim[]): Promise<Served> {
    const stored = await runtime.objects.get(edition.pages[language].digest)
    if (ended.length === 0) return served(Buffer.from(stored), edition.pages[language].digest)
    const bytes = withNotice(stored, endedNotice(ended, edition.asOf, language))
    const which =
      ended
        .map((claim) => claim.validTo)
        .sort()
        .at(-1) ?? ''
    return served(bytes, `${which}-${ended.length}-${edition.pages[language].digest}`)
  }

  async function ask(organisationId: Id, before: Site | null): Promise<Site> {
    const known = before?.live?.edition.number ?? 0
    const found = await answer(runtime, visitorOf(organisationId, 'en'), liveEdition, { known })
    const edition = found.edition ?? before?.live?.edition ?? null
    const site = { organisation: found.organisation, today: found.today }
    if (!edition) return { ...site, live: null }
    const ended = endedClaimsOf(edition.content, found.today)
    const same = !found.edition && before?.live?.ended.length === ended.length
    if (same && before?.live) return { ...site, live: before.live }
    const pages = { en: await page(edition, 'en', ended), ja: await page(edition, 'ja', ended) }
    return { ...site, live: { edition, ended, pages } }
  }

  function refresh(organisationId: Id, entry: Entry): Promise<Site> {
    entry.asking ??= ask(organisationId, entry.site)
      .then((site) => {
        entry.site = site
        entry.checked = performance.now()
        return site
      })
      .catch((error) => {
        // The page is what people look at while the rest is down: it goes on with what it has.
        if (!entry.site) throw error
        entry.checked = performance.now()
        return entry.site
      })
      .finally(() => {
        entry.asking = null
      })
    return entry.asking
  }

  return {
    of(organisationId) {
      const entry = entries.get(organisationId) ?? { site: null, checked: never, asking: null }
      entries.set(organisationId, entry)
      if (entry.site && performance.now() - entry.checked < freshFor) return Promise.resolve(entry.site)
      return refresh(organisationId, entry)
    },
    fresh(organisationId) {
      const entry = entries.get(organisationId)
      return entry?.site && performance.now() - entry.checked < freshFor ? entry.site : null
    },
    forget(organisationId) {
      const known = entries.get(organisationId)
      // A new entry, because a question asked before the change may still be answered into the old one.
      if (known) entries.set(organisationId, { site: known.site, checked: never, asking: null })
    },
  }
}

/** The same runtime; what it has committed is seen by the next visitor of its own public site. */
export const forgetting = (runtime: Runtime, sites: Sites): Runtime => ({
  ...runtime,
  async appended(organisationId, now) {
    try {
      await runtime.appended(organisationId, now)
    } finally {
      // After the seal: an edition that is seen can be proved.
      sites.forget(organisationId)
    }
  },
})
