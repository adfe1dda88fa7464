import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type App, closed, complaintsOf, inSteps, person, read, startApp } from './support.ts'

type Listed = {
  items: { id: string; title: string; state: string; occurrenceIds: string[]; location: string | null }[]
  total: number
}
type Occurrence = { attempts: { outcome: string; note: string | null }[] }

// Nobody's number and no processor's test number.
const card = ['4539', '5787', '6362', '1486'].join('')

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

const listed = (context: BrowserContext, query: string) => read<Listed>(context, `/api/evidence?${query}`)
const textFile = (name: string, text: string) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
})

describe('a task with its evidence', () => {
  inSteps()
  let contributor: BrowserContext
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    contributor = await person(browser, app, 'contributor', { language: 'en' })
    page = await contributor.newPage()
    complaints = complaintsOf(page)
  })

  const focused = () => page.evaluate<string>('document.activeElement?.textContent ?? ""')
  /** Goes on with Tab until the focus is where somebody would stop. */
  async function tabTo(what: string, isThere: () => Promise<boolean>): Promise<void> {
    for (let step = 0; step < 60; step++) {
      if (await isThere()) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab did not lead to ${what}`)
  }

  // Two minutes are what somebody who comes once a month gives; the limit of this test is theirs.
  it('is done by keyboard: files, note, one key', { timeout: 120_000 }, async () => {
    // Awaited from the beginning: the browser is told to hand its choosers over before one is asked for.
    const choosing = page.waitForEvent('filechooser', { timeout: 120_000 })
    await page.goto('/app/tasks')
    await page.locator('main button[aria-expanded]').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByText('Drop files here').waitFor()
    await tabTo('the choice of files', async () => (await focused()) === 'Choose files')
    await page.keyboard.press('Enter')
    await (await choosing).setFiles([textFile('walk_through.txt', 'All as it should be.')])
    await page.getByText('Ready', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Save 1 file and record' }).waitFor()
    await tabTo('the note', () => page.evaluate<boolean>(`document.activeElement?.tagName === 'TEXTAREA'`))
    await page.keyboard.type('Walked through and found nothing.')
    await page.keyboard.press('Control+Enter')
    await expect.poll(async () => (await listed(contributor, 'text=walk+through')).total).toBe(1)
    const [item] = (await listed(contributor, 'text=walk+through')).items
    const [occurrenceId = ''] = item?.occurrenceIds ?? []
    const attempts = async () =>
      (await read<Occurrence>(contributor, `/api/occurrences/${occurrenceId}`)).attempts
    await expect.poll(attempts).toMatchObject([{ note: 'Walked through and found nothing.' }])
    expect(complaints).toEqual([])
  })

  it('is not recorded over a file that was refused', async () => {
    await page.goto('/app/tasks')
    await page.locator('main button[aria-expanded="false"]').first().click()
    await page.getByText('Drop files here').waitFor()
    const files = [textFile('cards.txt', `card number ${card}`), textFile('left_behind.txt', 'Fine.')]
    await page.locator('main input[type=file]').setInputFiles(files)
    await page.getByText('Card numbers were found').waitFor()
    await page.getByText('Ready', { exact: true }).waitFor()
    await page.getByText('A file above was not taken.').waitFor()
    const record = page.getByRole('button', { name: 'Record', exact: true })
    expect(await record.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Remove cards.txt' }).click()
    await page.getByRole('button', { name: 'Save 1 file and record' }).waitFor()
    expect(complaints.splice(0)).toEqual([expect.stringContaining('/api/evidence/files')])
  })

  it('is not left, and no other one opened, without a word about its files', async () => {
    const dialog = page.getByRole('dialog', { name: '1 file is no evidence yet' })
    await page.locator('main button[aria-expanded="false"]').first().click()
    await dialog.getByRole('button', { name: 'Stay' }).click()
    await closed(dialog)
    await page.getByRole('link', { name: 'Calendar', exact: true }).click()
    await dialog.getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor()
  })

  it('is offered the file that was left behind, and uses it', async () => {
    await page.getByRole('link', { name: 'My tasks', exact: true }).click()
    await page.locator('main button[aria-expanded="false"]').first().click()
    await page.getByText('Sent before, and not used yet').waitFor()
    await page.getByRole('button', { name: 'Use here: left_behind.txt' }).click()
    await page.getByRole('button', { name: 'Save 1 file and record' }).click()
    await expect.poll(async () => (await listed(contributor, 'text=left+behind')).total).toBe(1)
    await page.getByText('Sent before, and not used yet').waitFor({ state: 'detached' })
    expect((await read<{ items: unknown[] }>(contributor, '/api/evidence/files')).items).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('the register of evidence', () => {
  inSteps()
  let manager: BrowserContext
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    manager = await person(browser, app, 'manager', { language: 'en' })
    page = await manager.newPage()
    complaints = complaintsOf(page)
  })

  const drawer = (name: string | RegExp) => page.getByRole('dialog', { name })
  const head = 'title,entity,controls,aboutFrom,aboutTo,collectedOn,location'
  const index = (...rows: string[]) => ({
    name: 'index.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${[head, ...rows].join('\n')}\n`),
  })
  const fine = 'Minutes on the shelf,line,ACC-06,2023-05-02,,2023-05-03,"Room 4, shelf 2"'

  it('takes an index from a spreadsheet, once each of its rows is right', async () => {
    await page.goto('/app/evidence?open=import')
    const importing = drawer('Import an index of evidence')
    const choose = (file: ReturnType<typeof index>) =>
      importing.locator('input[type=file]').setInputFiles(file)
    await choose(index(fine, 'Nowhere,moon,,2023-05-02,,,Shelf'))
    await importing.getByText('1 row cannot be imported').waitFor()
    expect(await importing.getByRole('row').filter({ hasText: 'Nowhere' }).textContent()).toContain(
      'There is no entity with the key "moon".',
    )
    await choose(index(fine))
    await importing.getByText('1 row would change the register').waitFor()
    await importing.getByRole('button', { name: 'Import 1 row' }).click()
    await importing.getByText('Imported: 1 added, 0 changed.').waitFor()
    const [one] = (await listed(manager, 'text=Minutes+on+the+shelf')).items
    expect(one).toMatchObject({ state: 'awaiting', location: 'Room 4, shelf 2' })
    await page.goto(`/app/evidence/${one?.id}`)
    await page.getByText('Room 4, shelf 2').waitFor()
    await page.getByText('Kept elsewhere').waitFor()
  })

  it('decides about many, and says what became of each', async () => {
    await page.goto('/app/evidence?state=awaiting')
    await page.getByRole('link', { name: 'Minutes on the shelf' }).waitFor()
    const { items } = await listed(manager, 'mine=yes')
    const [other] = items
    const pick = (title: string) => page.getByRole('checkbox', { name: `Select ${title}` }).check()
    await pick('Minutes on the shelf')
    await pick(other?.title ?? '')
    await page.getByRole('button', { name: 'Accept', exact: true }).click()
    const deciding = drawer('Accept 2 items')
    const rowOf = (title: string) => deciding.getByRole('row').filter({ hasText: title })
    await rowOf('Minutes on the shelf').getByText('You collected or added this yourself').waitFor()
    const accept = deciding.getByRole('button', { name: 'Accept 1 item' })
    expect(await accept.isDisabled()).toBe(true)
    await deciding.getByLabel('I have looked at each of them.').check()
    await accept.click()
    await rowOf(other?.title ?? '')
      .getByText('Done')
      .waitFor()
    await deciding.getByText('Done: 1.').waitFor()
    await deciding.getByRole('button', { name: 'Close' }).last().click()
    const state = async (id: string | undefined) =>
      (await read<{ reviewed: string }>(manager, `/api/evidence/${id}`)).reviewed
    expect(await state(other?.id)).toBe('accepted')
    expect((await listed(manager, 'text=Minutes+on+the+shelf')).items[0]?.state).toBe('awaiting')
  })

  it('takes one back with a reason that is asked for', async () => {
    await page.goto('/app/evidence')
    await page.getByRole('textbox', { name: 'Search title, description, file name' }).fill('Minutes on the')
    await page.getByRole('checkbox', { name: 'Select Minutes on the shelf' }).check()
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click()
    const deciding = drawer('Withdraw 1 item')
    const withdraw = deciding.getByRole('button', { name: 'Withdraw 1 item' })
    expect(await withdraw.isDisabled()).toBe(true)
    await deciding.getByLabel('Reason').fill('Entered twice')
    await withdraw.click()
    await deciding.getByText('Done: 1.').waitFor()
    expect((await listed(manager, 'text=Minutes+on+the+shelf')).items[0]?.state).toBe('withdrawn')
    expect(complaints).toEqual([])
  })

  it('shows what awaits the reader’s own verdict, and structured data as a table and as a tree', async () => {
    await page.goto('/app/evidence?mine=yes')
    await page.getByText('My review: Awaiting my review').waitFor()
    const { total } = await listed(manager, 'mine=yes')
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).waitFor()
    expect(await page.locator('tbody tr[data-index]').count()).toBe(total)
    const [one] = (await listed(manager, 'data=any')).items
    await page.goto(`/app/evidence/${one?.id}`)
    await page.getByRole('region', { name: /^Preview of / }).waitFor()
    await page.getByRole('columnheader', { name: 'resource' }).waitFor()
    await page.getByRole('button', { name: 'As a tree' }).click()
    await page.getByRole('columnheader', { name: 'resource' }).waitFor({ state: 'detached' })
    await page
      .getByRole('region', { name: /^Preview of / })
      .locator('summary')
      .first()
      .waitFor()
    expect(complaints).toEqual([])
  })
})
