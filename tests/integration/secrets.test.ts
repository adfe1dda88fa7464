import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { reading } from '../../src/db/transaction.ts'
import { answer, execute } from '../../src/server/execute.ts'
import { routes } from '../../src/server/nouns.ts'
import { registerPublicRoutes } from '../../src/server/public-http.ts'
import { visitorOf } from '../../src/server/public-site.ts'
import { requestReport } from '../../src/trust/server/request-commands.ts'
import { requestForm } from '../../src/trust/server/request-queries.ts'
import { commands, queries, titleOf } from '../support/hostile-routes.ts'
import { fieldsIn, openIn } from '../support/schema-fields.ts'
import {
  addMember,
  type Browser,
  browser,
  goodPassword,
  makeSignInWorld,
  type SignInWorld,
  signIn,
} from '../support/sign-in.ts'
import { makeProgramme, type Programme } from '../support/trust-world.ts'
import { rows } from './matrix-rows.ts'

let world: SignInWorld
let line: Programme
let owner: Browser
/** What must be shown once and kept nowhere, by what it is. */
const secrets = new Map<string, string>([['password', goodPassword]])
const answers: { url: string; text: string }[] = []

async function post(url: string, body: object, headers: Record<string, string> = {}) {
  const got = await owner.post(url, body, headers)
  answers.push({ url, text: got.body })
  expect(got.statusCode, got.body).toBeLessThan(300)
  return got.json() as Record<string, unknown>
}

async function askForReport(): Promise<{ id: string; version: number }> {
  const visitor = visitorOf(line.home.organisationId, 'en')
  const documentId = line.documents.soc2?.id ?? ''
  const { termsDigest } = await answer(world.runtime, visitor, requestForm, { documentId, language: 'en' })
  const { id } = await execute(world.runtime, visitor, requestReport, {
    documentId,
    name: 'Reader',
    email: 'reader@example.net',
    company: 'Example Bank',
    purpose: 'Review',
    language: 'en',
    termsDigest,
  })
  return { id, version: 1 }
}

beforeAll(async () => {
  world = await makeSignInWorld('secrets')
  line = await makeProgramme(world)
  await registerPublicRoutes(world.app, world.runtime)
  await addMember(world, line.home, 'keeper', 'owner')
  owner = browser(world)
  const signedIn = await signIn(owner, 'keeper@example.com')
  answers.push({ url: '/api/auth/sign-in/email', text: signedIn.body })
  const cookie = decodeURIComponent(owner.cookies.get('assay.session_token') ?? '')
  secrets.set('session', cookie.split('.')[0] ?? '')
  const key = await post(
    '/api/keys',
    {
      name: 'Robot',
      role: 'reader',
      entityId: null,
      scopes: ['entity.read'],
      expiresAt: '2023-12-31T00:00:00.000Z',
    },
    { 'idempotency-key': 'a-key' },
  )
  secrets.set('api key', String(key.secret))
  const invited = (await post(
    '/api/people',
    { name: { en: 'New' }, entityId: null, jobTitle: null, email: 'new@example.com' },
    { 'idempotency-key': 'an-invitation' },
  )) as { person: { id: string }; invitation: { token: string } }
  secrets.set('invitation', invited.invitation.token)
  const again = (await post(
    `/api/people/${invited.person.id}/invitation`,
    {},
    { 'idempotency-key': 'again' },
  )) as {
    invitation: { token: string }
  }
  secrets.set('second invitation', again.invitation.token)
  const request = await askForReport()
  const approved = await post(
    `/api/trust/requests/${request.id}/approve`,
    { version: request.version, days: 7 },
    { 'idempotency-key': 'a-report' },
  )
  secrets.set('report link', String(approved.link).split('/').at(-1) ?? '')
  await post(
    '/api/entities',
    {
      key: 'kept',
      parentId: line.home.root.id,
      kind: 'site',
      name: { en: 'K' },
      country: null,
      memberFrom: null,
      memberTo: null,
    },
    { 'idempotency-key': 'an-entity' },
  )
})
afterAll(() => world.close())

