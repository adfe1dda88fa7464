import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  type Browser,
  browser,
  goodPassword,
  makeSignInWorld,
  type SignInWorld,
  signIn,
  totp,
} from '../../tests/support/sign-in.ts'
import { foundHome, type Home } from '../../tests/support/world.ts'
import { endGrant } from '../people/server/grant-commands.ts'
import { getPerson } from '../people/server/queries.ts'
import { answer, execute } from './execute.ts'

let world: SignInWorld
let home: Home

beforeAll(async () => {
  world = await makeSignInWorld('sign-in')
  home = await foundHome(world)
})
afterAll(() => world.close())

describe('a password', () => {
  it('signs in, and says who one is and what one may do', async () => {
    const { id } = await addMember(world, home, 'akari', 'manager')
    const one = browser(world)
    expect((await one.get('/api/me')).statusCode).toBe(401)
    const response = await signIn(one, 'Akari@Example.com')
    expect(response.statusCode).toBe(200)
    const [cookie] = [response.headers['set-cookie'] ?? []].flat()
    expect(cookie).toMatch(/^assay\.session_token=.*HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    const me = (await one.get('/api/me')).json()
    expect(me.person).toEqual({ id, name: { en: 'akari' }, email: 'akari@example.com' })
    expect(me.permissions).toContain('person.invite')
    expect(me.permissions).not.toContain('organisation.update')
    await one.post('/api/auth/sign-out')
    expect((await one.get('/api/me')).statusCode).toBe(401)
  })

  it('is stored as Argon2id, and the same letters in another Unicode form are the same password', async () => {
    await addMember(world, home, 'unicode', 'reader', 'Pässword with ガ twelve'.normalize('NFD'))
    const { rows } = await world.auth.pool.query(
      `select a."password" from auth."account" a join auth."user" u on u."id" = a."userId" where u."email" = 'unicode@example.com'`,
    )
    expect(rows[0].password).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/)
    const typed = 'Pässword with ガ twelve'.normalize('NFC')
    expect((await signIn(browser(world), 'unicode@example.com', typed)).statusCode).toBe(200)
  })

  it('may be long, and is refused before hashing when it is longer than the limit', async () => {
    await addMember(world, home, 'long', 'reader', 'x'.repeat(1024))
    expect((await signIn(browser(world), 'long@example.com', 'x'.repeat(1024))).statusCode).toBe(200)
    const longer = await signIn(browser(world), 'long@example.com', 'x'.repeat(1025))
    expect([longer.statusCode, longer.json().code]).toEqual([400, 'input.invalid'])
  })

  it('row 48, 75: gets the same answer whether the account exists, has no password, or the password is wrong', async () => {
    await addMember(world, home, 'known', 'reader')
    await world.auth.createAccount({ name: 'bare', email: 'bare@example.com', password: null })
    const answers = []
    for (const email of ['known@example.com', 'bare@example.com', 'unknown@example.com']) {
      const { statusCode, body, headers } = await signIn(browser(world), email, 'not the password at all')
      answers.push({ statusCode, body, cookie: headers['set-cookie'] })
    }
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ statusCode: 401, cookie: undefined })
    expect(JSON.parse(answers[0]?.body ?? '').code).toBe('access.sign_in_failed')
  })

  it('row 19, 74: is tried ten times in five minutes for one account from any number of addresses, known or not', async () => {
    await addMember(world, home, 'target', 'reader')
    for (const email of ['target@example.com', 'nobody-there@example.com']) {
      const statuses = []
      for (let at = 0; at < 12; at++) {
        const from = browser(world, `2001:db8:${at.toString(16)}::1`)
        statuses.push(
          (await signIn(from, at % 2 ? email : email.toUpperCase(), 'wrong wrong wrong')).statusCode,
        )
      }
      expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
    }
    const blocked = await signIn(browser(world, '198.51.100.7'), 'target@example.com')
    expect([blocked.statusCode, blocked.json().code]).toEqual([429, 'request.too_many'])
    expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(0)
    world.at('2023-07-31T03:06:00.000Z')
    expect((await signIn(browser(world), 'target@example.com')).statusCode).toBe(200)
  })

  it('row 19, 74: counts a whole IPv6 /64 as one', async () => {
    const statuses = new Map<number, number>()
    for (let at = 0; at < 62; at++) {
      const from = browser(world, `2001:db8:ffff:1::${at.toString(16)}`)
      const { statusCode } = await signIn(from, `random-${at}@example.com`, 'wrong')
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
    }
    expect(Object.fromEntries(statuses)).toEqual({ 401: 60, 429: 2 })
    expect((await signIn(browser(world, '2001:db8:ffff:2::1'), 'known@example.com')).statusCode).toBe(200)
  })

  it('row 11: changed, ends the other sessions and keeps this one', async () => {
    await addMember(world, home, 'changer', 'reader')
    const [here, there] = [browser(world), browser(world)]
    await signIn(here, 'changer@example.com')
    await signIn(there, 'changer@example.com')
    const wrong = await here.post('/api/auth/change-password', {
      currentPassword: 'not it',
      newPassword: 'another good password',
    })
    expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'access.password_wrong'])
    expect((await there.get('/api/me')).statusCode).toBe(200)
    const short = await here.post('/api/auth/change-password', {
      currentPassword: goodPassword,
      newPassword: 'too short',
    })
    expect(short.json().code).toBe('access.password_short')
    const changed = await here.post('/api/auth/change-password', {
      currentPassword: goodPassword,
      newPassword: 'another good password',
    })
    expect(changed.statusCode).toBe(200)
    expect((await there.get('/api/me')).statusCode).toBe(401)
    expect((await here.get('/api/me')).statusCode).toBe(200)
    expect((await signIn(browser(world), 'changer@example.com')).statusCode).toBe(401)
  })

  it('cannot be guessed through a stolen session', async () => {
    await addMember(world, home, 'stolen', 'reader')
    const one = browser(world)
    await signIn(one, 'stolen@example.com')
    const statuses = []
    for (let at = 0; at < 12; at++) {
      const path = at % 2 ? '/api/auth/two-factor/enable' : '/api/auth/change-password'
      const body =
        at % 2 ? { password: `guess ${at}` } : { currentPassword: `guess ${at}`, newPassword: goodPassword }
      statuses.push((await one.post(path, body)).statusCode)
    }
    expect(statuses).toEqual([...Array(10).fill(400), 429, 429])
  })
})

