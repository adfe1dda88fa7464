import { afterAll, beforeAll, expect, it } from 'vitest'
import { refusal } from '../../../tests/support/refusal.ts'
import { makeProgramme, type Programme, paper } from '../../../tests/support/trust-world.ts'
import { makeWorld, type World } from '../../../tests/support/world.ts'
import { withdrawDocument } from '../../certificates/server/document-commands.ts'
import { reading } from '../../db/transaction.ts'
import type { Id } from '../../kernel/id.ts'
import { answer, execute } from '../../server/execute.ts'
import { visitorOf } from '../../server/public-site.ts'
import { approveRequest, declineRequest, redeemLink, requestReport } from './request-commands.ts'
import { listRequests, lookAtLink, requestForm, sha256Hex } from './request-queries.ts'
import { listTexts } from './text-queries.ts'

let world: World
let programme: Programme
let counter = 0

beforeAll(async () => {
  world = await makeWorld('requests')
  programme = await makeProgramme(world)
})
afterAll(() => world.close())

const visitor = () => visitorOf(programme.home.organisationId, 'en')
const manager = () => programme.home.manager
const soc2 = () => programme.documents.soc2?.id ?? ''

async function ask(documentId: Id = soc2(), email = `reader${counter++}@example.org`) {
  const { termsDigest } = await answer(world.runtime, visitor(), requestForm, { documentId, language: 'en' })
  return execute(world.runtime, visitor(), requestReport, {
    documentId,
    name: 'Customer Reader',
    email,
    company: 'Customer Ltd.',
    purpose: 'Vendor assessment',
    language: 'en',
    termsDigest,
  })
}

async function approved(documentId: Id = soc2(), days = 7): Promise<{ id: Id; token: string; link: string }> {
  const { id } = await ask(documentId)
  const { link } = await execute(world.runtime, manager(), approveRequest, { id, version: 1, days })
  return { id, link, token: link.split('/').at(-1) ?? '' }
}

const redeem = (token: string) => execute(world.runtime, visitor(), redeemLink, { token })
const look = (token: string) => answer(world.runtime, visitor(), lookAtLink, { token })

it('goes from a request over an approval to one download, each step in the log', async () => {
  const { id, token, link } = await approved()
  expect(link).toMatch(/^\/en\/link\/[A-Za-z0-9_-]{43}$/)
  await look(token)
  await look(token)
  const file = await redeem(token)
  expect(Buffer.from(file.bytes).toString()).toContain('%PDF-1.7 report of')
  expect((await refusal(redeem(token))).kind).toBe('not_found')
  expect((await refusal(look(token))).kind).toBe('not_found')
  const log = await reading(world.database, programme.home.organisationId, (tx) =>
    tx.selectFrom('logEntry').select(['type', 'statement']).where('recordId', '=', id).orderBy('n').execute(),
  )
  expect(log.map((entry) => entry.type)).toEqual([
    'report_request.made',
    'report_request.approved',
    'report_request.downloaded',
  ])
  expect(JSON.parse(log[0]?.statement ?? '{}').actor).toEqual({ kind: 'visitor', id: null, name: 'Visitor' })
})

it('keeps the digest of the token and nowhere the token itself', async () => {
  const { token } = await approved()
  const found = await reading(world.database, programme.home.organisationId, async (tx) => ({
    requests: await tx.selectFrom('reportRequest').selectAll().execute(),
    log: await tx.selectFrom('logEntry').select('statement').execute(),
  }))
  expect(JSON.stringify(found)).not.toContain(token)
  expect(JSON.stringify(found.requests)).toContain(sha256Hex(token))
  const { items } = await answer(world.runtime, manager(), listRequests, {})
  expect(JSON.stringify(items)).not.toContain(sha256Hex(token))
})

it('lets exactly one of 50 uses at once succeed', async () => {
  const { id, token } = await approved()
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => redeem(token)))
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.kind] : []))
  expect(new Set(refused)).toEqual(new Set(['not_found']))
  const downloads = await reading(world.database, programme.home.organisationId, (tx) =>
    tx
      .selectFrom('logEntry')
      .select('idx')
      .where('recordId', '=', id)
      .where('type', '=', 'report_request.downloaded')
      .execute(),
  )
  expect(downloads).toHaveLength(1)
})

it('does not use up a link whose file cannot be read', async () => {
  const { token } = await approved()
  const digest = programme.documents.soc2?.digest ?? ''
  const bytes = world.runtime.objects.map.get(digest)
  if (!bytes) throw new Error('no object')
  world.runtime.objects.map.delete(digest)
  expect((await refusal(redeem(token))).kind).toBe('not_found')
  world.runtime.objects.map.set(digest, bytes)
  expect((await redeem(token)).digest).toBe(digest)
})

it('answers a guessed, cut, upper-cased, expired or undecided link alike', async () => {
  const { token } = await approved(soc2(), 1)
  const wrong = ['', 'x', token.slice(0, 42), `${token}A`, token.toUpperCase(), '%00', "' or 1=1 --"]
  for (const one of wrong) expect((await refusal(redeem(one))).code).toBe('record.not_found')
  world.clock.set('2023-08-01T03:00:00.001Z')
  expect((await refusal(redeem(token))).code).toBe('record.not_found')
  world.clock.set('2023-07-31T03:00:00.000Z')
  expect((await redeem(token)).fileName).toBe('report 報告書.pdf')
})

