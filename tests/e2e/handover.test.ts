import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { handoverWords } from './handover-words.ts'
import { type App, complaintsOf, inSteps, person, read, settled, startApp } from './support.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

type Named = { id: string; name: { en: string; ja: string }; state: string }
type Handovers = {
  people: { person: Named; count: number }[]
  items: { noun: string; id: string }[]
  total: number
}

describe.each(['en', 'ja'] as const)('what belongs to somebody who leaves, in %s', (language) => {
  inSteps()
  const t = handoverWords[language]
  let app: App
  let owner: BrowserContext
  let page: Page
  let complaints: string[]
  let leaver: Named
  let successor: Named
  let heir: Named
  let keeper: Named
  let before: Handovers

  const handovers = (id: string) => read<Handovers>(owner, `/api/handovers?person=${id}`)

  /** Names the successor as a hand does: typing, and taking the one that is found. */
  const give = async (form: Locator, why: string) => {
    await form.getByRole('combobox', { name: t.successor }).fill(successor.name[language])
    await page.getByRole('option', { name: successor.name[language], exact: true }).click()
    await form.getByRole('textbox', { name: t.reason }).fill(why)
    await page.keyboard.press('Control+Enter')
    await form.waitFor({ state: 'detached' })
  }

  beforeAll(async () => {
    app = await startApp()
    owner = await person(browser, app, 'owner', { language })
    const { items } = await read<{ items: Named[] }>(owner, '/api/people?limit=50')
    const named = (name: string) => {
      const found = items.find((one) => one.name.en === name)
      if (!found) throw new Error(`the demo knows no ${name}`)
      return found
    }
    leaver = named('Shun Watabe')
    successor = named('Ryota Ono')
    const others = items.filter((one) => one.state === 'active' && ![leaver, successor].includes(one))
    const [first, second] = others
    if (!first || !second) throw new Error('the demo knows too few people')
    heir = first
    keeper = second
    before = await handovers(leaver.id)
    page = await owner.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(() => app?.stop())

  it('is shown before they go, and they go without a successor only where that is said', async () => {
    expect(before.total).toBeGreaterThan(5)
    await page.goto(`/app/people?open=${leaver.id}`)
    await page.getByRole('button', { name: t.leave }).press('Enter')
    const form = page.getByRole('dialog', { name: leaver.name[language] })
    await form.getByText(t.belongs(before.total)).waitFor()
    await form.getByRole('textbox', { name: t.reason }).fill('Found another job')
    await page.keyboard.press('Control+Enter')
    await form.getByText(t.refused).waitFor()
    expect(complaints.splice(0)).toEqual([expect.stringContaining('/departure')])
    expect((await handovers(leaver.id)).people[0]?.person).toMatchObject({ left: false })
    await form.getByRole('checkbox', { name: t.waits }).press('Space')
    await page.keyboard.press('Control+Enter')
    await expect
      .poll(async () => (await handovers(leaver.id)).people[0]?.person)
      .toMatchObject({ left: true })
    expect((await handovers(leaver.id)).total).toBe(before.total)
  })

  it('is said at home, from where a part of it is handed over with the keyboard', async () => {
    await page.goto('/app')
    await settled(page, 'light')
    await page.getByText(t.atHome).waitFor()
    await page.getByRole('link', { name: t.handOver, exact: true }).press('Enter')
    await page.waitForURL('**/app/handover*')
    if (new URL(page.url()).searchParams.get('person') !== leaver.id)
      await page.goto(`/app/handover?person=${leaver.id}`)
    const risks = page.getByRole('table', { name: t.risks })
    const count = before.items.filter((one) => one.noun === 'risk').length
    await risks.getByRole('checkbox', { name: t.selectRisks }).press('Space')
    await page.getByRole('button', { name: t.some(count), exact: true }).press('Enter')
    await give(page.getByRole('dialog'), 'Takes the risks over')
    await risks.waitFor({ state: 'detached' })
    expect((await handovers(leaver.id)).items.filter((one) => one.noun === 'risk')).toEqual([])
    const theirs = (await handovers(successor.id)).items.map((one) => one.id)
    for (const one of before.items) if (one.noun === 'risk') expect(theirs).toContain(one.id)
  })

  it('is handed over whole, and nothing is left', async () => {
    const { total } = await handovers(leaver.id)
    await page.getByRole('button', { name: t.all(total), exact: true }).press('Enter')
    await give(page.getByRole('dialog'), 'Takes the rest over')
    await page.goto(`/app/handover?person=${leaver.id}`)
    await page.getByText(t.nothing(leaver.name[language])).waitFor()
    expect((await handovers(leaver.id)).total).toBe(0)
  })

  it('goes with the one who leaves in one step: everything to one, the risks to another', async () => {
    const held = await handovers(successor.id)
    const risks = held.items.filter((one) => one.noun === 'risk')
    expect([held.total > risks.length, risks.length > 0]).toEqual([true, true])
    await page.goto(`/app/people?open=${successor.id}`)
    await page.getByRole('button', { name: t.leave }).press('Enter')
    const form = page.getByRole('dialog', { name: successor.name[language] })
    const choose = async (label: string, who: Named) => {
      await form.getByRole('combobox', { name: label, exact: true }).fill(who.name[language])
      await page.getByRole('option', { name: who.name[language], exact: true }).click()
    }
    await choose(t.everything, heir)
    await choose(t.successorOf, keeper)
    await form.getByRole('textbox', { name: t.reason }).fill('Retires')
    await page.keyboard.press('Control+Enter')
    await expect
      .poll(() => handovers(successor.id))
      .toMatchObject({ total: 0, people: [{ person: { left: true } }] })
    const theirs = new Set((await handovers(keeper.id)).items.map((one) => one.id))
    for (const one of risks) expect(theirs).toContain(one.id)
    expect(complaints).toEqual([])
  })
})
