import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../src/kernel/language.ts'
import { launchBrowser } from '../support/browser.ts'
import { type App, complaintsOf, inSteps, person, read, settled, startApp } from './support.ts'

const words = {
  en: {
    ...{ bar: 'Progress of the import', import: /^Import [\d,]+ rows$/, callOff: 'Call off' },
    ...{ calledOff: 'Called off. Nothing was changed.', steps: 'Steps of the import', close: 'Close' },
    ...{ checking: 'Checking', recording: 'Entering in the log', last: 'Last rows', done: /4,000 added/ },
    ...{ page: /^1–100 of 4,002$/, end: /^4,001–4,002 of 4,002$/, errors: 'Error: 2', fresh: 'New: 4,000' },
  },
  ja: {
    ...{ bar: '取り込みの進み具合', import: /件を取り込む$/, callOff: '中止' },
    ...{ calledOff: '中止しました。何も変更されていません。', steps: '取り込みの手順', close: '閉じる' },
    ...{ checking: '確認', recording: 'ログへの記録', last: '最後の行', done: /ログに/ },
    ...{ page: /^4,002行中 1～100行目$/, end: /^4,002行中 4,001～4,002行目$/ },
    ...{ errors: 'エラー: 2件', fresh: '新規: 4,000件' },
  },
} as const

const csv = (language: Language, rows: number, more: readonly string[] = []) =>
  Buffer.from(
    [
      'key,name.en,kind,entity',
      ...Array.from({ length: rows }, (_, at) => `bulk-${language}-${at},Asset ${at},system,line`),
      ...more,
    ].join('\n'),
  )

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

/** Notes what the progress bar says from now on, each thing once. */
const watch = (page: Page, bar: string) =>
  page.evaluate(`window.told = new Set(), new MutationObserver(() => {
    for (const one of document.querySelectorAll('progress[aria-label=${JSON.stringify(bar)}]'))
      window.told.add(one.getAttribute('aria-valuetext'))
  }).observe(document.body, { subtree: true, childList: true, attributes: true }), null`)

const told = (page: Page) => page.evaluate<string[]>('[...window.told]')

describe.each(['en', 'ja'] as const)('a large file in %s', (language) => {
  inSteps()
  const t = words[language]
  let owner: BrowserContext
  let page: Page
  let complaints: string[]
  const drawer = () => page.getByRole('dialog')
  const give = (bytes: Buffer) =>
    drawer()
      .locator('input[type=file]')
      .setInputFiles({ name: 'assets.csv', mimeType: 'text/csv', buffer: bytes })
  const many = async () => (await read<{ total: number }>(owner, `/api/assets?text=bulk-${language}-`)).total

  beforeAll(async () => {
    owner = await person(browser, app, 'owner', { language })
    page = await owner.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(() => owner.close())

  it('is shown a page at a time, and the rows of one fate alone', async () => {
    await page.goto('/app/assets?open=import')
    await settled(page, 'light')
    await watch(page, t.bar)
    await give(csv(language, 4000, ['bad-one,,system,line', 'bad-two,X,rocket,line']))
    await drawer().getByRole('status').filter({ hasText: t.page }).waitFor()
    expect(await drawer().getByRole('row').count()).toBe(101)
    await drawer().getByRole('button', { name: t.last }).press('Enter')
    await drawer().getByRole('status').filter({ hasText: t.end }).waitFor()
    const errors = drawer().getByRole('button', { name: t.errors })
    await errors.press('Enter')
    expect(await drawer().getByRole('row').count()).toBe(3)
    expect(await errors.getAttribute('aria-pressed')).toBe('true')
    expect((await told(page)).some((one) => one.startsWith(t.checking))).toBe(true)
  })

  it('is called off by keyboard while it is being written, and nothing of it is there', async () => {
    await page.goto('/app/assets?open=import')
    await watch(page, t.bar)
    await give(csv(language, 4000))
    await drawer().getByRole('button', { name: t.fresh }).waitFor()
    await drawer().getByRole('button', { name: t.import }).press('Enter')
    const bar = drawer().getByRole('progressbar', { name: t.bar })
    await bar.waitFor()
    await drawer().getByRole('button', { name: t.callOff }).press('Enter')
    await drawer().getByText(t.calledOff).waitFor()
    expect(await many()).toBe(0)
  })

  it('is brought in as a whole, telling each step', async () => {
    await drawer().getByRole('button', { name: t.import }).press('Enter')
    await drawer().getByRole('list', { name: t.steps }).waitFor()
    await drawer().getByText(t.done).first().waitFor()
    expect(await many()).toBe(4000)
    expect((await told(page)).some((one) => one.startsWith(t.recording))).toBe(true)
    expect(complaints).toEqual([])
  })
})
