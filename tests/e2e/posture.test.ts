import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type App, closed, complaintsOf, person, read, root, settled, startApp } from './support.ts'

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

// What PCI DSS asks of wireless networks every three months fell due in June and was not done; in March it stood.
const words = {
  en: {
    posture: 'Posture',
    programme: 'PCI DSS 4.0 of LINE Pay',
    failing: 'Failing',
    met: 'Met',
    why: 'It was due by 30 Jun 2023 and was not carried out.',
    owner: 'Riku Nakano',
    filter: 'Filter by number or title',
    cell: /^LINE Pay, PCI DSS 4\.0 of LINE Pay\..*Failing: 1\b/,
    control: /^NET-04 /,
    next: 'Previous: ',
    breaks: 'What will break the next audit',
  },
  ja: {
    posture: '対応状況',
    programme: 'LINE PayのPCI DSS 4.0',
    failing: '不適合',
    met: '満たす',
    why: '期限の2023年6月30日までに実施されませんでした。',
    owner: '中野 陸',
    filter: '番号または見出しで絞り込む',
    cell: /^LINE Pay、?,? ?LINE PayのPCI DSS 4\.0.*不適合: 1件/,
    control: /^NET-04 /,
    next: '前: ',
    breaks: '次の審査の支障になるもの',
  },
} as const

let app: App
let browser: Browser
let pci = ''

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  const owner = await person(browser, app, 'owner', { language: 'en' })
  const { items } = await read<{ items: { id: string; key: string }[] }>(owner, '/api/programmes')
  pci = items.find(({ key }) => key === 'pci-dss-line-pay')?.id ?? ''
  await owner.close()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

type Language = keyof typeof words

async function opened(
  language: Language,
  width: number,
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await person(browser, app, 'reader', { language, width })
  const page = await context.newPage()
  return { context, page, complaints: complaintsOf(page) }
}

/** Why the requirement stands so, as the page of a requirement tells it. */
async function toldWhy(page: Page, language: Language): Promise<void> {
  const t = words[language]
  await page.getByRole('heading', { level: 1, name: /^11\.2\.1 / }).waitFor()
  const control = page.getByRole('article').filter({ has: page.getByRole('link', { name: t.control }) })
  await control.getByText(t.why).waitFor()
  await control.getByText(t.owner, { exact: true }).waitFor()
  // Its year is drawn, and said in words to those who cannot see it.
  await control.getByRole('img', { name: /NET-04/ }).waitFor()
}

describe.each([
  ['en', 1440],
  ['ja', 390],
] as const)('in %s at %d px', { timeout: 120_000 }, (language, width) => {
  const t = words[language]

  it('which requirement fails, why, whose task it is and how it was on 31 March is clicked together', async () => {
    const { context, page, complaints } = await opened(language, width)
    await page.goto('/app')
    await page.getByRole('heading', { name: t.breaks }).waitFor()
    await page.goto('/app/posture')
    await page.getByRole('link', { name: t.cell }).click()
    await page.getByRole('heading', { level: 1, name: t.programme }).waitFor()
    await page.getByRole('button', { name: new RegExp(`^${t.failing}`) }).click()
    await expect.poll(() => page.locator('tr[data-index]').count()).toBe(1)
    await page.getByRole('link', { name: /^11\.2\.1/ }).click()
    await toldWhy(page, language)
    const address = new URL(page.url())
    address.searchParams.set('asOf', '2023-03-31')
    await page.goto(address.href)
    await page.getByRole('heading', { level: 2, name: t.met }).waitFor()
    expect(await page.getByText(t.why).count()).toBe(0)
    await context.close()
    expect(complaints).toEqual([])
  })

  it('the same is found with the keyboard alone', async () => {
    const { context, page, complaints } = await opened(language, width)
    await page.goto(`/app/programmes/${pci}`)
    const search = page.getByRole('textbox', { name: t.filter })
    await search.fill('11.2')
    await expect.poll(() => page.locator('tr[data-index]').count()).toBeLessThan(5)
    await search.blur()
    await page.keyboard.press('j')
    await expect.poll(() => page.evaluate('document.activeElement?.textContent ?? ""')).toMatch(/^11\.2\.1/)
    await page.keyboard.press('Enter')
    await toldWhy(page, language)
    await page.getByRole('link', { name: new RegExp(`^${t.next}`) }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('heading', { level: 1, name: /^11\.2\.1 / }).count()).toBe(0)
    await context.close()
    expect(complaints).toEqual([])
  })

  it('axe finds nothing, and nothing is wider than the window', async () => {
    const { context, page, complaints } = await opened(language, width)
    const found: string[] = []
    for (const path of [
      '/app',
      '/app/posture',
      '/app/programmes',
      `/app/programmes/${pci}`,
      `/app/programmes/${pci}/11.2.1`,
      `/app/programmes/${pci}/11.2.1?asOf=2023-03-31`,
      '/app/assets',
    ]) {
      await page.goto(path)
      await settled(page, 'light')
      await page.evaluate(axe)
      const ids = await page.evaluate<string[]>(
        "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].target))",
      )
      found.push(...ids.map((id) => `${path}: ${id}`))
      const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      if (over > 0) found.push(`${path} is ${over} px too wide`)
    }
    await context.close()
    expect([...found, ...complaints]).toEqual([])
  })
})

describe('what applies', { timeout: 120_000 }, () => {
  it('is decided for chosen requirements at once, with a justification that the requirement then shows', async () => {
    const owner = await person(browser, app, 'owner', { language: 'en' })
    const page = await owner.newPage()
    const complaints = complaintsOf(page)
    await page.goto(`/app/programmes/${pci}`)
    const search = page.getByRole('textbox', { name: words.en.filter })
    await search.fill('12.10.1')
    await expect.poll(() => page.locator('tr[data-index]').count()).toBe(1)
    await search.blur()
    await page.keyboard.press('j')
    await expect.poll(() => page.evaluate('document.activeElement?.textContent ?? ""')).toMatch(/^12\.10\.1/)
    await page.keyboard.press('x')
    await page.getByRole('button', { name: 'Does not apply' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('button', { name: 'Record the decision' }).click()
    await drawer.getByText('An exclusion needs its justification.').first().waitFor()
    await drawer.getByRole('textbox', { name: 'Justification (English)' }).fill('Handled by the acquirer.')
    await drawer.getByRole('textbox', { name: 'Justification (Japanese)' }).fill('アクワイアラが対応する。')
    await page.keyboard.press('Control+Enter')
    await closed(drawer)
    await page.locator('tr[data-index]').getByText('Not applicable').waitFor()
    await page.getByRole('link', { name: /^12\.10\.1/ }).click()
    await page.getByText('Handled by the acquirer.').waitFor()
    await page.getByText('アクワイアラが対応する。').waitFor()
    await owner.close()
    expect(complaints.filter((line) => !/ 400 .*applicability$/.test(line))).toEqual([])
  })
})
