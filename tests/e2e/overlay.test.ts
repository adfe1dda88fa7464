import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBundle } from '../../src/log/bundle.ts'
import { launchBrowser } from '../support/browser.ts'
import { type App, closed, complaintsOf, inSteps, person, read, startApp } from './support.ts'

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

/** Looks for a text in everything that leaves the house. */
async function leaks(owner: BrowserContext, text: string): Promise<string[]> {
  const found: string[] = []
  for (const path of ['/api/export', '/api/programme', '/api/certificates/export.csv', '/en/', '/ja/']) {
    const answer = await owner.request.get(path)
    expect([path, answer.status()]).toEqual([path, 200])
    if ((await answer.body()).includes(text)) found.push(path)
  }
  const proof = readBundle(await (await owner.request.get('/en/page.grcproof')).body())
  if (proof.entries.some(({ statement }) => Buffer.from(statement).includes(text))) found.push('the proof')
  return found
}

describe.each([
  { width: 1440, edition: 'iso27001-2022', id: 'A.5.1' },
  { width: 390, edition: 'iso27001-2013', id: 'A.5.1.1' },
])('licensed text at $width px', ({ width, edition, id }) => {
  inSteps()
  const text = `The licensed wording of ${id}, word for word, at ${width}.`
  let owner: BrowserContext
  let page: Page
  let complaints: string[]
  const drawer = () => page.getByRole('dialog', { name: 'Attach licensed text' })
  const open = async () => {
    await page.goto(`/app/frameworks/${edition}`)
    await page.getByRole('button', { name: 'Attach licensed text' }).click()
  }
  const give = async (content: string) => {
    const choosing = page.waitForEvent('filechooser')
    await drawer()
      .getByRole('button', { name: /^Choose (a|another) file$/ })
      .click()
    const buffer = Buffer.from(content)
    await (await choosing).setFiles({ name: 'text.csv', mimeType: 'application/vnd.ms-excel', buffer })
    await drawer().getByText('text.csv').waitFor()
  }

  beforeAll(async () => {
    owner = await person(browser, app, 'owner', { language: 'en', width })
    page = await owner.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(() => owner.close())

  it('is refused as a whole when a row is wrong, and says which', async () => {
    await open()
    await give(`id,text\n${id},"${text}"\nZ.99,nothing\n`)
    await drawer().getByLabel('Licence holder').fill('LINE Corporation')
    await drawer().getByRole('button', { name: 'Attach', exact: true }).click()
    const refusal = drawer().getByRole('alert').first()
    await refusal.waitFor()
    expect(await refusal.textContent()).toMatch(/Z\.99/)
    expect(complaints.splice(0).filter((line) => !/ 400 .*\/overlay\/en/.test(line))).toEqual([])
  })

  it('is attached and read beside its title', async () => {
    await give(`id,text\n${id},"${text}"\n`)
    await drawer().getByRole('button', { name: 'Attach', exact: true }).click()
    await closed(drawer())
    await page.getByText('Licensed to LINE Corporation: text for 1 requirement').waitFor()
    await page.getByPlaceholder('Find').or(page.locator('main input')).first().fill(id)
    await page.getByText(text).waitFor()
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    expect(wide).toBeLessThanOrEqual(0)
  })

  it('is listed with its language, and read by nobody without a right to it', async () => {
    await page.goto('/app/frameworks')
    await page.getByText('en', { exact: true }).first().waitFor()
    const auditor = await person(browser, app, 'auditor', { language: 'en', width }).catch(() => null)
    const reader = auditor ?? (await person(browser, app, 'reader', { language: 'en', width }))
    expect(JSON.stringify(await read(reader, `/api/frameworks/${edition}`))).not.toContain(text)
    await reader.close()
  })

  it('leaves in no export', async () => {
    expect(await leaks(owner, text)).toEqual([])
    expect(complaints).toEqual([])
  })
})
