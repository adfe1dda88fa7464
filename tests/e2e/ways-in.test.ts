import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type App, complaintsOf, inSteps, read, startApp, visitor } from './support.ts'

const owner = { email: 'haruka.ito@kiku.example', password: 'seven paper lanterns in the rain' }
const first = 'a kettle that sings at noon'
const second = 'a kettle that sings at dusk'

describe('the ways in of other people', () => {
  inSteps()
  let app: App
  let browser: Browser
  let office: BrowserContext
  let page: Page
  let mio: BrowserContext
  let there: Page
  let said: string[]
  let mioId = ''

  beforeAll(async () => {
    app = await startApp({ demo: false })
    browser = await launchBrowser()
    office = await visitor(browser, app, { language: 'en' })
    mio = await visitor(browser, app, { language: 'ja' })
    page = await office.newPage()
    there = await mio.newPage()
    said = [complaintsOf(page), complaintsOf(there)].flat()
    const token = /\/setup\/([A-Za-z0-9_-]{43})/.exec(app.printed())?.[1]
    const founded = await office.request.post('/api/setup', {
      data: {
        token,
        organisation: { name: { en: 'Kiku Instruments', ja: '菊計測器' }, timeZone: 'Asia/Tokyo' },
        owner: { name: { en: 'Haruka Ito', ja: '伊藤はるか' }, ...owner },
      },
    })
    expect(founded.status()).toBe(204)
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  const drawerOf = async (name: string) => {
    await page.goto('/app/people')
    await page.getByRole('row', { name }).getByText(name).click()
    return page.getByRole('dialog', { name })
  }
  const linkIn = async (label: string) =>
    (await page.getByRole('region', { name: label }).locator('code').textContent()) ?? ''
  const setPassword = async (on: Page, label: string, password: string, button: string) => {
    await on.getByRole('textbox', { name: label }).fill(password)
    await on.getByRole('button', { name: button, exact: true }).click()
  }

  it('an invited person has a button for a new link, and none for a reset', async () => {
    await page.goto('/app/people')
    await page.getByRole('button', { name: 'Invite a person' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Name (English)').fill('Mio Sato')
    await form.getByLabel('E-mail').fill('mio.sato@kiku.example')
    await form.getByRole('button', { name: 'Invite a person' }).click()
    const before = await linkIn('Invitation link')
    await form.getByRole('button', { name: 'Done' }).click()

    const drawer = await drawerOf('Mio Sato')
    expect(await drawer.getByRole('button', { name: 'Reset password' }).count()).toBe(0)
    await drawer.getByRole('button', { name: 'New link' }).click()
    const link = await linkIn('Invitation link')
    expect([link === before, link.startsWith(`${app.url}/invitation/`)]).toEqual([false, true])

    await there.goto(before)
    await setPassword(there, 'パスワード', first, '招待を受ける')
    await there.getByRole('alert').waitFor()
    await there.goto(link)
    await setPassword(there, 'パスワード', first, '招待を受ける')
  })

  it('somebody without a role is told calmly whom to ask, and goes on once they have one', async () => {
    await there.getByRole('heading', { level: 1, name: '権限がまだありません' }).waitFor()
    await there.getByText('伊藤はるか').waitFor()
    expect(await there.getByRole('link', { name: owner.email }).getAttribute('href')).toBe(
      `mailto:${owner.email}`,
    )
    expect(await there.getByRole('alert').count()).toBe(0)
    await there.goto('/app/certificates')
    await there.getByRole('heading', { level: 1, name: '権限がまだありません' }).waitFor()

    mioId = (await read<{ person: { id: string } }>(mio, '/api/me')).person.id
    const grant = { personId: mioId, role: 'contributor', entityId: null, certificateId: null }
    expect((await office.request.post('/api/grants', { data: grant })).status()).toBe(200)
    await there.getByRole('button', { name: '権限が付与されました' }).click()
    await there.getByRole('heading', { level: 1, name: 'ホーム' }).waitFor()
  })

  it('an active person’s password is reset by a link, which ends their sessions', async () => {
    const drawer = await drawerOf('Mio Sato')
    expect(await drawer.getByRole('button', { name: 'New link' }).count()).toBe(0)
    await drawer.getByRole('button', { name: 'Reset password' }).click()
    const ask = page.getByRole('dialog', { name: 'Reset the password of Mio Sato?' })
    await ask.getByRole('button', { name: 'Reset password' }).click()
    const link = await linkIn('Link for a new password')
    expect((await mio.request.get('/api/me')).status()).toBe(200)

    const phone = await visitor(browser, app, { language: 'ja', width: 390 })
    const small = await phone.newPage()
    await small.goto(link)
    await small.getByRole('heading', { level: 1, name: '新しいパスワードの設定' }).waitFor()
    await setPassword(small, 'パスワード', second, '新しいパスワードの設定')
    await small.getByRole('heading', { level: 1, name: 'ホーム' }).waitFor()
    expect((await mio.request.get('/api/me')).status()).toBe(401)
    const stranger = await visitor(browser, app, { language: 'ja' })
    const old = await stranger.request.post('/api/auth/sign-in/email', {
      data: { email: 'mio.sato@kiku.example', password: first },
    })
    expect(old.status()).toBe(401)
    await stranger.close()
    await phone.close()
  })

  it('an owner changes somebody’s address, and everybody their own', async () => {
    const drawer = await drawerOf('Mio Sato')
    await drawer.getByRole('button', { name: 'Change e-mail address' }).click()
    const form = page.getByRole('dialog', { name: 'New e-mail address of Mio Sato' })
    await form.getByLabel('E-mail').fill('mio@kiku.example')
    await form.getByRole('button', { name: 'Change e-mail address' }).click()
    await page.getByText('mio@kiku.example').first().waitFor()

    await there.goto('/app/sign-in')
    const eye = there.getByRole('button', { name: 'パスワードの表示を切り替える' })
    expect(await eye.count()).toBe(1)
    await there.getByLabel('メールアドレス').fill('mio@kiku.example')
    await setPassword(there, 'パスワード', second, 'サインイン')
    await there.getByRole('heading', { level: 1, name: 'ホーム' }).waitFor()
    await there.goto('/app/settings?tab=security')
    await there.getByLabel('新しいメールアドレス').fill('sato@kiku.example')
    await there.getByRole('textbox', { name: '現在のパスワード' }).nth(1).fill(second)
    await there.getByRole('button', { name: 'アドレスを変更' }).click()
    await there.getByRole('heading', { level: 1, name: 'Assay にサインイン' }).waitFor()
    await there.getByLabel('メールアドレス').fill('sato@kiku.example')
    await setPassword(there, 'パスワード', second, 'サインイン')
    await there.getByRole('heading', { level: 1, name: 'ホーム' }).waitFor()
  })

  it('offers no way around those above: a manager has no button for an owner', async () => {
    const grant = { personId: mioId, role: 'manager', entityId: null, certificateId: null }
    expect((await office.request.post('/api/grants', { data: grant })).status()).toBe(200)
    await there.goto('/app/people')
    await there.getByRole('row', { name: '伊藤はるか' }).getByText('伊藤はるか').click()
    const drawer = there.getByRole('dialog', { name: '伊藤はるか' })
    await drawer.getByText(owner.email).waitFor()
    for (const name of ['パスワードを再設定', '新しいリンク', 'メールアドレスを変更'])
      expect(await drawer.getByRole('button', { name }).count(), name).toBe(0)
    expect(said).toEqual([])
  })
})