describe('a second factor', () => {
  const enrol = async (name: string) => {
    await addMember(world, home, name, 'reader')
    const one = browser(world)
    await signIn(one, `${name}@example.com`)
    const { totpURI, backupCodes } = (
      await one.post('/api/auth/two-factor/enable', { password: goodPassword })
    ).json()
    const first = await one.post('/api/auth/two-factor/verify-totp', {
      code: totp(totpURI, world.clock.now()),
    })
    expect(first.statusCode).toBe(200)
    return { one, totpURI: String(totpURI), backupCodes: backupCodes as string[] }
  }

  it('row 11: ends other sessions when it is switched on and off', async () => {
    await addMember(world, home, 'switcher', 'reader')
    const before = browser(world)
    await signIn(before, 'switcher@example.com')
    const here = browser(world)
    await signIn(here, 'switcher@example.com')
    const { totpURI } = (await here.post('/api/auth/two-factor/enable', { password: goodPassword })).json()
    expect((await before.get('/api/me')).statusCode).toBe(200)
    await here.post('/api/auth/two-factor/verify-totp', { code: totp(totpURI, world.clock.now()) })
    expect((await before.get('/api/me')).statusCode).toBe(401)
    expect((await here.get('/api/me')).statusCode).toBe(200)
    const off = await here.post('/api/auth/two-factor/disable', { password: goodPassword })
    expect(off.statusCode).toBe(200)
    expect((await here.get('/api/me')).statusCode).toBe(200)
  })

  it('is asked for after the password, and nothing is open before it', async () => {
    const { totpURI } = await enrol('careful')
    world.at('2023-07-31T03:20:00.000Z')
    const next = browser(world)
    expect((await signIn(next, 'careful@example.com')).json()).toMatchObject({ twoFactorRedirect: true })
    expect((await next.get('/api/me')).statusCode).toBe(401)
    const wrong = await next.post('/api/auth/two-factor/verify-totp', { code: '000000' })
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'access.code_wrong'])
    const right = await next.post('/api/auth/two-factor/verify-totp', {
      code: totp(totpURI, world.clock.now()),
    })
    expect(right.statusCode).toBe(200)
    expect((await next.get('/api/me')).statusCode).toBe(200)
  })

  it('row 43, 76: a code opens one session of fifty tries at once, and none in a second sign-in', async () => {
    const { totpURI } = await enrol('racer')
    world.at('2023-07-31T03:30:00.000Z')
    const code = totp(totpURI, world.clock.now())
    const browsers: Browser[] = []
    for (let at = 0; at < 5; at++) {
      const one = browser(world, `203.0.113.${at}`)
      await signIn(one, 'racer@example.com')
      browsers.push(one)
    }
    const results = await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        const base = browsers[at % 5]
        const one = browser(world, `203.0.113.${100 + at}`)
        for (const [name, value] of base?.cookies ?? []) one.cookies.set(name, value)
        await one.post('/api/auth/two-factor/verify-totp', { code })
        return (await one.get('/api/me')).statusCode
      }),
    )
    expect(results.filter((status) => status === 200)).toHaveLength(1)
    const later = browser(world, '203.0.113.250')
    await signIn(later, 'racer@example.com')
    const replayed = await later.post('/api/auth/two-factor/verify-totp', { code })
    expect(replayed.statusCode).toBe(401)
    expect((await later.get('/api/me')).statusCode).toBe(401)
  })

  it('row 76: a recovery code works once', async () => {
    const { backupCodes } = await enrol('forgetful')
    expect(backupCodes).toHaveLength(10)
    const statuses = []
    for (const address of ['203.0.113.60', '203.0.113.61']) {
      const one = browser(world, address)
      await signIn(one, 'forgetful@example.com')
      await one.post('/api/auth/two-factor/verify-backup-code', { code: backupCodes[0] ?? '' })
      statuses.push((await one.get('/api/me')).statusCode)
    }
    expect(statuses).toEqual([200, 401])
  })
})

