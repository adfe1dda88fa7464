import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphAnswer } from '../../src/assets/drawing/shapes.ts'
import type { Language } from '../../src/kernel/language.ts'
import { launchBrowser } from '../support/browser.ts'
import {
  type App,
  complaintsOf,
  findings,
  inSteps,
  patience,
  person,
  read,
  settled,
  startApp,
} from './support.ts'

const words = {
  en: {
    ...{ find: 'Find an asset', store: 'Message store · messenger-db', storeName: 'Message store' },
    ...{ register: /^Show ([\d,]+) assets in the register$/, openAll: 'Open all', closeAll: 'Close all' },
    ...{ card: 'Card data', yes: 'Yes', steps: '3 steps', whole: 'Whole drawing', table: 'Table' },
    ...{ kind: 'By kind, then entity', by: 'Put together' },
  },
  ja: {
    ...{
      find: '資産を探す',
      store: 'メッセージデータベース · messenger-db',
      storeName: 'メッセージデータベース',
    },
    ...{ register: /^資産([\d,]+)件を台帳で表示$/, openAll: 'すべて開く', closeAll: 'すべて閉じる' },
    ...{ card: 'カード情報', yes: 'あり', steps: '3段先まで', whole: '全体の図', table: '表' },
    ...{ kind: '種類、組織の順', by: 'まとめ方' },
  },
} as const

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

type Shown = { id: string; left: number; top: number; right: number; bottom: number; pixels: number }

/** Every line of text in the drawing as it stands on the screen. */
const textsOf = (page: Page): Promise<Shown[]> =>
  page.evaluate(`[...document.querySelectorAll('[role=application] text')].map((text) => {
    const { left, top, right, bottom } = text.getBoundingClientRect()
    const pixels = Number.parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a
    return { id: text.textContent, left, top, right, bottom, pixels }
  })`)

