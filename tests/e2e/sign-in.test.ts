import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { totp } from '../support/totp.ts'
import { type App, complaintsOf, inSteps, startApp, visitor } from './support.ts'

const email = 'haruka.ito@kiku.example'
const password = 'seven paper lanterns in the rain'

/** The code of an instant: the application under test is a process of its own and keeps the real time. */
const codeOf = (secret: string, at: number) => totp(`otpauth://totp/Assay?secret=${secret}`, new Date(at))

/** Answers the browser's passkey dialogues as a fingerprint reader would (WebDriver, Web Authentication extension). */
async function fingerprintReader(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

describe('an installation without the demo', () => {
  inSteps()
  let app: App
  let browser: Browser
  let laptop: BrowserContext
  let page: Page
  let said: string[]
  let setUp = ''
  let secret = ''
  let enrolled = 0
  const backup: string[] = []

  beforeAll(async () => {
    app = await startApp({ demo: false })
    browser = await launchBrowser()
    laptop = await visitor(browser, app, { language: 'en' })
    page = await laptop.newPage()
    said = complaintsOf(page)
    await fingerprintReader(page)
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  const home = () => page.getByRole('heading', { level: 1, name: 'Home' }).waitFor()
  const signOut = async () => {
    await page.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in to Assay' }).waitFor()
  }
  const withPassword = async (on: Page) => {
    await on.goto('/app/sign-in')
    await on.getByLabel('E-mail address').fill(email)
    await on.getByRole('textbox', { name: 'Password' }).fill(password)
    await on.getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  const security = async () => {
    await page.goto('/app/settings?tab=security')
    await page.getByRole('heading', { name: 'Sessions', exact: true }).waitFor()
  }

  it('prints one address, and has neither a demo’s door nor a public page', async () => {
    setUp = /http:\/\/localhost:\d+\/setup\/[A-Za-z0-9_-]{43}/.exec(app.printed())?.[0] ?? ''
    expect(setUp).not.toBe('')
    expect((await laptop.request.get('/api/demo/people')).status()).toBe(404)
    expect((await laptop.request.post('/api/demo/sign-in', { data: {} })).status()).toBe(404)
    expect((await laptop.request.get('/en/')).status()).toBe(404)
  })

  it('is set up at that address, which refuses a weak password and works once', async () => {
    await page.goto(setUp)
    await page.getByLabel('Name of the organisation (English)').fill('Kiku Instruments')
    await page.getByLabel('Your name (English)').fill('Haruka Ito')
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('textbox', { name: 'Password' }).fill('short')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Create' }).click()
    await home()

    const stranger = await visitor(browser, app, { language: 'en' })
    const second = await stranger.request.post('/api/setup', {
      data: {
        token: setUp.slice(-43),
        organisation: { name: { en: 'Other' }, timeZone: 'Asia/Tokyo' },
        owner: { name: { en: 'Other' }, email: 'other@kiku.example', password },
      },
    })
    expect([second.status(), (await second.json()).code]).toEqual([412, 'access.link_invalid'])
    expect((await stranger.request.get('/api/demo/people')).status()).toBe(404)
    await stranger.close()
  })

  it('lets the owner in by password, and nobody by a wrong one', async () => {
    await signOut()
    await withPassword(page)
    await home()
    await signOut()
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('textbox', { name: 'Password' }).fill(`${password}!`)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('alert').waitFor()
    expect((await laptop.request.get('/api/me')).status()).toBe(401)
    expect(said.splice(0)).toEqual([expect.stringMatching(/: 400 .*\/api\/setup$/)])
  })

  it('enrols an authenticator and a passkey', async () => {
    await withPassword(page)
    await home()
    await security()
    const enable = page.getByRole('button', { name: 'Set up the authenticator' })
    await page.getByRole('textbox', { name: 'Current password' }).last().fill(password)
    await enable.click()
    const key = page.locator('p').filter({ hasText: 'Or enter this key by hand' }).locator('code')
    secret = (await key.textContent()) ?? ''
    expect(secret).toMatch(/^[A-Z2-7]{16,}$/)
    const codes = page.getByRole('heading', { name: 'Backup codes' }).locator('~ ul > li')
    backup.push(...(await codes.allTextContents()))
    expect(backup.length).toBeGreaterThanOrEqual(8)
    enrolled = Date.now()
    await page.getByLabel('Six-digit code').fill(codeOf(secret, enrolled))
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('The authenticator is set up.').first().waitFor()

    await page.getByLabel('Name of the passkey').fill('Laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('listitem').filter({ hasText: 'Laptop' }).waitFor()
  })

  it('asks for a code after the password, and takes none twice', async () => {
    await signOut()
    await withPassword(page)
    await page.getByRole('button', { name: 'Back to the password' }).click()
    expect(await page.getByLabel('E-mail address').inputValue()).toBe(email)
    expect(await page.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('')
    await withPassword(page)
    const enter = async (code: string) => {
      await page.getByLabel('Six-digit code').fill(code)
      await page.getByRole('button', { name: 'Continue' }).click()
    }
    await enter(codeOf(secret, enrolled))
    await page.getByRole('alert').waitFor()
    expect((await laptop.request.get('/api/me')).status()).toBe(401)
    await withPassword(page)
    await enter(codeOf(secret, enrolled + 30_000))
    await home()
  })

  it('lets the owner in by the passkey alone', async () => {
    await signOut()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await home()
  })

  it('lists the sessions, and ends another one', async () => {
    const phone = await visitor(browser, app, { language: 'en', width: 390 })
    const other = await phone.newPage()
    await withPassword(other)
    await other.getByRole('button', { name: 'Use a backup code instead' }).click()
    await other.getByLabel('Backup code').fill(backup[0] ?? '')
    await other.getByRole('button', { name: 'Continue' }).click()
    await other.getByRole('heading', { level: 1, name: 'Home' }).waitFor()

    await security()
    const own = page.getByRole('listitem').filter({ hasText: 'This session' })
    await own.waitFor()
    expect(await own.count()).toBe(1)
    const end = page.getByRole('button', { name: 'End', exact: true })
    expect(await end.count()).toBe(1)
    await end.click()
    await end.waitFor({ state: 'detached' })
    await other.reload()
    await other.getByRole('heading', { level: 1, name: 'Sign in to Assay' }).waitFor()
    expect((await laptop.request.get('/api/me')).status()).toBe(200)
    await phone.close()
    expect(said).toEqual([])
  })
})