describe('a session', () => {
  it('is listed and ended from another one', async () => {
    await addMember(world, home, 'lister', 'reader')
    const [here, there] = [browser(world), browser(world, '198.51.100.20')]
    await signIn(here, 'lister@example.com')
    await signIn(there, 'lister@example.com')
    const list = (await here.get('/api/auth/list-sessions')).json() as { id: string; ipAddress: string }[]
    expect(list).toHaveLength(2)
    const other = list.find((one) => one.ipAddress === '198.51.100.20')
    await here.post('/api/auth/revoke-session', { id: other?.id ?? '' })
    expect((await there.get('/api/me')).statusCode).toBe(401)
    expect((await here.get('/api/me')).statusCode).toBe(200)
  })

  it('row 77: follows the grants of the moment, not those of the sign-in', async () => {
    const { id } = await addMember(world, home, 'demoted', 'manager')
    const one = browser(world)
    await signIn(one, 'demoted@example.com')
    expect((await one.get('/api/people')).statusCode).toBe(200)
    const grant = (await answer(world.runtime, home.owner, getPerson, { id })).grants[0]
    await execute(world.runtime, home.owner, endGrant, { id: grant?.id, version: grant?.version })
    expect((await one.get('/api/people')).statusCode).toBe(403)
  })

  it('ends after seven days', async () => {
    await addMember(world, home, 'sleeper', 'reader')
    const one = browser(world)
    await signIn(one, 'sleeper@example.com')
    const started = world.clock.now().toISOString()
    world.at('2023-08-07T04:00:00.000Z')
    expect((await one.get('/api/me')).statusCode).toBe(401)
    world.at(started)
  })

  it('row 77: is made anew at sign-in, so that one planted before is worth nothing', async () => {
    await addMember(world, home, 'victim', 'reader')
    const attacker = browser(world)
    await signIn(attacker, 'lister@example.com')
    const planted = new Map(attacker.cookies)
    const victim = browser(world)
    for (const [name, value] of planted) victim.cookies.set(name, value)
    await signIn(victim, 'victim@example.com')
    expect(victim.cookies.get('assay.session_token')).not.toBe(planted.get('assay.session_token'))
    expect((await attacker.get('/api/me')).json().person.email).toBe('lister@example.com')
  })

  it('is not believed without its signature, cut, doubled or garbled', async () => {
    const one = browser(world)
    await signIn(one, 'lister@example.com')
    const good = one.cookies.get('assay.session_token') ?? ''
    for (const cookie of [
      `assay.session_token=${good.slice(0, 32)}`,
      `assay.session_token=${good.slice(0, -4)}AAA%3D`,
      'assay.session_token=%E0%A4%A',
      'assay.session_token=.',
      `assay.session_token=${'x'.repeat(8000)}`,
    ]) {
      const response = await world.app.inject({ url: '/api/me', headers: { cookie } })
      expect([cookie.slice(0, 60), response.statusCode]).toEqual([cookie.slice(0, 60), 401])
    }
  })
})

