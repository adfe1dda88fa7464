import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import {
  type App,
  complaintsOf,
  inSteps,
  person,
  read,
  settled,
  startApp,
  untilPublic,
  visitor,
} from './support.ts'

/** Breaks out of an element, an attribute, a title, a style and a script, and says so when it is taken for markup. */
const hostile = (what: string) => `${what}"'></title></style></script><img src=x onerror=alert(1)>`
const named = (what: string) => ({ en: hostile(what), ja: hostile(what) })

type Found = { id: string; version: number } & Record<string, unknown>

type Part = {
  path: string
  which: string
  fields: readonly string[]
  name: (one: Found) => object
}

// One of everything that is named by hand and shown to somebody, with the fields that its form sends.
const parts: readonly Part[] = [
  {
    path: '/api/entities',
    which: 'line-healthcare',
    fields: ['key', 'parentId', 'kind', 'country', 'memberFrom', 'memberTo'],
    name: () => ({ name: named('Entity') }),
  },
  {
    path: '/api/services',
    which: 'line-messenger',
    fields: ['key', 'entityId', 'kind', 'offeredFrom', 'offeredTo'],
    name: () => ({ name: named('Service') }),
  },
  {
    path: '/api/certificates',
    which: 'iso27001-line',
    fields: [
      'key',
      'kind',
      'scheme',
      'initialDate',
      'predecessors',
      'holders',
      'services',
      'events',
      'verificationUrl',
      'verificationCheckedOn',
    ],
    name: (one) => ({
      number: hostile('Number'),
      scopes: [{ from: null, to: null, text: named('Scope') }],
      terms: (one.terms as object[]).map((term) => ({
        ...term,
        issuer: { name: named('Issuer'), accreditation: null },
      })),
    }),
  },
]

describe('a name that is markup', () => {
  inSteps()
  let app: App
  let browser: Browser
  let owner: BrowserContext
  let page: Page
  let complaints: string[]
  let certificate = ''
  let soc2 = ''

  beforeAll(async () => {
    app = await startApp()
    browser = await launchBrowser()
    owner = await person(browser, app, 'owner', { language: 'en' })
    page = await owner.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  async function change(path: string, one: Found, data: object): Promise<void> {
    const headers = { 'if-match': `"${one.version}"` }
    const answer = await owner.request.put(`${path}/${one.id}`, { data, headers })
    expect([path, answer.status(), answer.ok() ? '' : await answer.text()]).toEqual([path, 200, ''])
  }

  /** Opens a page and expects the names on it as text, none of them as markup, and no complaint. */
  async function harmless(on: Page, path: string, ...whats: string[]): Promise<void> {
    await on.goto(path)
    await settled(on, 'light')
    for (const what of whats) await on.getByText(hostile(what)).first().waitFor()
    expect([path, await on.locator('img[src="x"]').count()]).toEqual([path, 0])
  }

  it('is taken as the name that it is', async () => {
    for (const { path, which, fields, name } of parts) {
      const { items } = await read<{ items: Found[] }>(owner, path)
      const one = items.find(({ key }) => key === which)
      if (!one) throw new Error(`the demo has no ${which}`)
      const kept = Object.fromEntries(fields.map((field) => [field, one[field]]))
      await change(path, one, { ...kept, ...name(one) })
      if (path === '/api/certificates') certificate = one.id
    }
    const { documents } = await read<{ documents: Found[] }>(owner, `/api/certificates/${certificate}`)
    const [paper] = documents
    if (!paper) throw new Error('the demo has no certificate paper')
    const { kind, language, distribution } = paper
    await change('/api/documents', paper, { title: named('Paper'), kind, language, distribution })
    const organisation = await read<Found>(owner, '/api/organisation')
    const { timeZone, host, demoDay, version } = organisation
    const answer = await owner.request.put('/api/organisation', {
      data: { name: named('Organisation'), timeZone, host, demoDay },
      headers: { 'if-match': `"${version}"` },
    })
    expect(answer.status()).toBe(200)
  })

  it('is text on every page of the application', async () => {
    await harmless(page, '/app', 'Number')
    await harmless(page, '/app/certificates', 'Number')
    await harmless(page, `/app/certificates/${certificate}`, 'Number', 'Issuer')
    await harmless(page, `/app/certificates/${certificate}?tab=terms`, 'Issuer')
    await harmless(page, `/app/certificates/${certificate}?tab=coverage`, 'Entity', 'Scope')
    await harmless(page, `/app/certificates/${certificate}?tab=documents`, 'Paper')
    await harmless(page, `/app/certificates/${certificate}?tab=history`)
    await harmless(page, '/app/organisation', 'Entity')
    await harmless(page, '/app/organisation?tab=services', 'Service')
    await harmless(page, '/app/trust')
    await harmless(page, '/app/log')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Search pages, records and actions…').fill('onerror')
    await page.getByRole('button', { name: hostile('Number') }).waitFor()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('is text in the preview and on the public pages', async () => {
    await page.goto('/app/trust')
    const preview = page.frameLocator('iframe').first()
    await preview.getByText(hostile('Scope')).first().waitFor()
    expect(await preview.locator('img[src="x"]').count()).toBe(0)
    const published = await owner.request.post('/api/trust/publications', { data: { note: named('Note') } })
    expect([published.status(), published.ok() ? '' : await published.text()]).toEqual([200, ''])

    const stranger = await visitor(browser, app, { language: 'en' })
    const site = await stranger.newPage()
    const said = complaintsOf(site)
    await untilPublic(stranger, '/en/', 'Edition 3')
    for (const language of ['en', 'ja'])
      await harmless(
        site,
        `/${language}/`,
        'Organisation',
        'Entity',
        'Service',
        'Number',
        'Scope',
        'Issuer',
        'Paper',
      )
    await harmless(site, '/en/archive/', 'Note')
    await harmless(site, '/en/archive/2/3/', 'Scope')
    const structure = (await site.goto('/en/')) && (await site.locator('script').allTextContents())
    expect(structure?.map((one) => typeof JSON.parse(one))).toEqual(['object'])
    const feed = await (await stranger.request.get('/en/changes.atom')).text()
    expect(feed).not.toContain('<img')
    expect(said).toEqual([])
    soc2 = (await site.locator('#claim-soc2-line a[href*="/request/"]').getAttribute('href')) ?? ''
    await stranger.close()
  })

  it('is text where a stranger wrote it for the manager', async () => {
    const stranger = await visitor(browser, app, { language: 'en', script: false })
    const site = await stranger.newPage()
    await site.goto(soc2)
    await site.getByLabel('Your name').fill(hostile('Name'))
    await site.getByLabel('E-mail at work').fill('mallory@example.com')
    await site.getByLabel('Company').fill(hostile('Company'))
    await site.getByLabel('What do you need it for?').fill(hostile('Purpose'))
    await site.getByRole('button', { name: 'Send the request' }).click()
    await site.locator('#fault-agree').waitFor()
    expect(await site.getByLabel('Company').inputValue()).toBe(hostile('Company'))
    expect(await site.locator('img[src="x"]').count()).toBe(0)
    await site.getByLabel('I agree to these terms.').check()
    await site.getByRole('button', { name: 'Send the request' }).click()
    await site.getByRole('heading', { name: 'Your request has arrived' }).waitFor()
    await stranger.close()

    await harmless(page, '/app/requests', 'Name', 'Company', 'Purpose')
    await page.getByRole('button', { name: hostile('Name') }).click()
    await page.getByRole('dialog').getByText(hostile('Purpose')).waitFor()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})
