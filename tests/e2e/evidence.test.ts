import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type App, complaintsOf, inSteps, person, read, root, settled, startApp } from './support.ts'

type Listed = {
  items: { id: string; title: string; state: string; occurrenceIds: string[] }[]
  total: number
}
type Given = { name: string; type: string; text?: string; base64?: string }

// Nobody's number and no processor's test number.
const card = ['4539', '5787', '6362', '1486'].join('')

// One red point.
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='

/** What the browser does when a hand drops or pastes files. Written as text, because it runs in the page. */
const giving = (kind: 'drop' | 'paste', files: readonly Given[]) => `(() => {
  const carried = new DataTransfer()
  for (const { name, type, text, base64 } of ${JSON.stringify(files)}) {
    const bytes = base64 ? Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)) : text
    carried.items.add(new File([bytes], name, { type }))
  }
  const place = [...document.querySelectorAll('section')]
    .find((one) => one.getAttribute('aria-label')?.startsWith('Drop files here'))
  if ('${kind}' === 'drop') {
    place.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: carried }))
    place.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carried }))
  } else document.body.dispatchEvent(
    new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: carried }))
})()`

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

describe('evidence by hand', () => {
  inSteps()
  let app: App
  let browser: Browser
  let manager: BrowserContext
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    app = await startApp()
    browser = await launchBrowser()
    manager = await person(browser, app, 'manager', { language: 'en' })
    page = await manager.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  const listed = (text: string) => read<Listed>(manager, `/api/evidence?text=${encodeURIComponent(text)}`)
  const drawer = () => page.getByRole('dialog', { name: 'Add evidence' })
  const save = () => drawer().getByRole('button', { name: 'Save as evidence' })

  it('is dropped, gets its title from the file, and shows its three times apart', async () => {
    await page.goto('/app/evidence?open=new')
    await drawer().getByText('Drop files here').waitFor()
    const files = [
      { name: 'firewall_rules.csv', type: 'text/csv', text: 'rule,port\nallow,443\n' },
      { name: 'notes.txt', type: 'text/plain', text: 'Seen by hand <script>document.title = "run"</script>' },
    ]
    await page.evaluate(giving('drop', files))
    await expect.poll(() => drawer().getByText('Ready').count()).toBe(2)
    expect(await drawer().getByLabel('Title').inputValue()).toBe('firewall rules')
    await save().click()
    await page.getByRole('heading', { name: 'firewall rules' }).waitFor()
    for (const label of ['About', 'Collected', 'Recorded in the log'])
      expect(await page.locator('dt', { hasText: new RegExp(`^${label}$`) }).count(), label).toBe(1)
    expect(await page.getByText('Nobody has accepted it yet').count()).toBe(1)
    const [one] = (await listed('firewall rules')).items
    expect(one?.state).toBe('awaiting')
  })

  it('is shown in its place, as a table and as text, and nothing of it runs', async () => {
    const table = page.getByRole('region', { name: 'Preview of firewall_rules.csv' })
    await table.getByRole('columnheader', { name: 'port' }).waitFor()
    expect(await table.getByRole('cell').allTextContents()).toEqual(['allow', '443'])
    await page.getByRole('button', { name: 'notes.txt', exact: true }).click()
    const text = page.getByRole('region', { name: 'Preview of notes.txt' })
    await text.getByText('<script>').waitFor()
    expect(await page.title()).toBe('firewall rules · Assay')
    expect(await page.locator('main script').count()).toBe(0)
  })

  it('is pasted as a screenshot', async () => {
    await page.goto('/app/evidence?open=new')
    await drawer().getByText('Drop files here').waitFor()
    await page.evaluate(giving('paste', [{ name: 'image.png', type: 'image/png', base64: png }]))
    await drawer().getByText('Ready').waitFor()
    // A picture cannot be read by the guard, and says so.
    await drawer().getByText('Not inspected').waitFor()
    await drawer().getByLabel('Title').fill('Console of the mail gateway')
    await save().click()
    await page.getByRole('heading', { name: 'Console of the mail gateway' }).waitFor()
    const picture = page.getByRole('img', { name: /^Preview of Screenshot / })
    await picture.waitFor()
    await expect.poll(() => page.evaluate(`document.querySelector('main img')?.naturalWidth`)).toBe(1)
    expect(complaints).toEqual([])
  })

  it('with a card number is refused with its place, and nothing is kept', async () => {
    await page.goto('/app/evidence?open=new')
    await drawer().getByText('Drop files here').waitFor()
    const orders = { name: 'orders.csv', type: 'text/csv', text: `name,card number\nA,${card}\n` }
    const fine = { name: 'fine.txt', type: 'text/plain', text: 'fine' }
    await page.evaluate(giving('drop', [orders, fine]))
    const alert = drawer().getByRole('alert')
    await alert.getByText('Card numbers were found').waitFor()
    const said = (await alert.textContent()) ?? ''
    expect(said).toContain('453957…1486')
    expect(said).toContain('orders.csv')
    expect(await page.content()).not.toContain(card)
    // The other file is not hindered.
    await drawer().getByText('Ready', { exact: true }).waitFor()
    const waiting = await read<{ items: { name: string }[] }>(manager, '/api/evidence/files')
    expect(waiting.items.map(({ name }) => name)).toEqual(['fine.txt'])
    expect((await listed('orders.csv')).total).toBe(0)
    await drawer().getByRole('button', { name: 'Remove fine.txt' }).click()
    await expect
      .poll(async () => (await read<{ items: unknown[] }>(manager, '/api/evidence/files')).items)
      .toEqual([])
    // The browser's own word for a refused upload is expected here, and nowhere else.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('/api/evidence/files')])
  })

  it('is not accepted by who added it, in words', async () => {
    await page.goto('/app/evidence')
    await page.getByLabel('Search title, description, file name').fill('firewall rules')
    await page.getByRole('link', { name: 'firewall rules' }).click()
    const accept = page.getByRole('button', { name: 'Accept' })
    await accept.hover()
    await page.getByRole('tooltip').getByText('four eyes').waitFor()
    await accept.click({ force: true })
    expect((await listed('firewall rules')).items[0]?.state).toBe('awaiting')
  })

  it('is accepted by another person with one key, and rejected with a reason', async () => {
    const owner = await person(browser, app, 'owner', { language: 'en' })
    const review = await owner.newPage()
    const [wanted] = (await listed('firewall rules')).items
    const [other] = (await listed('Console of the mail gateway')).items
    await review.goto(`/app/evidence/review?item=${wanted?.id}`)
    await review.getByRole('heading', { name: 'firewall rules' }).waitFor()
    await review.getByRole('button', { name: 'Accept' }).waitFor()
    await review.keyboard.press('a')
    await expect.poll(async () => (await listed('firewall rules')).items[0]?.state).toBe('valid')
    await review.goto(`/app/evidence/review?item=${other?.id}`)
    await review.getByRole('heading', { name: 'Console of the mail gateway' }).waitFor()
    await review.getByRole('button', { name: 'Reject' }).waitFor()
    await review.keyboard.press('f')
    await review.getByLabel('What is wrong with it').fill('The date cannot be seen')
    await review.keyboard.press('Control+Enter')
    await expect
      .poll(async () => (await listed('Console of the mail gateway')).items[0]?.state)
      .toBe('rejected')
    await review.goto(`/app/evidence/${other?.id}`)
    await review.getByText('The date cannot be seen').first().waitFor()
    await owner.close()
  })

  it('is given where the task is', async () => {
    const contributor = await person(browser, app, 'contributor', { language: 'en' })
    const tasks = await contributor.newPage()
    const faults = complaintsOf(tasks)
    await tasks.goto('/app/tasks')
    await tasks.locator('main button[aria-expanded]').first().click()
    await tasks.getByText('Drop files here').waitFor()
    const proof = { name: 'inventory_count.txt', type: 'text/plain', text: 'Counted on the spot.' }
    await tasks.evaluate(giving('drop', [proof]))
    await tasks.getByText('Ready', { exact: true }).waitFor()
    expect(await tasks.getByLabel('Title').inputValue()).toBe('inventory count')
    await tasks.getByRole('button', { name: 'Save the files, record later' }).click()
    await tasks.getByText('Saved. It awaits review.').waitFor()
    await tasks.getByRole('link', { name: 'inventory count' }).waitFor()
    expect((await listed('inventory count')).items[0]?.occurrenceIds).toHaveLength(1)
    expect(faults).toEqual([])
    await contributor.close()
  })

  it.each([
    ['en', 'light', 1440],
    ['ja', 'dark', 390],
  ] as const)('has pages that axe finds nothing on: %s, %s, %i px', async (language, theme, width) => {
    const owner = await person(browser, app, 'owner', { language, theme, width })
    const [one] = (await listed('firewall rules')).items
    const checks = await read<Listed>(owner, '/api/checks')
    const look = await owner.newPage()
    const faults = complaintsOf(look)
    for (const path of [
      '/app/evidence',
      '/app/evidence?open=new',
      '/app/evidence/review',
      ...['content', 'links', 'keeping', 'history'].map((tab) => `/app/evidence/${one?.id}?tab=${tab}`),
      '/app/checks',
      '/app/checks?open=new',
      '/app/checks?open=adopt',
      ...['results', 'runs'].map((tab) => `/app/checks/${checks.items[0]?.id}?tab=${tab}`),
    ]) {
      await look.goto(path)
      await settled(look, theme)
      await look.waitForLoadState('networkidle')
      expect(await look.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true)
      await look.evaluate(axe)
      const found = await look.evaluate<string[]>(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`))',
      )
      expect(found, path).toEqual([])
    }
    expect(faults).toEqual([])
    await owner.close()
  })
})
