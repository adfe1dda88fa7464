import { afterAll, beforeAll, expect, it } from 'vitest'
import { softwareAuthenticator } from '../../tests/support/authenticator.ts'
import {
  addMember,
  type Browser,
  browser,
  makeSignInWorld,
  publicUrl,
  type SignInWorld,
  signIn,
} from '../../tests/support/sign-in.ts'
import { foundHome, type Home } from '../../tests/support/world.ts'

let world: SignInWorld
let home: Home

beforeAll(async () => {
  world = await makeSignInWorld('passkey')
  home = await foundHome(world)
})
afterAll(() => world.close())

type Device = ReturnType<typeof softwareAuthenticator>

const settings = { origin: publicUrl, rpId: 'localhost' }

async function register(one: Browser, device: Device, name = 'Laptop') {
  const options = (await one.get(`/api/auth/passkey/generate-register-options?name=${name}`)).json()
  return one.post('/api/auth/passkey/verify-registration', { response: device.register(options), name })
}

async function enter(one: Browser, device: Device) {
  const options = (await one.get('/api/auth/passkey/generate-authenticate-options')).json()
  return one.post('/api/auth/passkey/verify-authentication', { response: device.authenticate(options) })
}

async function registered(name: string): Promise<{ one: Browser; device: Device }> {
  await addMember(world, home, name, 'reader')
  const one = browser(world)
  await signIn(one, `${name}@example.com`)
  const device = softwareAuthenticator(settings)
  expect((await register(one, device)).statusCode).toBe(200)
  return { one, device }
}

it('is registered by somebody signed in, signs in alone, and is removed', async () => {
  const { one, device } = await registered('akari')
  const next = browser(world)
  expect((await enter(next, device)).statusCode).toBe(200)
  expect((await next.get('/api/me')).json().person.email).toBe('akari@example.com')
  const [listed] = (await one.get('/api/auth/passkey/list-user-passkeys')).json()
  expect(listed).toMatchObject({ name: 'Laptop' })
  expect((await one.post('/api/auth/passkey/delete-passkey', { id: listed.id })).statusCode).toBe(200)
  expect((await next.get('/api/me')).statusCode).toBe(401)
  expect((await one.get('/api/me')).statusCode).toBe(200)
  expect((await enter(browser(world), device)).json().code).toBe('access.passkey_failed')
})

it('row 11: ends the other sessions when it is added', async () => {
  await addMember(world, home, 'adder', 'reader')
  const [here, there] = [browser(world), browser(world)]
  await signIn(here, 'adder@example.com')
  await signIn(there, 'adder@example.com')
  await register(here, softwareAuthenticator(settings))
  expect([(await here.get('/api/me')).statusCode, (await there.get('/api/me')).statusCode]).toEqual([
    200, 401,
  ])
})

it('is not accepted from another origin, for another host, or from a device that did not check its owner', async () => {
  const { one } = await registered('strict')
  for (const wrong of [{ origin: 'http://localhost.evil.example:4600' }, { rpId: 'evil.example' }]) {
    const device = softwareAuthenticator({ ...settings, ...wrong })
    expect((await register(one, device)).json().code).toBe('access.passkey_failed')
  }
  const careless = softwareAuthenticator({ ...settings, userVerified: false })
  expect((await register(one, careless)).json().code).toBe('access.passkey_failed')
  const next = browser(world)
  expect((await enter(next, careless)).json().code).toBe('access.passkey_failed')
  expect((await next.get('/api/me')).statusCode).toBe(401)
})

it('row 43: an answer opens one session, however often and quickly it is sent', async () => {
  const { device } = await registered('replayed')
  const one = browser(world)
  const options = (await one.get('/api/auth/passkey/generate-authenticate-options')).json()
  const response = device.authenticate(options)
  const cookies = new Map(one.cookies)
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const copy = browser(world)
      for (const [name, value] of cookies) copy.cookies.set(name, value)
      return (await copy.post('/api/auth/passkey/verify-authentication', { response })).statusCode
    }),
  )
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
})

it('is not added through a session that was left open for hours', async () => {
  await addMember(world, home, 'away', 'reader')
  const one = browser(world)
  await signIn(one, 'away@example.com')
  world.at('2023-07-31T05:00:00.000Z')
  const late = await one.get('/api/auth/passkey/generate-register-options')
  expect([late.statusCode, late.json().code]).toEqual([403, 'access.sign_in_again'])
  expect((await one.get('/api/me')).statusCode).toBe(200)
})