/** What cannot be read: letters that are too small, and texts that lie on each other. */
async function illegible(page: Page): Promise<string[]> {
  const texts = await textsOf(page)
  const small = texts.filter(({ pixels }) => pixels < 10.99).map(({ id }) => `${id} is too small`)
  // The room around the letters of a line may touch that of the next.
  const slack = 5
  const crossing = texts.flatMap((a, at) =>
    texts
      .slice(at + 1)
      .filter(
        (b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > slack &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slack,
      )
      .map((b) => `${a.id} lies on ${b.id}`),
  )
  return [...small, ...crossing]
}

describe.each(['en', 'ja'] as const)('the drawing of assets in %s', (language: Language) => {
  inSteps()
  const t = words[language]
  let owner: BrowserContext
  let page: Page
  let complaints: string[]
  const drawing = () => page.getByRole('application')
  /** What is looked at is drawn once more above the rest, and counts once. */
  const boxes = () => page.locator('[role=application] [data-base] [data-box]').count()
  const status = () => page.getByRole('status')

  beforeAll(async () => {
    owner = await person(browser, app, 'owner', { language })
    page = await owner.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(() => owner.close())

  it('begins with groups whose names can be read', async () => {
    await page.goto('/app/assets/graph')
    await settled(page, 'light')
    const { total } = await read<GraphAnswer>(owner, '/api/assets/graph?room=48')
    await page.getByRole('button', { name: t.register }).waitFor()
    const [, number] =
      (await page.getByRole('button', { name: t.register }).textContent())?.match(t.register) ?? []
    expect(Number(number?.replace(',', ''))).toBe(total)
    expect((await textsOf(page)).length).toBeGreaterThan(20)
    expect(await illegible(page)).toEqual([])
    expect(await findings(page)).toEqual([])
  })

  it('opens and closes groups in their place by keyboard', async () => {
    await page.goto('/app/assets/graph?open=-')
    await settled(page, 'light')
    const closed = await boxes()
    await drawing().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(boxes, { timeout: patience }).toBeGreaterThan(closed)
    const open = await boxes()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect.poll(boxes, { timeout: patience }).toBeGreaterThan(open)
    await page.keyboard.press('Escape')
    await expect.poll(boxes, { timeout: patience }).toBe(open)
    await page.keyboard.press('Escape')
    await expect.poll(boxes, { timeout: patience }).toBe(closed)
  })

  it('can be read with every asset in the open, close and from afar', async () => {
    await page.getByRole('button', { name: t.openAll }).press('Enter')
    const all = async () => (await read<GraphAnswer>(owner, '/api/assets/graph?open=*')).boxes.length
    await expect.poll(boxes, { timeout: patience }).toBe(await all())
    for (const key of ['0', '+', '+', '+', '+', '+', '+']) {
      await drawing().press(key)
      expect(await illegible(page)).toEqual([])
    }
    await page.getByRole('button', { name: t.closeAll }).press('Enter')
    await expect.poll(boxes, { timeout: patience }).toBeLessThan(20)
  })

  it('shows the assets of the filters, and the register the same number', async () => {
    await page.getByRole('button', { name: t.card, exact: true }).press('Enter')
    await page.getByRole('menuitem', { name: t.yes, exact: true }).press('Enter')
    await page.waitForURL(/card=yes/)
    const { total } = await read<GraphAnswer>(owner, '/api/assets/graph?card=yes')
    const link = page.getByRole('button', { name: t.register }).filter({ hasText: String(total) })
    await link.press('Enter')
    await page.waitForURL(/\/app\/assets\?.*card=yes/)
    const register = await read<{ total: number }>(owner, '/api/assets?card=yes')
    expect(register.total).toBe(total)
    await page
      .getByRole('heading', { level: 1 })
      .locator('xpath=..')
      .getByText(String(total), { exact: true })
      .waitFor()
  })

  it('finds an asset, shows all that it reaches, and what is around it', async () => {
    await page.goto('/app/assets/graph')
    await settled(page, 'light')
    await page.getByRole('combobox', { name: t.find }).fill('messenger-db')
    await page.getByRole('option', { name: t.store }).click()
    await status().filter({ hasText: t.storeName }).waitFor()
    // Seen, and everything it reaches drawn once more above the rest.
    await page.locator('[role=application] [data-current] ').waitFor()
    expect(await boxes()).toBeGreaterThan(50)
    await drawing().press('Enter')
    await page.waitForURL(/focus=/)
    await page.getByText(t.steps, { exact: true }).click()
    await page.waitForURL(/hops=3/)
    await status().filter({ hasText: t.storeName }).waitFor()
    expect(await page.locator('[role=application] [data-type=group]').count()).toBe(0)
    await drawing().press('ArrowLeft')
    await expect.poll(() => status().allTextContents(), { timeout: patience }).not.toContain(t.storeName)
    await drawing().press('Escape')
    await page.getByRole('button', { name: t.closeAll }).waitFor()
  })

  it('has a table twin of the same boxes', async () => {
    await page.goto('/app/assets/graph?as=table&by=kind&open=-')
    const { boxes } = await read<GraphAnswer>(owner, '/api/assets/graph?by=kind&open=-')
    await page.getByRole('row').nth(boxes.length).waitFor()
    expect(await page.getByRole('row').count()).toBe(boxes.length + 1)
  })

  it('can be read on a phone', async () => {
    const phone = await person(browser, app, 'owner', { language, width: 390 })
    const small = await phone.newPage()
    await small.goto('/app/assets/graph?open=line,line/supplier')
    await settled(small, 'light')
    await expect.poll(async () => (await textsOf(small)).length, { timeout: patience }).toBeGreaterThan(20)
    expect(await illegible(small)).toEqual([])
    const wide = await small.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(wide).toBeLessThanOrEqual(0)
    await phone.close()
  })

  it('leaves nothing for the browser to complain about', () => {
    expect(complaints).toEqual([])
  })
})
