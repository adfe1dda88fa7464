import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../src/kernel/language.ts'
import { launchBrowser } from '../support/browser.ts'
import {
  type App,
  choose,
  closed,
  complaintsOf,
  findings,
  inSteps,
  person,
  read,
  settled,
  startApp,
} from './support.ts'

const words = {
  en: {
    ...{ add: 'Add an asset', title: 'Add an asset', name: 'Name (English)', key: 'Key', save: 'Save' },
    ...{ kind: 'Kind', information: 'Information', classification: 'Classification', secret: 'Secret' },
    ...{ confidentiality: 'Confidentiality', veryHigh: '4 Very high', dependsOn: 'Depends on' },
    ...{
      store: 'Message store · messenger-db',
      archive: 'Archive of complaints',
      worth: 'Value and protection',
    },
    ...{ dependencies: 'Dependencies', itself: 'Its own value.', edit: 'Edit', until: 'In use until' },
    ...{ reason: 'Reason for the change', balance: 'Balance of protection', graph: 'What depends on what' },
    ...{
      more: 'More',
      toBalance: 'Balance',
      toGraph: 'Drawing',
      why: /^Confidentiality of LINE Corporation: why/,
    },
    ...{
      drawing: /^Drawing of/,
      table: 'Table',
      storeName: 'Message store',
      needed: /depend on it: complaints/,
    },
  },
  ja: {
    ...{ add: '資産を追加', title: '資産を追加', name: '名称 (日本語)', key: 'キー', save: '保存' },
    ...{ kind: '種類', information: '情報', classification: '分類', secret: '極秘' },
    ...{ confidentiality: '機密性', veryHigh: '4 最高', dependsOn: '依存先' },
    ...{ store: 'メッセージデータベース · messenger-db', archive: '苦情の記録', worth: '価値と保護' },
    ...{ dependencies: '依存関係', itself: 'この資産自体の価値です。', edit: '編集', until: '利用終了日' },
    ...{ reason: '変更の理由', balance: '保護のバランス', graph: '資産の依存関係' },
    ...{ more: 'その他', toBalance: 'バランス', toGraph: '依存関係図', why: /^LINE株式会社の機密性：理由/ },
    ...{
      drawing: /^資産.*表した図/,
      table: '表',
      storeName: 'メッセージデータベース',
      needed: /依存しています: .*complaints/,
    },
  },
} as const

type Asset = { id: string; key: string; effective: Record<string, number | null> }

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

describe.each(['en', 'ja'] as const)('an asset in %s', (language: Language) => {
  inSteps()
  const t = words[language]
  let owner: BrowserContext
  let page: Page
  let complaints: string[]
  const drawer = () => page.getByRole('dialog')

  beforeAll(async () => {
    owner = await person(browser, app, 'owner', { language })
    page = await owner.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(() => owner.close())

  const store = async () => {
    const { items } = await read<{ items: Asset[] }>(owner, '/api/assets?text=messenger-db')
    return items[0]
  }

  it('is added by keyboard with what it is worth and what it needs', async () => {
    await page.goto('/app/assets')
    await settled(page, 'light')
    await page.getByRole('button', { name: t.add }).press('Enter')
    await drawer().getByRole('textbox', { name: t.name }).fill(t.archive)
    await drawer().getByRole('textbox', { name: t.key, exact: false }).first().fill(`complaints-${language}`)
    await choose(drawer(), t.classification, t.secret)
    await drawer().getByRole('combobox', { name: t.confidentiality }).first().click()
    await page.getByRole('option', { name: t.veryHigh }).first().click()
    await drawer().getByRole('combobox', { name: t.dependsOn }).fill('messenger-db')
    await page.getByRole('option', { name: t.store }).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/\/app\/assets\/[0-9a-f-]{36}/)
    await page.getByRole('heading', { level: 1, name: t.archive }).waitFor()
    expect((await store())?.effective.confidentiality).toBe(4)
  })

  it('says where its value comes from and what protects it, in words and in a figure', async () => {
    await page.getByText(t.itself).first().waitFor()
    await page.getByRole('img', { name: t.confidentiality }).waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('tab', { name: t.dependencies }).click()
    await page.getByRole('link', { name: t.storeName }).waitFor()
  })

  it('keeps what it needs from being ended without a reason', async () => {
    await page.goto(`/app/assets/${(await store())?.id}?open=edit`)
    await drawer().getByLabel(t.until).fill('2023-12-31')
    await drawer().getByRole('button', { name: t.save }).click()
    await drawer().getByRole('alert').getByText(t.needed).waitFor()
    // The refusal itself is all that the browser noticed.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('/api/assets/')])
    await page.goto('/app/assets')
  })

  it('is weighed with the others of its entity, the reasons one click away', async () => {
    await page.getByRole('button', { name: t.more, exact: true }).click()
    await page.getByRole('menuitem', { name: t.toBalance }).click()
    await page.getByRole('heading', { level: 1, name: t.balance }).waitFor()
    await page.getByRole('button', { name: t.why }).click()
    await drawer().getByRole('row').nth(1).waitFor()
    await page.keyboard.press('Escape')
    await closed(drawer())
    expect(await findings(page)).toEqual([])
  })

  it('stands in the drawing, which is walked with the arrow keys and has a table twin', async () => {
    await page.goto(`/app/assets/graph?focus=${(await store())?.id}`)
    const drawing = page.getByRole('application', { name: t.drawing })
    const shown = page.getByRole('status').filter({ hasText: t.storeName })
    await shown.waitFor()
    await drawing.focus()
    await page.keyboard.press('ArrowLeft')
    await shown.waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowRight')
    expect(await findings(page)).toEqual([])
    await page.getByText(t.table, { exact: true }).click()
    await page.getByRole('link', { name: t.storeName, exact: true }).first().waitFor()
  })

  it('leaves nothing for the browser to complain about', () => {
    expect(complaints).toEqual([])
  })
})
