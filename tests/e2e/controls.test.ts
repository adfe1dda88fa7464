import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import {
  type App,
  choose,
  closed,
  complaintsOf,
  inSteps,
  person,
  read,
  root,
  settled,
  startApp,
} from './support.ts'

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

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

type Control = { id: string; code: string; review: unknown; implementations: number }
type Occurrence = {
  id: string
  state: string
  hadFailure: boolean
  control: { id: string }
  missed: { reason: string } | null
  abilities: string[]
}

const controls = async (context: BrowserContext) =>
  (await read<{ items: Control[] }>(context, '/api/controls?limit=200')).items

const occurrences = async (context: BrowserContext, query: string) =>
  (await read<{ items: Occurrence[] }>(context, `/api/occurrences?limit=200&${query}`)).items

describe('a control by hand', () => {
  inSteps()
  let owner: BrowserContext
  let page: Page
  let complaints: string[]
  let me = ''
  let id = ''
  const drawer = () => page.getByRole('dialog')

  beforeAll(async () => {
    owner = await person(browser, app, 'owner', { language: 'en' })
    page = await owner.newPage()
    complaints = complaintsOf(page)
    const session = await read<{ person: { name: { en: string } } }>(owner, '/api/me')
    me = session.person.name.en
  })
  afterAll(() => owner.close())

  it('is adopted from the library, where those here already are marked', async () => {
    await page.goto('/app/controls')
    await settled(page, 'light')
    await page.getByRole('button', { name: 'Adopt from the library' }).click()
    const dialog = page.getByRole('dialog', { name: 'Adopt from the common library' })
    await dialog.getByRole('textbox', { name: 'Find by number, name or aim' }).fill('GOV-0')
    const taken = dialog.getByRole('checkbox', { name: /^GOV-01 / })
    await taken.waitFor()
    expect(await taken.isDisabled()).toBe(true)
    await dialog.getByRole('checkbox', { name: /^GOV-06 / }).check()
    await dialog.getByRole('button', { name: 'Adopt 1 control' }).click()
    await closed(dialog)
    const adopted = (await controls(owner)).find((one) => one.code === 'GOV-06')
    expect(adopted).toMatchObject({ review: null, implementations: 0 })
    id = adopted?.id ?? ''
  })

  it('shows its words as unreviewed until a named person has read and confirmed them', async () => {
    await page.goto(`/app/controls/${id}`)
    const banner = page.getByRole('region', { name: 'Unreviewed words from the common library' })
    await banner.getByRole('button', { name: 'Confirm these words' }).click()
    const dialog = page.getByRole('dialog', { name: 'Confirm the words of GOV-06' })
    await dialog.getByText(`${me} says on 31 July 2023`).waitFor()
    const confirm = dialog.getByRole('button', { name: 'Confirm 1 control' })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByLabel('I have read each of these texts').check()
    await confirm.click()
    await banner.waitFor({ state: 'detached' })
    await page.getByText(`Confirmed by ${me} on 31 Jul 2023`).waitFor()
  })

  it('is carried out at the top, with its next due days shown while the rhythm is chosen', async () => {
    await page.getByRole('button', { name: 'Carry out: LINE Corporation' }).click()
    await drawer()
      .getByRole('textbox', { name: 'How it is done here (English)' })
      .fill('Measured on one sheet')
    await choose(drawer(), 'Owner', me)
    await drawer().getByRole('radio', { name: 'A calendar period' }).check()
    await choose(drawer(), 'Period', 'every month')
    await drawer().getByText('every month from 1 Jul 2023').waitFor()
    // It began with the month, not today: else the month that runs would not be promised.
    await drawer().getByLabel('From', { exact: true }).fill('2023-07-01')
    await drawer().getByRole('cell', { name: '31 Aug 2023', exact: true }).waitFor()
    await drawer().getByRole('button', { name: 'Save' }).click()
    await closed(drawer())
    await page.getByText('Inherited from LINE Corporation').first().waitFor()
    expect((await occurrences(owner, `control=${id}`)).map((one) => one.state)).toEqual([
      'open',
      'planned',
      'planned',
    ])
  })

  it('says before it is saved what a change of rhythm takes off the plan', async () => {
    await page.getByRole('button', { name: 'Actions for LINE Corporation' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await choose(drawer(), 'Period', 'every 12 months')
    await drawer().getByText('2 planned dates are taken off the plan').waitFor()
    await drawer().getByText('What has begun stays: 1 Jul 2023 – 31 Jul 2023.').waitFor()
    await drawer().getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Discard' }).click()
    await closed(drawer().first())
  })

  it('is a task of its owner: failed, repeated and passed within the list, by keyboard', async () => {
    await page.goto('/app/tasks')
    await settled(page, 'light')
    const head = page.getByRole('button', { name: /GOV-06.*Due/s })
    await head.focus()
    await page.keyboard.press('Enter')
    await page.getByText('Measured on one sheet').waitFor()
    await page.getByText('Failed', { exact: true }).click()
    await page.getByLabel('What failed, and what happens now').fill('Two measures have no value')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: /GOV-06.*Failed/s }).waitFor()
    if ((await head.getAttribute('aria-expanded')) === 'false') await head.click()
    await page.getByText('Two measures have no value').waitFor()
    await page.getByLabel('Note', { exact: true }).fill('All have one now')
    await page.getByLabel('Note', { exact: true }).press('Control+Enter')
    await page.getByText('Two measures have no value').waitFor({ state: 'detached' })
    const [current] = await occurrences(owner, `control=${id}`)
    expect(current).toMatchObject({ state: 'on-time', hadFailure: true })
  })

  it('keeps the failure in sight beside the pass', async () => {
    await page.goto(`/app/controls/${id}?tab=occurrences`)
    await page.getByRole('button', { name: /^1 Jul 2023/ }).click()
    const attempts = drawer().getByRole('listitem')
    await attempts.filter({ hasText: 'Two measures have no value' }).waitFor()
    await attempts.filter({ hasText: 'All have one now' }).waitFor()
    await drawer().getByText('failed before').waitFor()
  })

  it('says why one was missed, once, and it stays missed', async () => {
    const missed = (await occurrences(owner, 'state=missed')).find((one) => one.abilities.includes('explain'))
    if (!missed) throw new Error('the demo has no miss to explain')
    await page.goto(`/app/controls/${missed.control.id}?tab=occurrences&occurrence=${missed.id}`)
    await drawer().getByRole('button', { name: 'Say why it was missed' }).click()
    await drawer().getByLabel('Reason').fill('The scanner was out of order')
    await drawer().getByRole('button', { name: 'Say why it was missed' }).click()
    await drawer().getByText(`Explained by ${me}`).waitFor()
    const after = await read<Occurrence>(owner, `/api/occurrences/${missed.id}`)
    expect(after).toMatchObject({ state: 'missed', missed: { reason: 'The scanner was out of order' } })
    expect(after.abilities).not.toContain('explain')
  })

  it('complains of nothing on the way', () => {
    expect(complaints).toEqual([])
  })
})

