import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Language, languages } from '../../src/kernel/language.ts'
import { type StepKey, stepKeys } from '../../src/onboarding/step.ts'
import { en } from '../../src/onboarding/web/messages.en.ts'
import { ja } from '../../src/onboarding/web/messages.ja.ts'
import { launchBrowser } from '../support/browser.ts'
import { type App, complaintsOf, inSteps, read, root, settled, startApp, visitor } from './support.ts'

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

const words = {
  en: {
    ...{ t: en, home: 'Home', manager: 'Manager', accept: 'Accept the invitation', password: 'Password' },
    ...{ tongue: 'English', own: 'A list goes to the wrong customer by mail', dictionary: 'information' },
  },
  ja: {
    ...{ t: ja, home: 'ホーム', manager: '管理者', accept: '招待を受ける', password: 'パスワード' },
    ...{ tongue: '日本語', own: '名簿が別の顧客にメールで送られる', dictionary: '情報' },
  },
}

// The English story is told at a desk, the Japanese one on a phone at night.
const looks: Record<Language, { language: Language; theme: 'light' | 'dark'; width: number }> = {
  en: { language: 'en', theme: 'light', width: 1440 },
  ja: { language: 'ja', theme: 'dark', width: 390 },
}

type Progress = { progress: { steps: { key: StepKey; state: string }[]; complete: boolean } }

