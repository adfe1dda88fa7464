import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Browser, BrowserContext, Download, Locator, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, inject } from 'vitest'
import type { Role } from '../../src/kernel/actor.ts'
import type { Language } from '../../src/kernel/language.ts'
import { type App, root, startApp as start } from './app.ts'

export { type App, root } from './app.ts'

/** Long enough for a busy machine; a test that passes never waits for it. */
export const patience = 30_000

/**
 * Starts the application as `npm start` does, on a free port and a data directory of its own. The demo is that of an
 * earlier start of this run: what a first start does is measured and tried elsewhere.
 */
export const startApp = ({ demo = true } = {}): Promise<App> =>
  start(demo ? { demo, from: inject('demoData') } : { demo })

export type Look = { language: Language; theme?: 'light' | 'dark'; width?: number; script?: boolean }

/** A reader with nothing but their language, their system's theme and the width of their screen. */
export async function visitor(browser: Browser, app: App, look: Look): Promise<BrowserContext> {
  const { language, theme = 'light', width = 1440, script = true } = look
  const context = await browser.newContext({
    baseURL: app.url,
    javaScriptEnabled: script,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    colorScheme: theme,
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    timezoneId: 'Asia/Tokyo',
  })
  context.setDefaultTimeout(patience)
  return context
}

type DemoPerson = { id: string; roles: Role[] }

/** A context that is signed in as the demo's person of a role, where signing in is not what is tried. */
export async function person(browser: Browser, app: App, role: Role, look: Look): Promise<BrowserContext> {
  const context = await visitor(browser, app, look)
  const people = await context.request.get('/api/demo/people')
  const { items } = (await people.json()) as { items: DemoPerson[] }
  const personId = items.find(({ roles }) => roles.includes(role))?.id
  const answer = await context.request.post('/api/demo/sign-in', { data: { personId } })
  if (answer.status() !== 204) throw new Error(`signing in as ${role} was answered ${answer.status()}`)
  return context
}

/** Refusals that are answers: who is not signed in, and where there is no demo. */
const expected = [/^401 .*\/api\//, /^404 .*\/api\/demo\/people$/]

/** Collects everything that a page and its browser complain about, above all refusals by the content policy. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  const add = (text: string) => complaints.push(`${page.url()}: ${text}`)
  page.on('console', (message) => {
    // The browser says the same of every refused answer; which answer it was, the next listener says.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      add(message.text())
  })
  page.on('response', (answer) => {
    const line = `${answer.status()} ${answer.url()}`
    if (answer.status() >= 400 && !expected.some((one) => one.test(line))) add(line)
  })
  page.on('pageerror', (error) => add(String(error)))
  return complaints
}

/** Reads JSON of the application with the cookies of a context. */
export async function read<T>(context: BrowserContext, path: string): Promise<T> {
  const answer = await context.request.get(path)
  if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`)
  return (await answer.json()) as T
}

/** Makes the tests of a describe the steps of one story: after a step that failed, none is tried. */
export function inSteps(): void {
  let broken = false
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail'
  })
  beforeEach(({ skip }) => {
    if (broken) skip('an earlier step failed')
  })
}

/** Chooses in one of the library's lists, as a hand does. */
export async function choose(within: Locator, label: string, option: string): Promise<void> {
  await within.getByRole('combobox', { name: label, exact: true }).click()
  await within.page().getByRole('option', { name: option, exact: true }).click()
}

/** The smallest PDF that is one, saying one line, so that each differs in its digest. */
export const paper = (line: string): Buffer =>
  Buffer.from(`%PDF-1.4\n%${line}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`)

/** What a browser saved. It may run elsewhere, so there is no path. */
export const bytesOf = async (download: Download): Promise<Buffer> =>
  buffer(await download.createReadStream())

/**
 * Waits until a dialog or drawer is gone and the focus is back where it was before it. The library gives it back by a timer
 * of 10 ms; a key pressed before that would go to another button than the one just focused.
 */
export async function closed(dialog: Locator): Promise<void> {
  await dialog.waitFor({ state: 'detached' })
  // The page's timers end in their order.
  await dialog.page().evaluate('new Promise((done) => setTimeout(done, 20))')
}

/** Waits until the page has its title, nothing stands in for what is coming, and the theme has been drawn to its end. */
export async function settled(page: Page, theme: 'light' | 'dark'): Promise<void> {
  // Asked again and again, because a promise is true to waitForFunction before it says anything.
  const isSettled = () =>
    page.evaluate(
      `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(
      document.querySelector('h1') !== null
      && document.querySelector('[role=status][aria-label]') === null
      && [null, '${theme}'].includes(document.documentElement.getAttribute('data-mantine-color-scheme'))
      && document.getAnimations().length === 0))))`,
    )
  await expect.poll(isSettled, { timeout: patience }).toBe(true)
}

/** Waits until the public page says something: each process may serve the edition before for up to a second. */
export async function untilPublic(context: BrowserContext, path: string, text: string): Promise<void> {
  const page = async () => (await context.request.get(path)).text()
  await expect.poll(page, { timeout: patience }).toContain(text)
}

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

/** The rules of axe that a page breaks. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(
    async () =>
      (
        await (
          globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }
        ).axe.run()
      ).violations,
  )
  return found.map((one) => one.id)
}
