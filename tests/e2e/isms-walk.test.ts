import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { english as assetsEn } from '../../src/assets/web/messages.en.ts'
import { japanese as assetsJa } from '../../src/assets/web/messages.ja.ts'
import { verify } from '../../src/cli/verify.ts'
import { en as controlsEn } from '../../src/controls/web/messages.en.ts'
import { ja as controlsJa } from '../../src/controls/web/messages.ja.ts'
import { languages } from '../../src/kernel/language.ts'
import { readZip } from '../../src/log/zip.ts'
import { reportMessages } from '../../src/reports/web/messages.ts'
import { en as risksEn } from '../../src/risks/web/messages.en.ts'
import { ja as risksJa } from '../../src/risks/web/messages.ja.ts'
import { en as soaEn } from '../../src/soa/web/messages.en.ts'
import { ja as soaJa } from '../../src/soa/web/messages.ja.ts'
import { openArchive } from '../../src/tabular/node/zip.ts'
import { en as shellEn } from '../../src/web/i18n/messages.en.ts'
import { ja as shellJa } from '../../src/web/i18n/messages.ja.ts'
import { launchBrowser } from '../support/browser.ts'
import { pdfText } from '../support/pdf.ts'
import { byKeyboard } from './by-keyboard.ts'
import { type App, bytesOf, complaintsOf, inSteps, person, read, settled, startApp } from './support.ts'

const words = {
  en: {
    ...{ assets: assetsEn, controls: controlsEn, risks: risksEn, soa: soaEn, shell: shellEn },
    reports: reportMessages.en,
    ...{ asset: 'River crossing cable', risk: 'The cable is cut by a dredger', rule: 'Cables are patrolled' },
    ...{ why: 'Agreed with the harbour office.', act: 'Lay a second cable', confidential: 'Confidential' },
    ...{ high: '3 High', owner: 'Sakura Hayashi' },
  },
  ja: {
    ...{ assets: assetsJa, controls: controlsJa, risks: risksJa, soa: soaJa, shell: shellJa },
    reports: reportMessages.ja,
    ...{ asset: '河川横断ケーブル', risk: '浚渫船によるケーブルの切断', rule: 'ケーブルの巡視' },
    ...{ why: '港湾事務所と合意済み。', act: '第二ケーブルの敷設', confidential: '秘' },
    ...{ high: '3 高', owner: '林 さくら' },
  },
}

type Risk = { id: string; code: string; state: string; assetIds: string[]; acceptance: unknown }
type Statement = {
  gaps: { reference: string; kind: string }[]
  rows: { reference: string; risks: { code: string }[] }[]
  versions: { id: string; number: number; state: string }[]
}

/** Asks the verifier of the command line about a package, with no network to ask anybody. */
async function verified(zip: Uint8Array): Promise<{ code: number; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-walk-'))
  const path = join(folder, 'stage-one.zip')
  await writeFile(path, zip)
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const code = await verify.run([path, '--pins', join(folder, 'pins.json'), '--lang', 'en'], {
    ...{ out: say, fail: say, env: {}, fetch: () => Promise.reject(new Error('offline')) },
  } as unknown as Parameters<typeof verify.run>[1])
  await rm(folder, { recursive: true })
  return { code, said: lines.join('\n') }
}

/** All texts of a workbook. */
async function bookText(bytes: Uint8Array): Promise<string> {
  const book = await openArchive(Buffer.from(bytes))
  const parts = book.names.filter((name) => name.endsWith('.xml')).map((name) => book.read(name))
  return (await Promise.all(parts)).map(String).join('\n')
}

const unspaced = (text: string) => text.replaceAll(/\s/g, '')

