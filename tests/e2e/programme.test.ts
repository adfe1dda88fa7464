import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type App, complaintsOf, inSteps, person, startApp } from './support.ts'

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

const programme = (key: string, name: string) => `assay: 1
entities:
  - key: ${key}
    parent: line
    name: { en: ${name} }
    country: JP
`

const path = '/app/settings?tab=programme'

describe.each([
  { width: 1440, key: 'line-sapporo', name: 'LINE Sapporo Corporation', other: 'line-naha' },
  { width: 390, key: 'line-sendai', name: 'LINE Sendai Corporation', other: 'line-kobe' },
])('a programme file at $width px', ({ width, key, name, other }) => {
  inSteps()
  let context: BrowserContext
  let page: Page
  let complaints: string[]
  const compare = () => page.getByRole('button', { name: 'See what would change' })

  beforeAll(async () => {
    context = await person(browser, app, 'owner', { language: 'en', width })
    page = await context.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(() => context.close())

  it('is refused with line, column and what to do, and changes nothing', async () => {
    await page.goto(path)
    await page.getByLabel('Or paste it').fill(programme('Not A Key', 'LINE'))
    await compare().click()
    const refusal = page.getByRole('alert')
    await refusal.getByText('line 3, column 10').waitFor()
    expect(await refusal.textContent()).toContain('Use lower-case letters, digits and single hyphens.')
    expect(await page.getByRole('button', { name: /^Apply/ }).count()).toBe(0)
    // The browser reports the refusal, which is the answer that was wanted.
    expect(complaints.splice(0).filter((line) => !/ 400 .*\/api\/programme\/plan$/.test(line))).toEqual([])
  })

  it('chosen as a file is compared, and nothing changes before it is applied', async () => {
    await page.getByRole('button', { name: 'Start again' }).click()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose files' }).click()
    const buffer = Buffer.from(programme(key, name))
    await (await choosing).setFiles({ name: 'programme.yaml', mimeType: 'application/yaml', buffer })
    await expect.poll(() => page.getByLabel('Or paste it').inputValue()).toContain(name)
    await compare().click()
    await page.getByText('1 change would be made. Nothing has been changed yet.').waitFor()
    const list = page.getByRole('listitem').filter({ has: page.getByText(key, { exact: true }) })
    await list.getByText('New', { exact: true }).waitFor()
    expect(await (await context.request.get('/api/entities')).text()).not.toContain(name)
  })

  it('is applied, and what it made is there', async () => {
    await page.getByRole('button', { name: 'Apply 1 change' }).click()
    await page.getByText('Applied: 1 change in one transaction.').waitFor()
    await page.goto('/app/organisation')
    await page.getByText(name).first().waitFor()
  })

  it('pasted again changes nothing, and another one that is pasted is applied', async () => {
    await page.goto(path)
    await page.getByLabel('Or paste it').fill(programme(key, name))
    await compare().click()
    await page.getByText('Everything is so already. There is nothing to apply.').waitFor()
    await page.getByLabel('Or paste it').fill(programme(other, 'LINE Elsewhere'))
    await compare().click()
    await page.getByRole('button', { name: 'Apply 1 change' }).click()
    await page.getByText('Applied: 1 change in one transaction.').waitFor()
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    expect(wide).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  })
})
