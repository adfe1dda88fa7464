import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { pdfText } from '../support/pdf.ts'
import { soaWords } from './soa-words.ts'
import { type App, closed, complaintsOf, inSteps, person, read, settled, startApp } from './support.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

type Items<T> = { items: T[] }
type Statement = {
  programmeId: string
  gaps: { reference: string; kind: string }[]
  versions: { id: string; number: number; state: string }[]
}

describe.each(['en', 'ja'] as const)('the statement of applicability, in %s', (language) => {
  inSteps()
  const t = soaWords[language]
  let app: App
  let manager: BrowserContext
  let owner: BrowserContext
  let page: Page
  let complaints: string[]
  let programme: string

  const statement = () => read<Statement>(manager, `/api/programmes/${programme}/statement`)

  beforeAll(async () => {
    app = await startApp()
    manager = await person(browser, app, 'manager', { language })
    owner = await person(browser, app, 'owner', { language })
    const { items } = await read<Items<{ id: string; key: string }>>(manager, '/api/programmes')
    programme = items.find((one) => one.key === 'isms-2022')?.id ?? ''
    page = await manager.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(() => app?.stop())

  it('a control is decided not to apply, with the reason that its row then shows', async () => {
    await page.goto('/app')
    await settled(page, 'light')
    await page.keyboard.press('g')
    await page.keyboard.press('y')
    await page.waitForURL('**/app/soa')
    await page.goto(`/app/soa/${programme}`)
    await page.getByRole('checkbox', { name: t.select('A.7.4') }).waitFor()
    await page.getByRole('checkbox', { name: t.select('A.7.4') }).press('Space')
    await page.getByRole('button', { name: t.exclude, exact: true }).press('Enter')
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: t.justification }).first().fill('No site of our own is guarded.')
    await page.keyboard.press('Control+Enter')
    await closed(form)
    await page.getByText('No site of our own is guarded.').waitFor()
  })

  it('every control that lacks a reason gets one before a version is drafted', async () => {
    const { gaps } = await statement()
    const open = gaps.filter((gap) => gap.kind === 'reason-missing')
    await page.goto(`/app/soa/${programme}?show=gaps`)
    for (const { reference } of open)
      await page.getByRole('checkbox', { name: t.select(reference) }).press('Space')
    if (open.length > 0) {
      await page.getByRole('button', { name: t.apply, exact: true }).press('Enter')
      const form = page.getByRole('dialog')
      await form.getByRole('checkbox', { name: t.baseline }).press('Space')
      await page.keyboard.press('Control+Enter')
      await closed(form)
    }
    await page.getByText(t.noGaps).waitFor()
    expect((await statement()).gaps.filter((gap) => gap.kind === 'reason-missing')).toEqual([])
  })

  it('whoever drafts a version cannot approve it, and is told why', async () => {
    // The demo's draft is withdrawn first: there is one at a time, and this one is of today.
    const [waiting] = (await statement()).versions
    if (waiting?.state === 'draft') {
      await page.goto(`/app/soa/versions/${waiting.id}`)
      await page.getByRole('button', { name: t.withdraw, exact: true }).press('Enter')
      await page.getByRole('dialog').getByRole('textbox', { name: t.reason }).fill('Drafted anew')
      await page.keyboard.press('Control+Enter')
      await page.getByText('Drafted anew').first().waitFor()
      await page.goto(`/app/soa/${programme}`)
    }
    await page.getByRole('button', { name: t.makeDraft, exact: true }).press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Control+Enter')
    await closed(page.getByRole('dialog'))
    const [draft] = (await statement()).versions
    await page.goto(`/app/soa/versions/${draft?.id}`)
    const approve = page.getByRole('button', { name: t.approve, exact: true })
    await approve.focus()
    await page.getByText(t.ownWork).waitFor()
    expect(await approve.getAttribute('aria-disabled')).toBe('true')
  })

  it('another person approves it, and what changes afterwards is shown beside it', async () => {
    const [draft] = (await statement()).versions
    const other = await owner.newPage()
    const theirs = complaintsOf(other)
    await other.goto(`/app/soa/versions/${draft?.id}`)
    await settled(other, 'light')
    await other.getByRole('button', { name: t.approve, exact: true }).press('Enter')
    await other.getByRole('dialog').getByRole('button', { name: t.approve, exact: true }).press('Enter')
    await closed(other.getByRole('dialog'))
    await other.getByText(t.inForce, { exact: true }).waitFor()
    expect((await statement()).versions[0]).toMatchObject({ number: draft?.number, state: 'approved' })
    await other.goto(`/app/soa/versions/${draft?.id}?tab=difference`)
    await other.getByText(t.same).waitFor()
    expect(theirs).toEqual([])
    await other.close()
  })

  it('is among the required documents, and printed word for word', async () => {
    await page.goto(`/app/documented-information?programme=${programme}`)
    const row = page.getByRole('row').filter({ hasText: '6.1.3 d' })
    await row.getByText(t.current, { exact: true }).waitFor()
    await page.goto('/app/reports/statement-of-applicability')
    await page.getByText(t.digest).waitFor()
    const version = (await statement()).versions[0]?.id
    const pdf = await manager.request.get(
      `/api/reports/statement-of-applicability/pdf?language=${language}&programme=${programme}&version=${version}`,
    )
    const { text } = await pdfText(await pdf.body())
    expect(text.replaceAll(/\s/g, '')).toContain('Nositeofourownisguarded.')
    expect(complaints).toEqual([])
  })
})
