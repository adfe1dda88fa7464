import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type App, bytesOf, complaintsOf, inSteps, person, read, root, startApp, visitor } from './support.ts'

const specimen = (name: string) => readFileSync(join(root, 'demo/documents', name))
const soc2 = specimen('soc2-report-2022.pdf')
const soc3 = specimen('soc3-report-2022.pdf')

type Paper = { id: string; fileName: string; digest: string }

let app: App
let browser: Browser

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

describe.each([
  { width: 1440, name: 'Aoi Sato', email: 'aoi.sato@bank.example' },
  { width: 390, name: 'Ren Mori', email: 'ren.mori@bank.example' },
])('asking for a restricted report at $width px', ({ width, name, email }) => {
  inSteps()
  let asker: BrowserContext
  let manager: BrowserContext
  let desk: Page
  let deskSaid: string[]
  let link = ''
  let report: Paper

  beforeAll(async () => {
    asker = await visitor(browser, app, { language: 'en', script: false, width })
    manager = await person(browser, app, 'manager', { language: 'en', width })
    desk = await manager.newPage()
    deskSaid = complaintsOf(desk)
    const { items } = await read<{ items: { id: string; scheme: string }[] }>(manager, '/api/certificates')
    const soc = items.find(({ scheme }) => scheme === 'soc2')
    const { documents } = await read<{ documents: Paper[] }>(manager, `/api/certificates/${soc?.id}`)
    const found = documents.find(({ fileName }) => fileName.includes('2022'))
    if (!found) throw new Error('the demo has no SOC 2 report')
    report = found
  })
  afterAll(async () => {
    await asker?.close()
    await manager?.close()
  })

  it('gives the SOC 3 report to anyone', async () => {
    const page = await asker.newPage()
    await page.goto('/en/')
    const loading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download: SOC 3 report for 2022' }).click()
    expect((await bytesOf(await loading)).equals(soc3)).toBe(true)
    await page.close()
  })

  it('gives the SOC 2 report to nobody who only knows its digest, its id or its place in the archive', async () => {
    const page = await asker.newPage()
    await page.goto('/en/')
    expect(await page.locator('a[download]').filter({ hasText: 'SOC 2' }).count()).toBe(0)
    const places = [
      `/documents/${report.digest}/soc2-report-2022.pdf`,
      `/documents/${report.digest}/${report.fileName}`,
      `/api/documents/${report.id}/content`,
      `/api/documents/${report.id}`,
      `/api/objects/${report.digest}`,
      `/page/${report.digest}.css`,
      `/en/link/${'A'.repeat(43)}`,
    ]
    for (const place of places) {
      const answer = await asker.request.get(place)
      expect([place, answer.status() >= 400]).toEqual([place, true])
      expect((await answer.body()).includes(soc2.subarray(0, 200))).toBe(false)
    }
    for (const bundle of ['/en/page.grcproof', '/en/archive/1/page.grcproof']) {
      const bytes = await (await asker.request.get(bundle)).body()
      expect(bytes.length).toBeGreaterThan(1000)
      expect(bytes.includes(soc2.subarray(0, 200))).toBe(false)
    }
    await page.close()
  })

  it('takes a request by a form without script, and keeps what was typed when something is missing', async () => {
    const page = await asker.newPage()
    await page.goto('/en/')
    await page.locator('#claim-soc2-line').getByRole('link', { name: 'Request this report' }).click()
    await page.getByLabel('Your name').fill(name)
    await page.getByLabel('E-mail at work').fill('not an address')
    await page.getByLabel('Company').fill('Example Bank')
    await page.getByLabel('What do you need it for?').fill('Yearly review of our suppliers')
    await page.getByLabel('I agree to these terms.').check()
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.locator('#fault-email').waitFor()
    expect(await page.getByLabel('Company').inputValue()).toBe('Example Bank')
    await page.getByLabel('E-mail at work').fill(email)
    await page.getByLabel('I agree to these terms.').check()
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.getByRole('heading', { name: 'Your request has arrived' }).waitFor()
    await page.close()
  })

  it('lets the manager approve it, and shows the link once', async () => {
    await desk.goto('/app/requests')
    await desk.getByRole('button', { name }).click()
    const drawer = desk.getByRole('dialog', { name: `${name}, Example Bank` })
    await drawer.getByText('Yearly review of our suppliers').waitFor()
    await drawer.getByRole('button', { name: 'Approve' }).click()
    link = (await drawer.getByRole('region', { name: 'The link' }).locator('code').textContent()) ?? ''
    expect(link).toMatch(/^http:\/\/localhost:\d+\/en\/link\/[A-Za-z0-9_-]{43}$/)

    await desk.reload()
    await desk.getByRole('button', { name }).click()
    await drawer.getByText('Approved', { exact: true }).waitFor()
    expect(await desk.getByRole('region', { name: 'The link' }).count()).toBe(0)
    expect(await desk.content()).not.toContain(link.slice(-43))
  })

  it('gives the report for the link exactly once', async () => {
    const page = await asker.newPage()
    await page.goto(link)
    await page.reload()
    const loading = page.waitForEvent('download')
    await page.getByRole('button', { name: /^Download/ }).click()
    expect((await bytesOf(await loading)).equals(soc2)).toBe(true)
    await page.getByRole('button', { name: /^Download/ }).click()
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor()
    const again = await page.goto(link)
    expect(again?.status()).toBe(404)
    const forced = await asker.request.post(link)
    expect(forced.status()).toBe(404)
    await page.close()
  })

  it('records the download where the manager sees it', async () => {
    await desk.reload()
    await desk.getByRole('row').filter({ hasText: name }).getByText('Downloaded').waitFor()
    expect(deskSaid).toEqual([])
  })
})
