import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languages } from '../../src/kernel/language.ts'
import { launchBrowser } from '../support/browser.ts'
import { temporaryDirectory } from '../support/directory.ts'
import { words } from './main-job-words.ts'
import {
  type App,
  choose,
  closed,
  complaintsOf,
  inSteps,
  paper,
  root,
  startApp,
  untilPublic,
  visitor,
} from './support.ts'

type Verdict = { code: number; text: string }

/** Runs the command line as a reader with nothing but a file would: Node, the program, and a place for its pins. */
function verify(directory: string, ...options: string[]): Promise<Verdict> {
  const env = { PATH: process.env.PATH, HOME: directory, XDG_CONFIG_HOME: directory }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'src/cli/main.ts'), 'verify', ...options],
      { env, cwd: directory },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? -1) : 0, text: stdout + stderr }),
    )
  })
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
  return copy
}

describe.each(languages)('the main job in %s', (language) => {
  inSteps()
  const t = words[language]
  const reader = temporaryDirectory(`reader-${language}`)
  let app: App
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: string[]
  const proof: Record<'bundle' | 'html', Buffer> = { bundle: Buffer.alloc(0), html: Buffer.alloc(0) }

  beforeAll(async () => {
    app = await startApp()
    browser = await launchBrowser()
    context = await visitor(browser, app, { language })
    page = await context.newPage()
    complaints = complaintsOf(page)
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
    reader.remove()
  })

  const openCertificate = async (name: string) => {
    await page.getByRole('link', { name: t.certificates, exact: true }).first().click()
    await page.getByRole('row').getByRole('link', { name }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
  }
  const openTrustPage = async () => {
    await page.getByRole('link', { name: t.trust, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: t.trust }).waitFor()
  }

  it('begins with what the public page says', async () => {
    await page.goto('/')
    expect(new URL(page.url()).pathname).toBe(`/${language}/`)
    const text = (await page.locator('body').textContent()) ?? ''
    const facts = [...t.facts, t.asOf, t.edition(2)]
    expect(facts.filter((fact) => !text.includes(fact))).toEqual([])
  })

  it('lets the manager in by one click', async () => {
    await page.goto('/app/')
    await page.getByRole('button', { name: t.manager }).click()
    await page.getByRole('link', { name: t.certificates, exact: true }).first().waitFor()
    expect(new URL(page.url()).pathname).toBe('/app')
  })

  it('renews the certificate with what the form proposes and the dates of the paper', async () => {
    await openCertificate(t.iso)
    await page.getByRole('button', { name: t.renew, exact: true }).click()
    const drawer = page.getByRole('dialog', { name: t.addTerm })
    await drawer.getByLabel(t.decision, { exact: true }).fill('2023-07-20')
    await drawer.getByLabel(t.issue, { exact: true }).fill('2023-07-20')
    await drawer.getByLabel(t.expiry, { exact: true }).fill('2026-07-19')
    await drawer.getByRole('button', { name: t.renew, exact: true }).click()
    await closed(drawer)
    await page.getByText(t.endsInApp).first().waitFor()
  })

  it('says that the page is out of date, what would change, and that the new paper is missing', async () => {
    await openTrustPage()
    await page.getByText(t.outOfDate, { exact: true }).waitFor()
    const change = page.getByRole('row').filter({ hasText: '2025-01-09' }).filter({ hasText: '2026-07-19' })
    await change.first().waitFor()
    await page.getByRole('listitem').filter({ hasText: t.missingPaper }).waitFor()
    expect(await page.getByRole('button', { name: t.publish, exact: true }).isDisabled()).toBe(true)
  })

  it('takes the new paper where the reason leads', async () => {
    await page.getByRole('link', { name: t.mend }).click()
    await page.getByRole('tab', { name: t.documents }).click()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: t.addDocuments }).click()
    const file = { name: 'certificate-2023.pdf', mimeType: 'application/pdf', buffer: paper(language) }
    await (await choosing).setFiles(file)
    const row = page.getByRole('row').filter({ hasText: 'certificate-2023' })
    await row.getByRole('button', { name: t.edit }).click()
    const drawer = page.getByRole('dialog', { name: t.document })
    await drawer.getByLabel(t.title('en')).fill('Certificate of 2023')
    await drawer.getByLabel(t.title('ja')).fill('2023年の認証書')
    await choose(drawer, ...t.kind)
    await choose(drawer, ...t.distribution)
    await drawer.getByRole('button', { name: t.save, exact: true }).click()
    await closed(drawer)
    await page.getByRole('row').filter({ hasText: t.distribution[1] }).filter({ hasText: '2023' }).waitFor()
  })

  it('previews the page as readers will see it', async () => {
    await openTrustPage()
    const preview = page.frameLocator(`iframe[title="${t.preview}"]`)
    await preview.getByText(t.endsAfter).first().waitFor()
    await preview.getByText(t.download).waitFor()
    expect(await preview.getByText(t.endsBefore).count()).toBe(0)
    expect(await page.getByRole('link', { name: t.mend }).count()).toBe(0)
  })

  it('publishes the next edition', async () => {
    await page.getByRole('button', { name: t.publish, exact: true }).click()
    const drawer = page.getByRole('dialog', { name: t.publishEdition })
    await drawer.getByLabel(t.inYourWords).fill('ISO 27001 …')
    await drawer.getByRole('button', { name: t.publish, exact: true }).click()
    await closed(drawer)
    await page.getByText(t.upToDate, { exact: true }).waitFor()
  })

  it('shows the public what changed, and hands out the proof', async () => {
    await untilPublic(context, `/${language}/`, t.edition(3))
    const opening = context.waitForEvent('page')
    await page.getByRole('link', { name: t.open }).click()
    const live = await opening
    const said = complaintsOf(live)
    await live.getByText(t.edition(3), { exact: true }).waitFor()
    expect(await live.getByText(t.endsAfter).count()).toBeGreaterThan(0)

    await live.getByRole('link', { name: t.allEditions }).click()
    await live.getByRole('link', { name: t.changes }).click()
    const change = live.getByRole('row').filter({ hasText: t.validUntil })
    expect(await change.locator('del').allInnerTexts()).toContain('2025-01-09')
    expect(await change.locator('ins').allInnerTexts()).toContain('2026-07-19')

    const pageAnswer = await live.goto(`/${language}/`)
    proof.html = (await pageAnswer?.body()) ?? Buffer.alloc(0)
    const loading = live.waitForEvent('download')
    await live.locator('#check').getByRole('link', { name: t.proof }).click()
    const download = await loading
    expect(download.suggestedFilename()).toBe('edition-3.grcproof')
    await download.saveAs(join(reader.path, 'edition-3.grcproof'))
    proof.bundle = readFileSync(join(reader.path, 'edition-3.grcproof'))
    writeFileSync(join(reader.path, 'page.html'), proof.html)
    expect(said).toEqual([])
    await live.close()
  })

  it('does not publish a page that advertises what was withdrawn, and says each reason', async () => {
    await openCertificate(t.pci)
    await page.getByRole('button', { name: t.more }).click()
    await page.getByRole('menuitem', { name: t.withdraw }).click()
    const drawer = page.getByRole('dialog', { name: t.withdrawThis })
    await drawer.getByRole('textbox', { name: t.reason }).fill('…')
    await drawer.getByRole('button', { name: t.withdrawThis }).click()
    await closed(drawer)
    await page.getByText(t.withdrawn, { exact: true }).first().waitFor()

    await openTrustPage()
    await page.getByText(t.refused).waitFor()
    for (const reason of t.reasons)
      await page.getByRole('listitem').filter({ hasText: reason }).first().waitFor()
    expect(await page.getByRole('button', { name: t.publish, exact: true }).isDisabled()).toBe(true)
    await page.getByRole('link', { name: t.mend }).first().click()
    await page.getByRole('heading', { level: 1, name: t.pci }).waitFor()
    const forced = await context.request.post('/api/trust/publications', { data: {} })
    expect([forced.status(), (await forced.json()).code]).toEqual([412, 'publication.refused'])
    const live = await context.request.get(`/${language}/`)
    expect(await live.text()).toContain(t.edition(3))
  })

  it('lost no word to the browser’s console', () => {
    expect(complaints).toEqual([])
  })

  it('proves the page without the server, and nothing that was changed by one bit', async () => {
    await app.stop()
    const file = join(reader.path, 'edition-3.grcproof')
    const pageFile = join(reader.path, 'page.html')
    const sound = await verify(reader.path, file, '--file', pageFile, '--lang', language)
    for (const line of t.verified) expect(sound.text).toContain(line)
    expect(sound.code).toBe(0)

    writeFileSync(pageFile, flipped(proof.html, proof.html.indexOf('509132')))
    const forged = await verify(reader.path, file, '--file', pageFile, '--lang', language)
    for (const line of t.failed) expect(forged.text).toContain(line)
    expect(forged.code).toBe(1)

    writeFileSync(file, flipped(proof.bundle, Math.floor(proof.bundle.length / 2)))
    const damaged = await verify(reader.path, file, '--lang', language)
    expect(damaged.text).toMatch(
      language === 'ja'
        ? /この証明は読み取れません: \S+ が壊れています。何も証明されていません/
        : /cannot be read: \S+ is damaged\. Nothing is proven/,
    )
    expect(damaged.code).toBe(1)
  })
})
