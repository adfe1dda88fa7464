import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type App, complaintsOf, person, startApp } from './support.ts'

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

it.each([1440, 390])('at %d px a reader goes from a requirement to its controls and back', async (width) => {
  const reader = await person(browser, app, 'reader', { language: 'en', width })
  const page = await reader.newPage()
  const complaints = complaintsOf(page)
  await page.goto('/app/frameworks/tsc-2017')
  await page.getByRole('button', { name: 'Expand all' }).click()
  const reached = page.getByRole('button', { name: /Common controls that reach CC6\.3/ })
  await reached.click()
  expect(await reached.getAttribute('aria-expanded')).toBe('true')
  const line = page.locator('[id="CC6.3"]')
  await line.getByText('ACC-01 + ACC-02 + ACC-06 + ACC-08').waitFor()
  await line.getByRole('link', { name: /^ACC-08/ }).click()
  await page.getByRole('heading', { level: 1, name: /^ACC-08 / }).waitFor()
  await page
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: /^CC6\.3/ }) })
    .getByText('Answers a part')
    .waitFor()
  await page.getByRole('link', { name: /^CC6\.3/ }).click()
  await page.waitForURL(/\/app\/frameworks\/tsc-2017#CC6\.3$/)
  await reader.close()
  expect(complaints).toEqual([])
})

it('finds a control by a word of either language and says when there is none', async () => {
  const reader = await person(browser, app, 'reader', { language: 'en' })
  const page = await reader.newPage()
  const complaints = complaintsOf(page)
  await page.goto('/app/frameworks')
  await page.getByRole('link', { name: /^Common controls/ }).click()
  const search = page.getByRole('textbox', { name: 'Find a control by number, title or aim' })
  for (const typed of ['acc-04', 'ＡＣＣ－０４', '多要素認証']) {
    await search.fill(typed)
    await expect.poll(() => page.getByRole('link', { name: /^[A-Z]{3}-\d\d/ }).count()).toBe(1)
    await page.getByRole('link', { name: /^ACC-04/ }).waitFor()
  }
  await search.fill('<script>')
  await page.getByText('No control matches.').waitFor()
  expect(complaints).toEqual([])
  await page.goto('/app/frameworks/common-controls/ACC-99')
  await page.getByText('There is no common control "ACC-99".').waitFor()
  await reader.close()
})
