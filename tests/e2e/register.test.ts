import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import {
  type App,
  bytesOf,
  closed,
  complaintsOf,
  inSteps,
  person,
  read,
  settled,
  startApp,
} from './support.ts'

type Listed = { items: { key: string; version: number; verificationCheckedOn: string | null }[] }

const head =
  'key,scheme,number,holders,verificationUrl,term.basis,term.edition,term.issuer.name.en,term.decisionDate,term.expiryDate'
const line = (key: string, number: string, expiry = '2025-01-09') =>
  `${key},iso27001,${number},line,https://example.com/${key},initial,iso27001-2013,BSI,2022-01-10,${expiry}`
const csv = (...lines: string[]) => ({
  name: 'certificates.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`${[head, ...lines].join('\n')}\n`),
})

describe('the register by hand', () => {
  inSteps()
  let app: App
  let browser: Browser
  let owner: BrowserContext
  let page: Page
  let complaints: string[]

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

  const certificates = async () => (await read<Listed>(owner, '/api/certificates?limit=200')).items
  const drawer = () => page.getByRole('dialog', { name: 'Import certificates' })
  const choose = (file: ReturnType<typeof csv>) => drawer().locator('input[type=file]').setInputFiles(file)

  it('refuses a hostile file in words, and keeps nothing of it', async () => {
    await page.goto('/app/certificates?open=import')
    const bomb = {
      name: 'certificates.xlsx',
      mimeType: 'application/zip',
      buffer: Buffer.from('PK\x03\x04\0\0boom'),
    }
    await choose(bomb)
    const alert = drawer().getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toContain('not an Excel workbook')
    expect(
      await drawer()
        .getByRole('button', { name: /^Import / })
        .count(),
    ).toBe(0)
    expect((await certificates()).map((one) => one.key)).not.toContain('boom')
    // A file is refused in the middle of an answer that had begun: for the browser nothing went wrong.
    expect(complaints).toEqual([])
  })

  it('says what each row of a file would do, and takes none while one is wrong', async () => {
    await choose(csv(line('east', 'QX 1'), line('west', 'QX 2', '2020-01-01')))
    await drawer().getByText('1 row cannot be imported').waitFor()
    const fates = drawer().getByRole('row')
    expect(await fates.filter({ hasText: 'west' }).textContent()).toContain('before the decision')
    expect(await fates.filter({ hasText: 'east' }).textContent()).toContain('New')
    expect(
      await drawer()
        .getByRole('button', { name: /^Import / })
        .count(),
    ).toBe(0)
    expect(await certificates()).toHaveLength(4)
  })

  it('imports the corrected file as a whole, and then knows it', async () => {
    const corrected = csv(line('east', 'QX 1'), line('west', 'QX 2'), line('north', 'QX 3'))
    await choose(corrected)
    await drawer().getByText('3 rows would change the register').waitFor()
    await drawer().getByLabel('Reason (optional)').fill('Found in a drawer')
    await drawer().getByRole('button', { name: 'Import 3 rows' }).click()
    await drawer().getByText('Imported: 3 registered, 0 changed').waitFor()
    await drawer().getByRole('button', { name: 'Close' }).last().click()
    await closed(drawer())
    expect(await certificates()).toHaveLength(7)
    await page.goto('/app/certificates?open=import')
    await choose(corrected)
    await drawer().getByText('There is nothing to import').waitFor()
  })

  it('chooses rows by keyboard, one and then a range, and exports exactly these', async () => {
    await page.goto('/app/certificates')
    await settled(page, 'light')
    await page.getByLabel('Search number, scope, holder, issuer, service').fill('QX')
    await page.getByText('QX 3').waitFor()
    await page.getByRole('link', { name: 'SOC 2 report' }).waitFor({ state: 'detached' })
    await page.locator('tbody tr[data-index="0"] td[data-first] a').focus()
    await page.keyboard.press('x')
    const bar = page.getByRole('region', { name: /selected/ })
    expect(await bar.textContent()).toContain('1 selected')
    const row = () => page.evaluate<string>(`document.activeElement.closest('tr')?.dataset.index ?? ''`)
    for (const next of ['1', '2']) {
      await page.keyboard.press('j')
      await expect.poll(row).toBe(next)
    }
    await page.keyboard.press('Shift+X')
    await page.getByText('3 selected').waitFor()
    await page.keyboard.press('b')
    await page.keyboard.press('Enter')
    const saved = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'CSV' }).click()
    const text = (await bytesOf(await saved)).toString()
    const keys = text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',')[0])
    expect(keys).toEqual(['east', 'north', 'west'])
  })

  it('marks the chosen ones as checked in one go', async () => {
    await page.getByRole('button', { name: 'Checked today' }).click()
    await page.getByText('Changed: 3. So already: 0.').waitFor()
    expect((await certificates()).filter((one) => one.verificationCheckedOn === '2023-07-31')).toHaveLength(3)
    await page.getByText('3 selected').waitFor({ state: 'detached' })
  })

  it('says which rows stand in the way, and goes on without them', async () => {
    await page.goto('/app/certificates')
    await settled(page, 'light')
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).check()
    await page.getByText('7 selected').waitFor()
    await page.getByRole('button', { name: 'Checked today' }).click()
    const refused = page.getByRole('dialog', { name: 'Nothing was changed' })
    await refused.waitFor()
    expect(await refused.getByText('It has no address at which the issuer confirms it').count()).toBe(4)
    await refused.getByRole('button', { name: 'Change the other 3' }).click()
    await page.getByText('Changed: 0. So already: 3.').waitFor()
    expect(complaints).toEqual([])
  })

  it('says beside each button that does nothing why that is so', async () => {
    const reader = await person(browser, app, 'reader', { language: 'ja' })
    const shown = await reader.newPage()
    const [one] = (await read<{ items: { id: string }[] }>(reader, '/api/certificates')).items
    await shown.goto(`/app/certificates/${one?.id}`)
    await settled(shown, 'light')
    const button = shown.locator('button[aria-disabled=true]').first()
    await button.focus()
    await shown.getByText('お使いの役割ではこの操作はできません').waitFor()
    await shown.keyboard.press('Enter')
    expect(await shown.getByRole('dialog').count()).toBe(0)
    await reader.close()
  })
})
