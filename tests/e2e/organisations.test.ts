import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applicationRole, connect } from '../../src/db/connect.ts'
import { socketDirectory } from '../../src/db/embedded-socket.ts'
import { loadCatalogue } from '../../src/frameworks/server/load.ts'
import { newId } from '../../src/kernel/id.ts'
import { foundOrganisation } from '../../src/organisation/server/found.ts'
import { addPerson } from '../../src/people/server/commands.ts'
import { giveGrant } from '../../src/people/server/grant-commands.ts'
import { execute } from '../../src/server/execute.ts'
import { permissionMatrix } from '../../src/server/nouns.ts'
import type { Runtime } from '../../src/server/runtime.ts'
import { launchBrowser } from '../support/browser.ts'
import { memoryObjects } from '../support/memory-objects.ts'
import { seededRandom, systemCaller } from '../support/world.ts'
import { type App, complaintsOf, inSteps, startApp, visitor } from './support.ts'

const email = 'haruka.ito@kiku.example'
const password = 'seven paper lanterns in the rain'

/** Founds a second organisation beside the first, as an import would, in which the same account is a reader. */
async function foundSecond(app: App): Promise<void> {
  const inside = join(app.data, 'socket')
  const host = existsSync(inside) ? inside : await socketDirectory(app.data, undefined)
  const database = connect({ host, user: 'assay', database: 'assay' }, { role: applicationRole })
  try {
    const { rows } = await database.pool.query<{ id: string }>('select id from auth."user"')
    const runtime: Runtime = {
      database,
      objects: memoryObjects(),
      clock: { now: () => new Date() },
      random: seededRandom('second organisation'),
      matrix: permissionMatrix(),
      catalogue: loadCatalogue(fileURLToPath(new URL('../../frameworks/', import.meta.url))),
      postures: new Map(),
      assetGraphs: new Map(),
      beacon: () => '',
      appended: async () => undefined,
    }
    const system = systemCaller(newId(runtime.random))
    const name = { en: 'Ume Holdings', ja: '梅ホールディングス' }
    await execute(runtime, system, foundOrganisation, {
      name,
      timeZone: 'Asia/Tokyo',
      host: null,
      demoDay: null,
    })
    const { id } = await execute(runtime, system, addPerson, {
      name: { en: 'Haruka Ito' },
      email,
      entityId: null,
      jobTitle: null,
      state: 'active',
      accountId: rows[0]?.id ?? null,
    })
    const reach = { entityId: null, certificateId: null }
    await execute(runtime, system, giveGrant, { personId: id, role: 'reader', ...reach })
  } finally {
    await database.close()
  }
}

describe('somebody who belongs to two organisations', () => {
  inSteps()
  let app: App
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let said: string[]

  beforeAll(async () => {
    app = await startApp({ demo: false })
    browser = await launchBrowser()
    context = await visitor(browser, app, { language: 'en' })
    const token = /\/setup\/([A-Za-z0-9_-]{43})/.exec(app.printed())?.[1]
    const founded = await context.request.post('/api/setup', {
      data: {
        token,
        organisation: { name: { en: 'Kiku Instruments', ja: '菊計測器' }, timeZone: 'Asia/Tokyo' },
        owner: { name: { en: 'Haruka Ito' }, email, password },
      },
    })
    expect(founded.status()).toBe(204)
    await foundSecond(app)
    await context.clearCookies()
    page = await context.newPage()
    said = complaintsOf(page)
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  const home = (on: Page) => on.getByRole('heading', { level: 1, name: 'Home' }).waitFor()
  const links = (on: Page) => on.getByRole('navigation', { name: 'Main' }).getByRole('link')

  it('chooses one after signing in, and works there', async () => {
    await page.goto('/app/sign-in')
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Choose an organisation' }).waitFor()
    await page.getByRole('button', { name: 'Ume Holdings' }).click()
    await home(page)
    expect(await links(page).filter({ hasText: 'People & keys' }).count()).toBe(0)
  })

  it('changes to the other in the account menu, and finds it there in a new tab', async () => {
    await page.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('menuitem', { name: 'Kiku Instruments' }).click()
    await links(page).filter({ hasText: 'People & keys' }).waitFor()
    const tab = await context.newPage()
    await tab.goto('/app')
    await home(tab)
    await links(tab).filter({ hasText: 'People & keys' }).waitFor()
    await tab.close()
  })

  it('is asked again at the next sign-in, in Japanese as in English', async () => {
    await page.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in to Assay' }).waitFor()
    await page.getByRole('button', { name: '日本語で表示' }).click()
    await page.getByLabel('メールアドレス').fill(email)
    await page.getByRole('textbox', { name: 'パスワード' }).fill(password)
    await page.getByRole('button', { name: 'サインイン', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '組織の選択' }).waitFor()
    await page.getByRole('button', { name: '菊計測器' }).click()
    await page.getByRole('heading', { level: 1, name: 'ホーム' }).waitFor()
    // Being asked to choose is an answer: the first reading of who is signed in is refused with it.
    expect(said.filter((line) => !/: 403 .*\/api\/me$/.test(line))).toEqual([])
  })
})