describe('the library behind sign-in', () => {
  it('has only the addresses that are used: no sign-up, no account deletion, no change of address', async () => {
    const one = browser(world)
    await signIn(one, 'lister@example.com')
    for (const path of [
      '/sign-up/email',
      '/sign-in/social',
      '/update-user',
      '/delete-user',
      '/change-email',
      '/reset-password',
      '/request-password-reset',
      '/verify-email',
      '/link-social',
      '/two-factor/send-otp',
      '/two-factor/view-backup-codes',
      '/sign-in/email/',
      '//sign-in/email',
      '/error',
      '/ok',
    ]) {
      const response = await one.post(`/api/auth${path}`, {})
      expect([path, response.statusCode]).toEqual([path, 404])
    }
  })

  it('row 49: takes no field that only the server may set', async () => {
    for (const field of ['userId', 'role', 'callbackURL', 'rememberMe', '__proto__']) {
      const payload = `{"email":"lister@example.com","password":"${goodPassword}","${field}":"x"}`
      const response = await world.app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        headers: {
          'content-type': 'application/json',
          origin: 'http://localhost:4600',
          host: 'localhost:4600',
        },
        payload,
      })
      expect([field, response.statusCode]).toEqual([field, 400])
    }
  })
})

describe('another site', () => {
  it('row 38, 78: can neither act for somebody signed in nor sign somebody in', async () => {
    const one = browser(world)
    await signIn(one, 'lister@example.com')
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'same-site', origin: 'https://sub.localhost' },
    ]) {
      for (const url of ['/api/auth/sign-out', '/api/auth/sign-in/email', '/api/people', '/api/setup']) {
        const response = await one.post(url, {}, headers)
        expect([url, response.statusCode, response.json().code]).toEqual([url, 403, 'request.cross_site'])
      }
    }
    for (const origin of ['https://evil.example', 'null']) {
      const response = await world.app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        headers: { origin },
        payload: { email: 'lister@example.com', password: goodPassword },
      })
      expect([origin, response.statusCode]).toEqual([origin, 403])
    }
  })
})