describe.each(languages)('from an asset to the auditor, in %s', (language) => {
  inSteps()
  const t = words[language]
  let app: App
  let browser: Browser
  let manager: BrowserContext
  let page: Page
  let complaints: string[]
  let programme = { id: '', name: '' }
  let asset = ''
  let risk = ''
  let version = ''
  let hand: ReturnType<typeof byKeyboard>

  const here = () => read<Risk>(manager, `/api/risks/${risk}`)
  const statement = () => read<Statement>(manager, `/api/programmes/${programme.id}/statement`)
  const lastPart = () => new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const titled = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

  /** Another person at another desk, who comes by the search. */
  async function atTheirDesk(typed: string, found: string, work: (their: Page) => Promise<void>) {
    const owner = await person(browser, app, 'owner', { language })
    const their = await owner.newPage()
    const theirs = complaintsOf(their)
    await their.goto('/app')
    await settled(their, 'light')
    await byKeyboard(their, language).search(t.shell.search.placeholder, typed, found)
    await work(their)
    expect(theirs).toEqual([])
    await owner.close()
  }

  beforeAll(async () => {
    app = await startApp()
    browser = await launchBrowser()
    manager = await person(browser, app, 'manager', { language })
    const { items } = await read<{ items: { id: string; key: string; name: Record<string, string> }[] }>(
      manager,
      '/api/programmes',
    )
    const found = items.find((one) => one.key === 'isms-2022')
    programme = { id: found?.id ?? '', name: found?.name[language] ?? '' }
    page = await manager.newPage()
    complaints = complaintsOf(page)
    hand = byKeyboard(page, language)
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  it('an asset is written down with what it is worth', async () => {
    await page.goto('/app')
    await settled(page, 'light')
    await hand.go('a', '/app/assets')
    await hand.press(t.assets.new)
    await hand.said(t.assets.name).fill(t.asset)
    await hand.field(t.assets.key).fill('river-cable')
    await hand.pick(t.assets.classification, t.confidential)
    await hand.pick(t.assets.properties.availability, t.high)
    await hand.saved()
    await titled(t.asset)
    asset = lastPart()
  })

  it('a risk is identified on it, which belongs to somebody else, and is assessed', async () => {
    await hand.tab(t.assets.tabs.risks)
    await hand.press(t.risks.create)
    await hand.said(t.risks.name).fill(t.risk)
    await hand.said(t.risks.scenario).fill(t.risk)
    await hand.field(t.risks.properties.availability).press('Space')
    await hand.find(t.risks.owner, t.owner, t.owner)
    await hand.saved()
    await titled(t.risk)
    risk = lastPart()
    expect((await here()).assetIds).toEqual([asset])
    await hand.press(t.risks.assess)
    for (const [kind, likelihood, consequence] of [
      ['inherent', '4', '5'],
      ['current', '3', '4'],
      ['residual', '2', '2'],
    ] as const) {
      await hand.pick(`${t.risks.levelOf[kind]}: ${t.risks.likelihood}`, likelihood)
      await hand.pick(`${t.risks.levelOf[kind]}: ${t.risks.consequence}`, consequence)
    }
    await hand.field(t.risks.form.rationale).fill(t.why)
    await hand.saved()
    await page.getByText(t.risks.states.assessed, { exact: true }).first().waitFor()
  })

  it('a control of the organisation answers a requirement', async () => {
    await hand.go('n', '/app/controls')
    await hand.press(t.controls.create)
    await hand.field(t.controls.code).fill('OWN-01')
    await hand.said(t.controls.name).fill(t.rule)
    await hand.said(t.controls.form.objective).fill(t.why)
    await hand.press(t.controls.form.addLink)
    await hand.pick(t.controls.form.edition, 'ISO/IEC 27001:2022')
    await hand.find(t.controls.form.requirement, 'A.7.12', 'A.7.12')
    await hand.said(t.controls.form.why).fill(t.why)
    await hand.saved()
    await titled(t.rule)
  })

  it('the risk is treated with it and an action', async () => {
    await hand.search(t.shell.search.placeholder, t.risk.slice(0, 6), t.risk)
    await titled(t.risk)
    await hand.press(t.risks.treat)
    await hand.said(t.risks.form.why).fill(t.why)
    await hand.find(t.risks.form.controls, 'OWN-01', 'OWN-01')
    await hand.saved()
    await hand.tab(t.risks.tabs.treatment)
    await page.getByRole('link', { name: /^OWN-01/ }).waitFor()
    await hand.press(t.risks.plan)
    await hand.said(t.risks.form.actionName).fill(t.act)
    await hand.field(t.risks.form.due).fill('2023-12-31')
    await hand.saved()
    await page.getByText(t.act).first().waitFor()
    expect((await here()).state).toBe('planned')
  })

  it('its owner, and nobody else, accepts what remains', async () => {
    await hand.tab(t.risks.tabs.acceptance)
    await page.getByText(t.risks.acceptance.waits(t.owner)).waitFor()
    const { code } = await here()
    await atTheirDesk(code, t.risk, async (their) => {
      const owners = byKeyboard(their, language)
      await owners.press(t.risks.accept)
      await owners.drawer().getByText(t.risks.acceptance.lead).waitFor()
      await owners.saved()
      await their.getByText(t.risks.states.accepted, { exact: true }).first().waitFor()
    })
    expect(await here()).toMatchObject({ state: 'accepted' })
  })

  it('the statement names the risk as a reason, and its next version is drafted', async () => {
    await hand.go('y', '/app/soa')
    await page.getByRole('link', { name: programme.name }).first().press('Enter')
    await titled(programme.name)
    const before = await statement()
    const { code } = await here()
    expect(before.rows.find((row) => row.reference === 'A.7.12')?.risks.map((one) => one.code)).toContain(
      code,
    )
    const draft = before.versions.find((one) => one.state === 'draft')
    if (draft) {
      await page.getByRole('link', { name: t.soa.version(String(draft.number)), exact: true }).press('Enter')
      await hand.press(t.soa.withdraw)
      await hand.field(t.soa.reason).fill(t.why)
      await hand.saved()
      await page.getByRole('link', { name: programme.name }).press('Enter')
      await titled(programme.name)
    }
    const open = before.gaps.filter((gap) => gap.kind === 'reason-missing')
    if (open.length > 0) {
      await hand.press(t.soa.showGaps)
      for (const { reference } of open)
        await page.getByRole('checkbox', { name: t.soa.select(reference) }).press('Space')
      await hand.press(t.soa.include)
      await hand.field(t.soa.reasons.baseline).press('Space')
      await hand.saved()
    }
    await page.getByText(t.soa.noGaps).waitFor()
    await hand.press(t.soa.makeDraft)
    await hand.drawer().getByText(t.soa.makeDraftText).waitFor()
    await hand.saved()
    await page.waitForURL('**/app/soa/versions/*')
    version = lastPart()
    await page.getByText(t.soa.versionStates.draft, { exact: true }).first().waitFor()
  })

  it('a second person approves it', async () => {
    const number = (await statement()).versions.find((one) => one.id === version)?.number
    const found = t.shell.search.statement(programme.name, String(number), t.shell.search.states.draft)
    await atTheirDesk(programme.name, found, async (their) => {
      const theirs = byKeyboard(their, language)
      await theirs.press(t.soa.approve)
      await theirs.drawer().getByRole('button', { name: t.soa.approve, exact: true }).press('Enter')
      await theirs.drawer().waitFor({ state: 'detached' })
      await their.getByText(t.soa.versionStates.approved, { exact: true }).first().waitFor()
    })
    expect((await statement()).versions[0]).toMatchObject({ id: version, state: 'approved' })
  })

  it('reports of it are downloaded, which name the asset, the risk and its code', async () => {
    const { code } = await here()
    const download = async (name: string) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name, exact: true }).press('Enter'),
      ])
      return bytesOf(file)
    }
    for (const [kind, said] of [
      ['asset-register', [t.asset, 'river-cable']],
      ['risk-assessment', [t.risk, code]],
    ] as const) {
      await hand.go('q', '/app/reports')
      await page.getByRole('link', { name: t.reports.kinds[kind] }).press('Enter')
      await page.getByText(t.reports.digest).waitFor()
      const { text } = await pdfText(await download(t.reports.pdf))
      const book = await bookText(await download(t.reports.xlsx))
      for (const one of said) {
        expect(unspaced(text)).toContain(unspaced(one))
        expect(book).toContain(one)
      }
    }
  })

  it('the package for the stage 1 audit is downloaded, holds the same, and is verified offline', async () => {
    await hand.go('q', '/app/reports')
    const [file] = await Promise.all([page.waitForEvent('download'), hand.press(programme.name)])
    const zip = await bytesOf(file)
    const members = readZip(zip)
    const named = (part: string) => members.find(({ name }) => name.endsWith(part))?.bytes ?? Buffer.of()
    const { code } = await here()
    expect(await bookText(named('risk-assessment.xlsx'))).toContain(t.risk)
    expect(await bookText(named('statement-of-applicability.xlsx'))).toContain(code)
    expect(await verified(zip)).toMatchObject({ code: 0 })
    expect(complaints).toEqual([])
  })
})
