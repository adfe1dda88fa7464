import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { byKeyboard } from './by-keyboard.ts'
import { type App, complaintsOf, person, startApp } from './support.ts'

let app: App
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  context = await person(browser, app, 'manager', { language: 'en' })
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})
beforeEach(async () => {
  page = await context.newPage()
  complaints = complaintsOf(page)
})
afterEach(async () => {
  expect(complaints).toEqual([])
  await page.close()
})

const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
const focused = () => page.evaluate<string>('document.activeElement?.textContent ?? ""')

describe('with the keyboard alone', () => {
  it('Ctrl+K finds a record and opens it', async () => {
    await page.goto('/app')
    await heading('Home')
    await page.keyboard.press('Control+k')
    const search = page.getByPlaceholder('Search pages, records and actions…')
    await search.waitFor()
    await page.keyboard.type('IS 509132')
    await page.getByRole('button', { name: /IS 509132/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await heading('ISO/IEC 27001 ISMS')
    await search.waitFor({ state: 'detached' })
  })

  it('Ctrl+K finds what the registers hold, asking for a few of each and only for what is typed', async () => {
    const asked: URL[] = []
    page.on('request', (request) => asked.push(new URL(request.url())))
    await page.goto('/app')
    await heading('Home')
    const { search } = byKeyboard(page, 'en')
    for (const [typed, found, title] of [
      ['messenger-db', 'Message store', 'Message store'],
      ['R-002', 'R-002 Card numbers leave the vault', 'Card numbers leave the vault'],
      ['CON-02', 'Redundancy and recovery', 'Redundancy and recovery'],
      ['Critical patches', 'Critical patches within 14 days', 'Critical patches within 14 days'],
      ['SoA', 'ISMS, 2013 edition · version 9 (in force)', 'Version 9'],
      ['経営層向け', 'Executive summary', 'Executive summary'],
      ['General Data', 'General Data Protection Regulation', 'Context and scope'],
    ] as const) {
      await search('Search pages, records and actions…', typed, found)
      await heading(title)
    }
    await page.getByRole('dialog', { name: 'General Data Protection Regulation' }).waitFor()
    const searched = asked.filter(({ searchParams }) => searchParams.get('limit') === '6')
    expect(new Set(searched.map(({ pathname }) => pathname))).toEqual(
      new Set(['/api/assets', '/api/risks', '/api/controls', '/api/obligations']),
    )
    expect(searched.filter(({ searchParams }) => !searchParams.get('text'))).toEqual([])
  })

  it('Ctrl+K keeps what is typed before the search has come over a slow line', async () => {
    const { promise: held, resolve: arrived } = Promise.withResolvers<void>()
    await page.route(/\/files\/Commands-[^/]*\.js$/, async (route) => {
      await held
      await route.continue()
    })
    await page.goto('/app')
    await heading('Home')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('IS 50')
    const search = page.getByPlaceholder('Search pages, records and actions…')
    expect(await search.inputValue()).toBe('IS 50')
    arrived()
    await page.keyboard.type('9132', { delay: 30 })
    await page.getByRole('button', { name: /IS 509132/ }).waitFor()
    await expect.poll(() => search.count()).toBe(1)
    expect(await search.inputValue()).toBe('IS 509132')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await heading('ISO/IEC 27001 ISMS')
    await search.waitFor({ state: 'detached' })
  })

  it('Escape leaves the search before it has come', async () => {
    await page.route(/\/files\/Commands-[^/]*\.js$/, () => undefined)
    await page.goto('/app')
    await heading('Home')
    await page.keyboard.press('Control+k')
    const search = page.getByPlaceholder('Search pages, records and actions…')
    await search.waitFor()
    await page.keyboard.press('Escape')
    await search.waitFor({ state: 'detached' })
  })

  it('g and a letter goes to a page, ? explains the keys, Escape closes', async () => {
    await page.goto('/app')
    await heading('Home')
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await heading('Trust page')
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard' })
    await help.getByText('Search and commands').waitFor()
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
  })

  it('j and k walk through the register, Enter opens the row', async () => {
    await page.goto('/app/certificates')
    const rows = page.locator('tbody tr[data-index]')
    await rows.nth(3).waitFor()
    const names = await rows.locator('td[data-first]').allTextContents()
    expect(names).toHaveLength(4)
    const walk = async (key: string, to: number) => {
      await page.keyboard.press(key)
      await expect.poll(focused).toBe(names[to])
    }
    await walk('j', 0)
    await walk('j', 1)
    await walk('j', 2)
    await walk('k', 1)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/app\/certificates\/[0-9a-f-]{36}/)
    await page.getByRole('tab', { name: 'Facts' }).waitFor()
  })

  it('a form opens at its first field, and Control and Enter sends it', async () => {
    await page.goto('/app/organisation')
    await heading('Organisation')
    await page.getByRole('button', { name: 'Add entity' }).focus()
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog')
    await drawer.waitFor()
    await expect.poll(() => drawer.locator('input:focus').count()).toBe(1)
    await page.keyboard.press('Control+Enter')
    await drawer.getByRole('alert').waitFor()
    complaints = complaints.filter((line) => !/ 400 .*\/api\/entities$/.test(line))
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
  })
})

describe('another day', () => {
  it('is said on every page, with what was true then and nothing to press', async () => {
    await page.goto('/app/certificates')
    await page
      .getByRole('link', { name: /IS 509132|ISO\/IEC 27001 ISMS/ })
      .first()
      .click()
    await heading('ISO/IEC 27001 ISMS')
    await page.getByRole('button', { name: 'Renew' }).waitFor()
    await page.goto(`${page.url()}?asOf=2021-06-01`)
    await page.getByText('You see the state of 1 June 2021. Nothing can be changed here.').waitFor()
    await page.getByText('9 January 2022').first().waitFor()
    await page.getByText('LINE Growth Technology Corporation').first().waitFor()
    for (const name of ['Renew', 'Record event'])
      expect(await page.getByRole('button', { name }).getAttribute('aria-disabled')).toBe('true')

    await page.getByRole('link', { name: 'Trust page' }).click()
    await heading('Trust page')
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2021-06-01')
    await page.getByText('Nothing can be changed here.').waitFor()
    expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Back to today' }).click()
    await page.getByText('Nothing can be changed here.').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Publish' }).waitFor()
  })
})
