import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languages } from '../../src/kernel/language.ts'
import { en } from '../../src/risks/web/messages.en.ts'
import { ja } from '../../src/risks/web/messages.ja.ts'
import { launchBrowser } from '../support/browser.ts'
import { type App, closed, complaintsOf, inSteps, person, read, root, settled, startApp } from './support.ts'

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

const words = {
  en: { ...en, save: 'Save', tongue: 'English', said: 'A cable is cut at the river crossing' },
  ja: { ...ja, save: '保存', tongue: '日本語', said: '河川横断部のケーブル切断' },
}

type Risk = { id: string; code: string; state: string; ratings: { residual: { key: string } | null } }

describe.each(languages)('a risk in %s, with the keyboard alone', (language) => {
  inSteps()
  const t = words[language]
  let app: App
  let browser: Browser
  let owner: BrowserContext
  let page: Page
  let complaints: string[]
  let code = ''
  let id = ''

  const drawer = () => page.getByRole('dialog')
  const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter')
  // Not exactly: the star of what must be filled in is part of the label.
  const field = (label: string) => drawer().getByLabel(label)
  const said = (label: string) => drawer().getByLabel(`${label} (${t.tongue})`, { exact: true })
  const here = () => read<Risk>(owner, `/api/risks/${id}`)

  /** Saves with Ctrl+Enter, which works from every field, and waits until the drawer is gone. */
  const saved = async () => {
    await page.keyboard.press('Control+Enter')
    await closed(drawer())
  }

  /** Goes down an open list until the wanted option is the one that Enter takes. */
  const take = async (list: Locator, begins: string) => {
    const at = page.locator('[role=option][data-combobox-selected]')
    for (let step = 0; step < 12; step++) {
      // Without waiting: while a list is read anew nothing in it is marked.
      const [marked] = await at.allTextContents()
      if (marked?.startsWith(begins)) break
      await list.press('ArrowDown')
    }
    await list.press('Enter')
  }
  const pick = async (list: Locator, begins: string) => {
    await list.focus()
    await list.press('ArrowDown')
    await take(list, begins)
    expect(await list.inputValue()).toContain(begins)
  }

  beforeAll(async () => {
    app = await startApp()
    browser = await launchBrowser()
    owner = await person(browser, app, 'owner', { language })
    page = await owner.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  it('is identified', async () => {
    await page.goto('/app/risks')
    await settled(page, 'light')
    await press(t.create)
    await said(t.name).fill(t.said)
    await said(t.scenario).fill(t.said)
    await field(t.properties.availability).press('Space')
    await saved()
    await page.getByRole('heading', { level: 1, name: t.said }).waitFor()
    id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const one = await here()
    code = one.code
    expect([one.state, /^R-\d{3}$/.test(code)]).toEqual(['identified', true])
    await page.getByText(t.states.identified, { exact: true }).waitFor()
  })

  it('is assessed by the method in force, and a value that rises asks for its reason', async () => {
    await press(t.assess)
    const scale = (kind: 'inherent' | 'current' | 'residual', axis: 'likelihood' | 'consequence') =>
      drawer().getByRole('combobox', { name: `${t.levelOf[kind]}: ${t[axis]}`, exact: true })
    for (const [kind, likelihood, consequence] of [
      ['inherent', '4', '5'],
      ['current', '3', '4'],
      ['residual', '4', '4'],
    ] as const) {
      await pick(scale(kind, 'likelihood'), likelihood)
      await pick(scale(kind, 'consequence'), consequence)
    }
    await field(t.form.exception).waitFor()
    await pick(scale('residual', 'likelihood'), '2')
    expect(await field(t.form.exception).count()).toBe(0)
    await field(t.form.rationale).fill(t.said)
    await saved()
    expect((await here()).ratings.residual?.key).toBe('moderate')
  })

  it('is treated with a control and an action', async () => {
    await press(t.treat)
    await said(t.form.why).fill(t.said)
    const controls = drawer().getByRole('combobox', { name: t.form.controls, exact: true })
    await controls.pressSequentially('CON-02')
    // Until the list of the whole text is there, the marked option may be replaced under the key.
    const listed = () => page.getByRole('option').allTextContents()
    const isSearched = (texts: string[]) => texts.length > 0 && texts.every((text) => /^CON-02/.test(text))
    await expect.poll(async () => isSearched(await listed()), { timeout: 30_000 }).toBe(true)
    await take(controls, 'CON-02')
    await drawer()
      .getByText(/^CON-02/)
      .first()
      .waitFor()
    await saved()
    await page.getByRole('tab', { name: new RegExp(`^${t.tabs.treatment}`) }).press('Enter')
    await page.getByRole('link', { name: /^CON-02/ }).waitFor()
    await press(t.plan)
    await said(t.form.actionName).fill(t.said)
    await field(t.form.due).fill('2023-12-31')
    await field(t.form.cost).fill('3500000')
    await saved()
    await page.getByRole('listitem').filter({ hasText: '3,500,000' }).waitFor()
    expect((await here()).state).toBe('planned')
  })

  it('is accepted by its owner, for exactly what is shown, and stays so when an action is ticked off', async () => {
    await press(t.accept)
    await drawer().getByText(t.acceptance.lead).waitFor()
    await saved()
    expect((await here()).state).toBe('accepted')
    await page.getByRole('checkbox', { name: t.plans.tick(t.said), exact: true }).press('Space')
    await page.getByText(t.progressOf('1', '1')).first().waitFor()
    expect((await here()).state).toBe('accepted')
  })

  it('lies on the map, whose cell leads to it', async () => {
    await page.goto('/app/risks/map')
    await settled(page, 'light')
    const cell = page.getByRole('link', { name: new RegExp(`\\b${code}\\b`) }).first()
    await cell.press('Enter')
    // The map has rows too, and stands until the register has come.
    await page.waitForURL((url) => url.pathname === '/app/risks')
    await page.getByRole('row').locator(`a[href*="/app/risks/${id}"]`).first().waitFor()
    const url = new URL(page.url())
    expect([url.pathname, url.searchParams.get('likelihood')]).toEqual(['/app/risks', '1'])
  })

  it('is estimated in money, simulated in the browser as on the server', async () => {
    await page.goto(`/app/risks/${id}?tab=money`)
    await press(t.money.add)
    const part = (legend: string) => drawer().getByRole('group', { name: legend, exact: true })
    await part(t.money.frequency).getByLabel(t.money.low, { exact: true }).fill('0.2')
    await part(t.money.frequency).getByLabel(t.money.high, { exact: true }).fill('2')
    await part(t.money.loss).getByLabel(t.money.low, { exact: true }).fill('1000000')
    await part(t.money.loss).getByLabel(t.money.high, { exact: true }).fill('20000000')
    await field(t.money.why).fill(t.said)
    await saved()
    await page.getByRole('img', { name: new RegExp(t.money.curveText('')) }).waitFor()
    const { anyLoss } = await read<{ anyLoss: number }>(owner, `/api/risks/${id}/simulation`)
    const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 })
    await page.getByText(percent.format(anyLoss), { exact: true }).first().waitFor()
  })

  it('is on the day before its identification nowhere to be seen', async () => {
    const { items } = await read<{ items: Risk[] }>(owner, '/api/risks?limit=200&asOf=2023-07-30')
    expect(items.map((one) => one.code)).not.toContain(code)
  })

  it('has pages in which axe finds nothing, and of which the browser complains about nothing', async () => {
    const found: string[] = []
    for (const path of [
      '/app/risks',
      '/app/risks/map',
      '/app/risks/treatment?plan=all',
      '/app/risks/method',
      `/app/risks/${id}`,
      `/app/risks/${id}?tab=treatment`,
      `/app/risks/${id}?tab=acceptance`,
      `/app/risks/${id}?tab=money`,
    ]) {
      await page.goto(path)
      await settled(page, 'light')
      await page.evaluate(axe)
      const findings = await page.evaluate<{ id: string }[]>('axe.run().then((result) => result.violations)')
      found.push(...findings.map((finding) => `${path}: ${finding.id}`))
    }
    expect(found).toEqual([])
    expect(complaints).toEqual([])
  })
})
