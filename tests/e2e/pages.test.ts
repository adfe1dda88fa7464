import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pagesInside } from '../../scripts/page-list.ts'
import { type Language, languages } from '../../src/kernel/language.ts'
import { launchBrowser } from '../support/browser.ts'
import { type App, complaintsOf, person, read, root, settled, startApp, visitor } from './support.ts'

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

type Finding = { id: string; impact: string | null; nodes: { target: unknown[] }[] }

async function axeFindings(page: Page, rules: readonly string[] | null): Promise<string[]> {
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) })
  const { violations } = await page.evaluate<{ violations: Finding[] }>(`axe.run(${options})`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `axe ${id}: ${nodes.slice(0, 3).map((node) => node.target.join(' '))}`)
}

// Pages adapt without being loaded again, as when night falls and a window is narrowed. Where one thing only has
// changed since the look before, axe judges again what that can spoil: colours, which no language changes.
const looks = [
  { theme: 'light', width: 1440, rules: null },
  { theme: 'dark', width: 1440, rules: ['color-contrast'] },
  { theme: 'dark', width: 390, rules: null },
  { theme: 'light', width: 390, rules: ['color-contrast'] },
] as const

/** Whether a page is no wider than its window, at once or a moment later, when it has been laid out. */
async function fitsSoon(page: Page): Promise<boolean> {
  // Asked from here again and again: a condition polled in the page would be refused by the content policy.
  for (let tries = 0; tries < 30; tries++) {
    if ((await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')) <= 0) return true
    await page.waitForTimeout(100)
  }
  return false
}

/** What a browser and axe find wrong with one page by day and at night, on a wide screen and on a phone. */
async function faultsOf(page: Page, path: string, language: Language): Promise<string[]> {
  const faults: string[] = []
  for (const [index, { theme, width, rules }] of looks.entries()) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: theme })
    if (index === 0) await page.goto(path)
    await settled(page, theme)
    const fits = await fitsSoon(page)
    const found = fits ? [] : ['is wider than the window']
    if (index === 0) await page.evaluate(axe)
    if (rules === null || language === 'en') found.push(...(await axeFindings(page, rules)))
    faults.push(...found.map((one) => `${path}, ${theme}, ${width} px: ${one}`))
  }
  return faults
}

let app: App
let browser: Browser
let inside: string[] = []

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  const context = await person(browser, app, 'owner', { language: 'en' })
  inside = (await pagesInside((path) => read(context, path))).map(({ path }) => path)
  await context.close()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

describe.each(languages)('every page in %s', { timeout: 900_000 }, (language) => {
  const outside = ['/app/sign-in', `/${language}/`, `/${language}/archive/`, `/${language}/archive/1/2/`]

  const visitAll = async (context: BrowserContext, paths: readonly string[]) => {
    const page = await context.newPage()
    const faults = complaintsOf(page)
    for (const path of paths) faults.push(...(await faultsOf(page, path, language)))
    await context.close()
    return faults
  }

  it('is sound for somebody signed in', async () => {
    expect(await visitAll(await person(browser, app, 'owner', { language }), inside)).toEqual([])
  })

  it('is sound for a stranger', async () => {
    expect(await visitAll(await visitor(browser, app, { language }), outside)).toEqual([])
  })
})
