import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { contextWords } from './context-words.ts'
import { type App, closed, complaintsOf, inSteps, person, read, settled, startApp } from './support.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

type Items<T> = { items: T[] }

describe.each(['en', 'ja'] as const)('the context and the objectives, in %s', (language) => {
  inSteps()
  const t = contextWords[language]
  let app: App
  let manager: BrowserContext
  let owner: BrowserContext
  let page: Page
  let complaints: string[]
  const drawer = (name: string) => page.getByRole('dialog', { name })

  beforeAll(async () => {
    app = await startApp()
    manager = await person(browser, app, 'manager', { language })
    owner = await person(browser, app, 'owner', { language })
    page = await manager.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(() => app?.stop())

  it('an obligation is written, linked to a requirement and reviewed by keys', async () => {
    await page.goto('/app')
    await settled(page, 'light')
    await page.keyboard.press('g')
    await page.keyboard.press('x')
    await page.waitForURL('**/app/context')
    await page.goto('/app/context?tab=obligations')
    await page.getByRole('button', { name: t.newObligation }).press('Enter')
    const form = drawer(t.newObligation)
    await form.getByRole('textbox', { name: t.name }).fill('Log retention')
    await form.getByRole('textbox', { name: t.key }).fill('log-retention')
    await form.getByRole('textbox', { name: t.source }).fill('Contract 7')
    await form.getByRole('textbox', { name: t.demands }).fill('Keep logs for a year.')
    const requirement = form.getByRole('combobox', { name: t.requirement })
    await requirement.fill('A.8.15')
    await page.getByRole('option', { name: t.security }).waitFor()
    await requirement.press('ArrowDown')
    await requirement.press('Enter')
    await page.keyboard.press('Control+Enter')
    await closed(form)
    await page.getByRole('button', { name: 'Log retention' }).press('Enter')
    const detail = drawer('Log retention')
    await detail.getByRole('button', { name: t.reviewed }).press('Enter')
    await drawer(t.recordReview).waitFor()
    await page.keyboard.press('Control+Enter')
    await detail.waitFor()
    await detail.getByRole('button', { name: t.close }).press('Enter')
    const { items } = await read<Items<object>>(manager, '/api/obligations?text=log-retention')
    expect(items).toMatchObject([
      { requirements: [{ edition: 'iso27001-2022', requirement: 'A.8.15' }], reviewedOn: '2023-07-31' },
    ])
  })

  it('the register is cut by somebody who is found by typing', async () => {
    const { items: people } = await read<Items<{ id: string; name: Record<string, string>; email: string }>>(
      owner,
      '/api/people?limit=200',
    )
    const keeper = people.find((one) => one.email.startsWith('rina.'))
    if (!keeper) throw new Error('the demo knows no keeper')
    const name = keeper.name[language] ?? ''
    await page.goto('/app/context?tab=obligations')
    await page.getByRole('button', { name: t.owner, exact: true }).press('Enter')
    const field = page.getByRole('combobox', { name: t.owner })
    await field.pressSequentially(name.slice(0, 4))
    await expect.poll(() => page.getByRole('option').allTextContents()).toEqual([name])
    await field.press('ArrowDown')
    await field.press('Enter')
    await page.getByRole('button', { name: t.without(name) }).waitFor()
    const { items } = await read<Items<{ owner: { id: string } }>>(
      manager,
      `/api/obligations?owner=${keeper.id}&limit=200`,
    )
    expect(items.length).toBeGreaterThan(1)
    await expect.poll(() => page.getByRole('row').count()).toBe(items.length + 1)
    await page.getByRole('button', { name: t.without(name) }).press('Enter')
    await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(items.length + 1)
  })

  it('the determination on climate change is said, and its lack on every day before it', async () => {
    await page.goto('/app/context?tab=issues')
    await page.getByText(t.determined).first().waitFor()
    await page.goto('/app/context?tab=issues&asOf=2022-05-31')
    await page.getByText(/2024/).first().waitFor()
  })

  it('the scope has a next version, whose exclusions say why, and which another person approves', async () => {
    const { items } = await read<Items<{ id: string; key: string }>>(manager, '/api/programmes')
    const id = items.find((one) => one.key === 'isms-2022')?.id
    await page.goto(`/app/context/scope/${id}`)
    await settled(page, 'light')
    await page.getByRole('button', { name: t.next }).press('Enter')
    const form = drawer(t.statement)
    await form.getByRole('button', { name: t.addExclusion }).press('Enter')
    await form.getByRole('textbox', { name: t.left }).last().fill('The test kitchen')
    await page.keyboard.press('Control+Enter')
    await form.getByText(t.missing).waitFor()
    await form.getByRole('textbox', { name: t.why }).last().fill('Nothing is processed there.')
    await page.keyboard.press('Control+Enter')
    await closed(form)
    expect(await page.getByRole('button', { name: t.approve, exact: true }).count()).toBe(0)
    const other = await owner.newPage()
    const theirs = complaintsOf(other)
    // Whoever wrote it is not asked; whoever may approve it finds it among what is due.
    await page.goto('/app/calendar?view=list&kind=approval')
    await page.getByRole('heading', { level: 1, name: t.calendar }).waitFor()
    expect(await page.getByRole('link', { name: t.toApprove }).count()).toBe(0)
    await other.goto('/app/calendar?view=list&kind=approval')
    await other.getByRole('link', { name: t.toApprove }).press('Enter')
    await other.waitForURL(`**/app/context/scope/${id}?*`)
    await other.getByRole('button', { name: new RegExp(t.draft) }).press('Enter')
    await other.getByRole('button', { name: t.approve, exact: true }).press('Enter')
    await other.getByRole('dialog').getByRole('button', { name: t.approve, exact: true }).press('Enter')
    await closed(other.getByRole('dialog'))
    await other.getByRole('combobox', { name: t.compare }).press('Enter')
    await other.getByRole('option', { name: t.version2 }).click()
    await other.getByText(t.changes).waitFor()
    await other.getByText('The test kitchen').waitFor()
    const scope = await read<{ versions: { number: number; state: string }[] }>(
      owner,
      `/api/programmes/${id}/scope`,
    )
    expect(scope.versions.map((one) => [one.number, one.state])).toEqual([
      [3, 'approved'],
      [2, 'superseded'],
      [1, 'superseded'],
    ])
    expect(theirs).toEqual([])
    await other.close()
  })

  it('roles say what nobody answers for', async () => {
    await page.goto('/app/context?tab=roles')
    await page.getByText(t.vacant).waitFor()
  })

  it('a wrong reading is corrected and stays visible', async () => {
    const { items } = await read<Items<{ id: string; key: string }>>(manager, '/api/objectives')
    const id = items.find((one) => one.key === 'patching')?.id
    await page.goto(`/app/objectives/${id}`)
    await settled(page, 'light')
    const add = async (value: string, open: string) => {
      await page.getByRole('button', { name: open }).press('Enter')
      const form = page.getByRole('dialog')
      await form.getByRole('textbox', { name: t.value }).fill(value)
      await page.keyboard.press('Control+Enter')
      await closed(form)
    }
    await add('9.6', t.addReading)
    await add('96', t.correct)
    const wrong = page.getByRole('row').filter({ hasText: '9.6%' })
    await wrong.getByText(t.corrected).waitFor()
    expect(await wrong.locator('del').textContent()).toBe('9.6%')
    const one = await read<{ state: string; value: number }>(manager, `/api/objectives/${id}`)
    expect(one).toMatchObject({ state: 'on-track', value: 96 })
    // The exclusion without its reason was refused, and nothing else was.
    expect(complaints.filter((line) => !/: 400 .*\/scope$/.test(line))).toEqual([])
  })
})