describe.each([
  ['en', 'light', 1440],
  ['ja', 'dark', 1440],
  ['en', 'dark', 390],
  ['ja', 'light', 390],
] as const)('the pages of controls in %s, %s, %i px', (language, theme, width) => {
  it('are clean for axe, fit the window and complain of nothing', async () => {
    const context = await person(browser, app, 'owner', { language, theme, width })
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    const all = await controls(context)
    const shown = all.find((one) => one.implementations > 1)?.id ?? ''
    const unreviewed = all.find((one) => one.review === null)?.id ?? ''
    const scanned = all.find((one) => one.code === 'VUL-02')?.id ?? ''
    const failed = (await occurrences(context, `control=${scanned}`)).find((one) => one.hadFailure)
    const faults: string[] = []
    for (const path of [
      '/app/controls',
      '/app/controls?open=adopt',
      '/app/controls?open=new',
      '/app/controls?open=import',
      `/app/controls/${shown}`,
      `/app/controls/${shown}?tab=links`,
      `/app/controls/${unreviewed}?open=review`,
      `/app/controls/${failed?.control.id}?tab=effectiveness`,
      `/app/controls/${failed?.control.id}?tab=occurrences&occurrence=${failed?.id}`,
      '/app/tasks',
    ]) {
      await page.goto(path, { waitUntil: 'networkidle' })
      await settled(page, theme)
      const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')
      if (wide) faults.push(`${path} is wider than the window`)
      await page.evaluate(axe)
      const found = await page.evaluate<string[]>(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`))',
      )
      faults.push(...found.map((one) => `${path}: ${one}`))
    }
    expect([...faults, ...complaints]).toEqual([])
    await context.close()
  })
})