describe('a secret', () => {
  it('is long enough to be recognised: there are six here', () => {
    expect([...secrets.values()].filter((secret) => secret.length >= 28)).toHaveLength(6)
  })

  it('row 24: is not kept with the answers that a retry may get', async () => {
    const kept = await reading(world.database, line.home.organisationId, (tx) =>
      sql<{ key: string; answer: string }>`select key, answer from idempotency`.execute(tx),
    )
    expect(kept.rows.map(({ key }) => key)).toEqual(['an-entity'])
    for (const [what, secret] of secrets)
      expect([what, JSON.stringify(kept.rows).includes(secret)]).toEqual([what, false])
  })

  it('row 35: is stored as its digest or not at all', async () => {
    const tables = await sql<{ schema: string; name: string }>`
      select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'auth') and tablename <> 'migration'`.execute(
      world.database.kysely,
    )
    const found: string[] = []
    for (const { schema, name } of tables.rows) {
      const text =
        schema === 'auth'
          ? JSON.stringify((await world.auth.pool.query(`select * from auth."${name}"`)).rows)
          : JSON.stringify(
              await reading(
                world.database,
                line.home.organisationId,
                async (tx) =>
                  (await sql`select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(tx)).rows,
              ),
            )
      for (const [what, secret] of secrets)
        if (text.includes(secret)) found.push(`${what} in ${schema}.${name}`)
    }
    // The sign-in library looks a session up by its token; its cookie is worth nothing without our signature.
    expect(found).toEqual(['session in auth.session'])
  })

  it('is in the one answer that shows it and in no other', async () => {
    const shown = new Map([
      ['api key', 1],
      ['invitation', 1],
      ['second invitation', 1],
      ['report link', 1],
    ])
    for (const url of [
      '/api/auth/get-session',
      '/api/auth/list-sessions',
      '/api/auth/passkey/list-user-passkeys',
    ])
      answers.push({ url, text: (await owner.get(url)).body })
    for (const route of queries.filter(({ path }) => !path.includes(':'))) {
      const query = rows[titleOf(route)]?.query
      const url = `${route.path}${query ? `?${query}` : ''}`
      answers.push({ url, text: (await owner.get(url)).body })
    }
    for (let index = 0; index < 60; index++) {
      const url = `/api/log/entries/${index}`
      answers.push({ url, text: (await owner.get(url)).body })
    }
    for (const [what, secret] of secrets) {
      const where = answers.filter(({ text }) => text.includes(secret)).map(({ url }) => url)
      expect([what, where]).toEqual([what, where.slice(0, shown.get(what) ?? 0)])
      expect(where).toHaveLength(shown.get(what) ?? 0)
    }
  })

  it('row 61: is not in what the program writes to its log, whatever went wrong with it', async () => {
    await owner.post('/api/auth/sign-in/email', { email: 'keeper@example.com', password: `${goodPassword}!` })
    await world.app.inject({ url: `/en/link/${secrets.get('report link')}x` })
    await world.app.inject({ url: `/invitation/${secrets.get('invitation')}` })
    await world.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${secrets.get('api key')}` } })
    await world.app.inject({ url: `/api/me?key=${secrets.get('api key')}` })
    const redeemed = await world.app.inject({
      method: 'POST',
      url: `/en/link/${secrets.get('report link')}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: '',
    })
    expect(redeemed.statusCode).toBe(200)
    for (const [what, secret] of secrets)
      expect([what, world.lines.filter((line) => line.includes(secret))]).toEqual([what, []])
  })
})

/** What an answer shows once, and only there. */
const shownOnce = [
  'POST /api/feeds token',
  'POST /api/keys secret',
  'POST /api/people invitation.token',
  'POST /api/people/:id/invitation invitation.token',
  'POST /api/people/:id/password-reset reset.token',
  'POST /api/trust/requests/:id/approve link',
]

// Digests of files, texts and terms are facts that the log proves; digests of secrets are not among them.
const isFact = (field: string) =>
  /(^|\.)(documentDigest|termsDigest)$|(documents|review|data|files?|pages\.(en|ja|stylesheet))\.digest$|^(items\.)?digest$/.test(
    field,
  )

describe('the schema of an answer', () => {
  it('row 24, 32: has no field for a secret but those that are shown once', () => {
    const sensitive = /(digest|secret|token|password|hash|(^|[a-z])link|privateKey|accountId)$/i
    const found = routes.flatMap((route) =>
      [...new Set(fieldsIn(route.operation.output))]
        .filter((field) => sensitive.test(field.split('.').at(-1) ?? '') && !isFact(field))
        .map((field) => `${titleOf(route)} ${field}`),
    )
    expect(found.sort()).toEqual([...shownOnce].sort())
  })

  it('says everything that may be in it, but for records as the log keeps them', () => {
    const open = routes.flatMap((route) =>
      openIn(route.operation.output).map((where) => `${titleOf(route)} ${where}`),
    )
    expect(open.sort()).toEqual([
      'GET /api/log/entries/:index record: unknown',
      'GET /api/log/records/:noun/:id/history items.changes.after: unknown',
      'GET /api/log/records/:noun/:id/history items.changes.before: unknown',
    ])
  })

  it('of a key, which has a digest, never has it', () => {
    for (const route of routes.filter(({ path }) => path.startsWith('/api/keys')))
      expect(fieldsIn(route.operation.output).filter((field) => /digest/i.test(field))).toEqual([])
  })

  it('is what is really answered, field by field', async () => {
    // What is asked about a record has its answer in the matrix, whose world has them.
    const alone = (one: (typeof queries)[number]) =>
      one.method === 'GET' && !one.path.includes(':') && one.path !== '/api/evidence/proposals'
    for (const route of queries.filter(alone)) {
      const query = rows[titleOf(route)]?.query
      if (typeof query === 'function') continue
      const got = await owner.get(`${route.path}${query ? `?${query}` : ''}`)
      const result = route.operation.output.safeParse(got.json())
      expect([titleOf(route), got.statusCode, result.success ? '' : z.prettifyError(result.error)]).toEqual([
        titleOf(route),
        200,
        '',
      ])
    }
  })

  it('of a command that shows a secret is marked, so that it is not kept for a retry', () => {
    const marked = commands.filter(({ operation }) => operation.kind === 'command' && operation.secret)
    expect(marked.map(titleOf).sort()).toEqual(
      shownOnce.map((one) => one.split(' ').slice(0, 2).join(' ')).sort(),
    )
  })
})
