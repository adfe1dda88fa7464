import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  addMember,
  type Browser,
  browser,
  goodPassword,
  makeSignInWorld,
  type SignInWorld,
  signIn,
} from '../../tests/support/sign-in.ts'
import { foundHome, type Home } from '../../tests/support/world.ts'

let world: SignInWorld
let home: Home
let admin: pg.Client
const owners: Browser[] = []

beforeAll(async () => {
  world = await makeSignInWorld('erased')
  home = await foundHome(world)
  admin = new pg.Client(world.config)
  await admin.connect()
  for (const name of ['first', 'second']) {
    const { email } = await addMember(world, home, name, 'owner')
    const one = browser(world)
    await signIn(one, email)
    owners.push(one)
  }
})
afterAll(async () => {
  await admin.end()
  await world.close()
})

/** The tables of which some row says a text, as an operator with a copy of the database would find it. */
async function tablesSaying(text: string): Promise<string[]> {
  const { rows: tables } = await admin.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  )
  const found: string[] = []
  const hex = Buffer.from(text).toString('hex')
  for (const { name } of tables) {
    const { rowCount } = await admin.query(
      `select 1 from ${name} t where t::text ilike $1 or t::text ilike $2 limit 1`,
      [`%${text}%`, `%${hex}%`],
    )
    if (rowCount) found.push(name)
  }
  return found
}

it('what is erased is in no table any more, in none of its copies', async () => {
  const [one, two] = owners
  if (!one || !two) throw new Error('no owners')
  const invited = await one.post('/api/people', {
    name: { en: 'Zebulon Quirke', ja: '是仏論久市' },
    email: 'zebulon.quirke@example.com',
    entityId: null,
    jobTitle: null,
  })
  const { person, invitation } = invited.json()
  await browser(world).post('/api/invitation', { token: invitation.token, password: goodPassword })
  await signIn(browser(world), 'zebulon.quirke@example.com', 'not the password')
  const key = (name: string, version: number) => ({ 'idempotency-key': name, 'if-match': `"${version}"` })
  const moved = await one.post(
    `/api/people/${person.id}/address`,
    { email: 'zebulon.quirke@example.org' },
    key('address', 2),
  )
  expect(moved.statusCode).toBe(200)
  await signIn(browser(world), 'zebulon.quirke@example.org', 'not the password')
  await one.post(`/api/people/${person.id}/leaving`, { reason: 'New job' }, key('leaving', 3))
  const everywhere = [
    'auth."user"',
    'auth.attempt',
    'public.idempotency',
    'public.log_entry',
    'public.person',
  ]
  expect(await tablesSaying('zebulon.quirke@')).toEqual(everywhere)

  const erased = await one.post(
    `/api/people/${person.id}/erasure`,
    { reason: 'GDPR Art. 17' },
    key('erase', 4),
  )
  expect(erased.statusCode).toBe(200)
  expect(await tablesSaying('zebulon')).toEqual(['public.log_entry'])
  expect(await tablesSaying('是仏論')).toEqual(['public.log_entry'])

  const { rows } = await admin.query<{ idx: string }>(
    'select idx from log_entry where record_id = $1 order by n desc offset 1',
    [person.id],
  )
  const entries = rows.map(({ idx }) => Number(idx))
  const body = { subjectNoun: 'person', subjectId: person.id, entries, legalBasis: 'GDPR Art. 17' }
  const request = await one.post('/api/log/erasures', body, { 'idempotency-key': 'request' })
  const before = await admin.query('select 1 from idempotency')
  expect(before.rowCount).toBeGreaterThan(0)
  const done = await two.post(`/api/log/erasures/${request.json().id}/erase`, {}, { 'if-match': '"1"' })
  expect(done.statusCode).toBe(200)
  for (const text of ['zebulon', 'quirke', '是仏論']) expect(await tablesSaying(text), text).toEqual([])
  expect((await admin.query('select 1 from idempotency')).rowCount).toBe(0)
})

it('the erasure of one organisation leaves the answers of another alone', async () => {
  const other = await foundHome(world, 'Other', 'other')
  const { email } = await addMember(world, other, 'other-owner', 'owner')
  const neighbour = browser(world)
  await signIn(neighbour, email)
  const entity = {
    key: 'kept',
    kind: 'site',
    name: { en: 'Kept' },
    country: null,
    memberFrom: null,
    memberTo: null,
  }
  const input = { ...entity, parentId: other.root.id }
  const first = await neighbour.post('/api/entities', input, { 'idempotency-key': 'kept' })
  const [one] = owners
  const invited = (
    await one?.post('/api/people', {
      name: { en: 'Brief' },
      email: 'brief@example.com',
      entityId: null,
      jobTitle: null,
    })
  )?.json()
  const { id } = invited.person
  await one?.post(`/api/people/${id}/leaving`, { reason: 'Gone' }, { 'if-match': '"1"' })
  const erased = await one?.post(
    `/api/people/${id}/erasure`,
    { reason: 'APPI Art. 35' },
    { 'if-match': '"2"' },
  )
  expect(erased?.statusCode).toBe(200)
  const again = await neighbour.post('/api/entities', input, { 'idempotency-key': 'kept' })
  expect([again.statusCode, again.json()]).toEqual([200, first.json()])
})