describe.each(languages)('the first steps of an organisation in %s, with the keyboard alone', (language) => {
  inSteps()
  const { t, ...said } = words[language]
  const look = looks[language]
  let app: App
  let browser: Browser
  let owner: BrowserContext
  let manager: BrowserContext
  let page: Page
  let complaints: string[]

  const button = (name: string, on = page) => on.getByRole('button', { name, exact: true })
  const press = (name: string, on = page) => button(name, on).press('Enter')
  const pasted = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text)
  const at = (step: StepKey, on = page) =>
    on.getByRole('heading', { level: 2, name: t.titles[step] }).waitFor()
  /** Goes on as a reader does, and finds the focus at the top of the next step. */
  const onTo = async (step: StepKey) => {
    await press(t.next)
    await at(step)
    const focused = () => page.evaluate<string | null>('document.activeElement.textContent')
    await expect.poll(focused).toBe(t.titles[step])
  }
  const states = async () => {
    const { progress } = await read<Progress>(owner, '/api/onboarding')
    return Object.fromEntries(progress.steps.map(({ key, state }) => [key, state]))
  }
  const names = async (path: string) => {
    const { items } = await read<{ items: { name: { en?: string; ja?: string } }[] }>(owner, path)
    return items.map(({ name }) => name)
  }

  beforeAll(async () => {
    app = await startApp({ demo: false })
    browser = await launchBrowser()
    owner = await visitor(browser, app, look)
    manager = await visitor(browser, app, look)
    page = await owner.newPage()
    complaints = complaintsOf(page)
    const token = /\/setup\/([A-Za-z0-9_-]{43})/.exec(app.printed())?.[1]
    const founded = await owner.request.post('/api/setup', {
      data: {
        token,
        organisation: { name: { en: 'Kiku Instruments', ja: '菊計測器' }, timeZone: 'Asia/Tokyo' },
        owner: {
          name: { en: 'Haruka Ito', ja: '伊藤はるか' },
          ...{ email: 'haruka.ito@kiku.example', password: 'seven paper lanterns in the rain' },
        },
      },
    })
    expect(founded.status()).toBe(204)
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  it('begin on Home, where nobody has done anything yet', async () => {
    await page.goto('/app')
    await settled(page, look.theme)
    await page.getByRole('region', { name: t.home.title }).waitFor()
    await press(t.home.begin)
    await page.getByRole('heading', { level: 1, name: t.title }).waitFor()
    await at('entities')
  })

  it('add companies and sites from a pasted list, and leave what cannot be read in the field', async () => {
    await pasted(t.entities.list, 'Kiku Instruments\nKiku Payments, Inc.\tSG\n大阪センター\t拠点\tJP\nA\tB')
    await page.getByText(t.fates.columns, { exact: true }).waitFor()
    await press(t.add('2'))
    await page.getByText(t.added('2')).waitFor()
    expect(await page.getByLabel(t.entities.list, { exact: true }).inputValue()).toBe('A\tB')
    expect(await names('/api/entities')).toEqual(
      expect.arrayContaining([{ en: 'Kiku Payments, Inc.' }, { ja: '大阪センター' }]),
    )
  })

  it('can be skipped and taken up again, for everyone', async () => {
    await onTo('scope')
    await press(t.skip)
    await at('people')
    expect((await states()).scope).toBe('skipped')
    await press(t.back)
    await at('scope')
    await press(t.unskip)
    await button(t.skip).waitFor()
    expect((await states()).scope).toBe('open')
  })

  it('keep the scope that is meant', async () => {
    await pasted(t.scope.list, 'Thermo Cloud\t温度クラウド')
    await press(t.add('1'))
    await page.getByText(t.added('1')).waitFor()
    for (const label of [t.scope.entities, t.scope.offered]) {
      const list = page.getByRole('combobox', { name: label, exact: true })
      await list.focus()
      await list.press('ArrowDown')
      await list.press('Enter')
      await list.press('Escape')
    }
    await press(t.scope.save)
    await page.getByText(t.scope.saved).waitFor()
    expect((await states()).scope).toBe('done')
  })

  it('invite people, whose links stay on the page until it is left', async () => {
    await onTo('people')
    const role = page.getByRole('combobox', { name: t.people.role, exact: true })
    await role.focus()
    await role.press('ArrowDown')
    await role.press('ArrowDown')
    await page.locator('[role=option][data-combobox-selected]', { hasText: said.manager }).waitFor()
    await role.press('Enter')
    await pasted(t.people.list, 'Mio Sato <mio.sato@kiku.example>; haruka.ito@kiku.example')
    await press(t.people.invite('1'))
    const links = page.getByRole('region', { name: t.people.links, exact: true })
    const link = (await links.locator('code').textContent()) ?? ''
    await onTo('frameworks')
    expect(await links.locator('code').textContent()).toBe(link)
    const there = await manager.newPage()
    await there.goto(link)
    await there.getByRole('textbox', { name: said.password }).fill('a kettle that sings at noon')
    await press(said.accept, there)
    await there.getByRole('heading', { level: 1, name: said.home }).waitFor()
    await there.close()
  })

  it('begin a programme for the scope that was kept, with the common controls that it needs', async () => {
    await page.getByRole('checkbox', { name: /27001/ }).press('Space')
    await press(t.frameworks.begin('1'))
    await page.getByText(t.frameworks.done('1')).waitFor()
    const programmes = await read<{ items: { edition: string; entities: unknown[]; services: unknown[] }[] }>(
      owner,
      '/api/programmes',
    )
    expect(
      programmes.items.map(({ edition, entities, services }) => [edition, entities.length, services.length]),
    ).toEqual([['iso27001-2022', 1, 1]])
    await page.getByRole('button', { name: new RegExp(`^${t.frameworks.adopt('\\d+')}$`) }).press('Enter')
    await page.getByText(t.frameworks.all).waitFor()
    expect((await states()).frameworks).toBe('done')
  })

  it('draft a method that somebody else has to approve', async () => {
    await onTo('method')
    await press(t.method.start)
    await page.getByText(t.method.unreviewed).waitFor()
    await page.getByText(t.method.waits('1')).waitFor()
    expect([await button(t.method.approve).count(), (await states()).method]).toEqual([0, 'begun'])
    const there = await manager.newPage()
    await there.goto('/app/start?step=method')
    await press(t.method.approve, there)
    await there.getByText(t.method.inForceText).waitFor()
    await there.close()
    expect((await states()).method).toBe('done')
  })

  it('import nothing of pasted assets before every row is right', async () => {
    await onTo('assets')
    await pasted(t.assets.list, `顧客名簿\t${said.dictionary}\nX\tnothing`)
    await press(t.assets.look)
    await page.getByText(t.assets.faulty).waitFor()
    expect([await button(t.assets.import('1')).count(), (await names('/api/assets')).length]).toEqual([0, 0])
    await pasted(t.assets.list, `顧客名簿\t${said.dictionary}\nMail gateway`)
    await press(t.assets.look)
    await press(t.assets.import('2'))
    await page.getByText(t.assets.count('2')).waitFor()
    expect((await names('/api/assets')).length).toBe(2)
  })

  it('keep a risk only in own words', async () => {
    await onTo('risks')
    const answer = page.getByRole('combobox', { name: t.risks.answer, exact: true }).first()
    await answer.focus()
    await answer.pressSequentially('顧客')
    await page.getByRole('option', { name: /顧客名簿/ }).waitFor()
    await answer.press('ArrowDown')
    await answer.press('Enter')
    const scenario = page.getByLabel(`${t.risks.scenario} (${said.tongue})`, { exact: true })
    expect(await scenario.inputValue()).toContain('顧客名簿')
    const keep = button(t.risks.keep)
    await keep.press('Enter')
    expect(await keep.getAttribute('aria-disabled')).toBe('true')
    await scenario.fill(said.own)
    await keep.press('Enter')
    await page.getByText(t.risks.kept('R-001')).waitFor()
    const { items } = await read<{ items: { code: string; scenario: object; affects: string[] }[] }>(
      owner,
      '/api/risks',
    )
    expect(items.map(({ code, scenario: kept, affects }) => [code, kept, affects])).toEqual([
      ['R-001', { [language]: said.own }, ['confidentiality']],
    ])
  })

  it('are done then: Home does not show them, and every step can still be visited', async () => {
    await page.getByText(t.complete).waitFor()
    await press(t.toHome)
    await settled(page, look.theme)
    expect(await page.getByRole('region', { name: t.home.title }).count()).toBe(0)
    const found: string[] = []
    for (const step of stepKeys) {
      await page.goto(`/app/start?step=${step}`)
      await at(step)
      await settled(page, look.theme)
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
      await page.evaluate(axe)
      const findings = await page.evaluate<{ id: string }[]>('axe.run().then((result) => result.violations)')
      found.push(...findings.map(({ id }) => `${step}: ${id}`), ...(wide > 0 ? [`${step}: too wide`] : []))
    }
    expect(found).toEqual([])
    expect(complaints).toEqual([])
  })
})