it('gives nothing but what is on request today: not open, internal, foreign or withdrawn papers', async () => {
  const { documents, certificates, home } = programme
  for (const id of [documents.soc3?.id, documents.iso27001?.id, home.organisationId]) {
    const wanted = { documentId: id ?? '', language: 'en' as const }
    expect((await refusal(answer(world.runtime, visitor(), requestForm, wanted))).kind).toBe('not_found')
  }
  const bridge = await paper(world, home, certificates.soc2.id, 'report', 'on-request', 'second')
  const { token } = await approved(bridge.id)
  const { id: waiting } = await ask(bridge.id)
  await execute(world.runtime, manager(), withdrawDocument, { id: bridge.id, version: 1, reason: 'Replaced' })
  expect((await refusal(redeem(token))).kind).toBe('not_found')
  const late = execute(world.runtime, manager(), approveRequest, { id: waiting, version: 1, days: 7 })
  expect((await refusal(late)).code).toBe('report_request.document_changed')
})

it('takes one decision per request, for at most 30 days', async () => {
  const { id } = await ask()
  const long = execute(world.runtime, manager(), approveRequest, { id, version: 1, days: 31 })
  expect((await refusal(long)).kind).toBe('invalid')
  const declined = await execute(world.runtime, manager(), declineRequest, {
    id,
    version: 1,
    reason: 'Unknown company',
  })
  expect([declined.state, declined.decisionReason]).toEqual(['declined', 'Unknown company'])
  const again = execute(world.runtime, manager(), approveRequest, { id, version: 2, days: 7 })
  expect((await refusal(again)).fields[0]?.code).toBe('report_request.decided')
  const { id: raced } = await ask()
  const both = await Promise.allSettled(
    [7, 8, 9].map((days) =>
      execute(world.runtime, manager(), approveRequest, { id: raced, version: 1, days }),
    ),
  )
  expect(both.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
})

it('binds the agreement to the terms that were shown', async () => {
  const input = {
    documentId: soc2(),
    name: 'R',
    email: 'terms@example.org',
    company: 'C',
    purpose: 'P',
    language: 'en' as const,
    termsDigest: '0'.repeat(64),
  }
  const problem = await refusal(execute(world.runtime, visitor(), requestReport, input))
  expect(problem.fields.map((field) => field.code)).toEqual(['report_request.terms_changed'])
})

it('folds addresses before it counts them, and refuses the fourth in an hour', async () => {
  const spellings = ['Twin@Example.org', 'twin@example.org ', 'ｔｗｉｎ@example.org']
  for (const email of spellings) await ask(soc2(), email)
  const problem = await refusal(ask(soc2(), 'TWIN@example.org'))
  expect([problem.kind, problem.code]).toEqual(['limited', 'report_request.too_many'])
  const { items } = await answer(world.runtime, manager(), listRequests, { limit: 200 })
  expect(items.filter((item) => item.requesterEmail === 'twin@example.org')).toHaveLength(3)
  world.clock.set('2023-07-31T05:00:00.000Z')
  await ask(soc2(), 'twin@example.org')
  world.clock.set('2023-07-31T03:00:00.000Z')
})

it.each([
  'nobody',
  'a@b',
  'a b@example.org',
  'victim@corp.com\u200b',
  '"x"@example.org',
  `${'a'.repeat(65)}@e.org`,
])('refuses the address %j', async (email) => {
  expect((await refusal(ask(soc2(), email))).fields[0]?.pointer).toBe('/email')
})

it('pages through requests, and shows them to those who decide only', async () => {
  const first = await answer(world.runtime, manager(), listRequests, { limit: 2 })
  const next = await answer(world.runtime, manager(), listRequests, {
    limit: 2,
    cursor: first.nextCursor ?? '',
  })
  expect(new Set([...first.items, ...next.items].map((item) => item.id)).size).toBe(4)
  expect((await refusal(answer(world.runtime, visitor(), listRequests, {}))).kind).toBe('unauthenticated')
  expect((await refusal(answer(world.runtime, visitor(), listTexts, {}))).kind).toBe('unauthenticated')
})

it('knows nothing of another organisation', async () => {
  const other = await makeProgramme(world, 'Other Corporation', 'other')
  const stranger = visitorOf(other.home.organisationId, 'en')
  const { id, token } = await approved()
  const form = answer(world.runtime, stranger, requestForm, { documentId: soc2(), language: 'en' })
  expect((await refusal(form)).kind).toBe('not_found')
  expect((await refusal(execute(world.runtime, stranger, redeemLink, { token }))).kind).toBe('not_found')
  const foreign = execute(world.runtime, other.home.manager, approveRequest, { id, version: 2, days: 7 })
  expect((await refusal(foreign)).kind).toBe('not_found')
  expect((await redeem(token)).fileName).toBe('report 報告書.pdf')
})
