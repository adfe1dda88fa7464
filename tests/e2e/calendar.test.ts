import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type App, closed, complaintsOf, inSteps, person, read, startApp } from './support.ts'

type Due = {
  subject: string
  kind: string
  title: { en: string }
  state: string
  person: { id: string } | null
}

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

describe('the calendar', () => {
  inSteps()
  let manager: BrowserContext
  let page: Page
  let said: string[]
  let late: Due
  let address = ''

  beforeAll(async () => {
    manager = await person(browser, app, 'manager', { language: 'en', width: 1440 })
    page = await manager.newPage()
    said = complaintsOf(page)
    const { items } = await read<{ items: Due[] }>(manager, '/api/due?state=overdue&kind=occurrence')
    const [first] = items
    if (!first) throw new Error('nothing is overdue in the demo')
    late = first
  })
  afterAll(() => manager?.close())

  it('is walked by keys from day to day and from month to month', async () => {
    await page.goto('/app/calendar')
    await page.getByRole('table', { name: 'July 2023' }).waitFor()
    await page.locator('[data-day="2023-07-31"]').focus()
    await page.keyboard.press('ArrowUp')
    await page.getByRole('heading', { name: '24 July 2023' }).waitFor()
    expect(await page.locator(':focus').getAttribute('data-day')).toBe('2023-07-24')
    await page.keyboard.press('PageDown')
    await page.getByRole('table', { name: 'August 2023' }).waitFor()
    await page.getByRole('button', { name: 'Today', exact: true }).click()
    await page.getByRole('table', { name: 'July 2023' }).waitFor()
  })

  it('puts something aside with a reason, and says until when', async () => {
    await page.goto('/app/calendar?view=list&kind=occurrence')
    await page.getByText('Today, 31 July 2023').waitFor()
    await page
      .getByRole('button', { name: `Arrange: ${late.title.en}` })
      .first()
      .click()
    await page.getByRole('menuitem', { name: 'Put aside' }).click()
    const form = page.getByRole('dialog', { name: 'Put it aside' })
    await form.getByLabel('Reason').fill('The team is at an off-site.')
    await form.getByRole('button', { name: 'Put aside' }).click()
    await closed(form)
    await page.getByText('Put aside until 7 Aug 2023').first().waitFor()
    const { items } = await read<{ items: (Due & { arranged: { reason: string } | null })[] }>(
      manager,
      '/api/due?state=overdue&kind=occurrence',
    )
    const found = items.find((one) => one.subject === late.subject)
    expect([found?.state, found?.arranged?.reason]).toEqual(['overdue', 'The team is at an off-site.'])
  })

  it('is subscribed to at an address that is shown once and ends when its person ends it', async () => {
    await page.getByRole('button', { name: 'Subscribe' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('sends no mail yet').waitFor()
    await dialog.getByRole('button', { name: 'Make an address' }).click()
    address = await dialog.getByRole('textbox', { name: 'Your addresses' }).inputValue()
    expect(address).toMatch(/\/calendar\/[\w-]{43}\.ics$/)
    const fetched = await fetch(address)
    expect([fetched.status, fetched.headers.get('content-type')]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ])
    expect(await fetched.text()).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2.0\r\n/)
    await dialog.getByRole('button', { name: 'End it' }).click()
    await dialog.getByText('You have no address yet.').waitFor()
    expect((await fetch(address)).status).toBe(404)
    await page.keyboard.press('Escape')
  })

  it('changes after how many days managers are told', async () => {
    await page.goto('/app/settings?tab=reminders')
    await page.getByText('7 days overdue').waitFor()
    await page.getByRole('button', { name: 'Change' }).click()
    const form = page.getByRole('dialog', { name: 'Reminders' })
    await form.getByLabel('Days overdue until managers are told').fill('21')
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByText('21 days overdue').waitFor()
  })

  it('is a list on a phone, and nothing of it is complained about', async () => {
    const phone = await person(browser, app, 'manager', { language: 'ja', width: 390 })
    const small = await phone.newPage()
    const complaints = complaintsOf(small)
    await small.goto('/app/calendar')
    await small.getByText('今日　2023年7月31日').waitFor()
    expect(await small.getByRole('table').count()).toBe(0)
    const wide = await small.evaluate('document.documentElement.scrollWidth > innerWidth')
    expect(wide).toBe(false)
    await phone.close()
    expect([...said, ...complaints]).toEqual([])
  })
})
