import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, isms, term } from '../../../tests/support/certificates.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Context } from '../../db/context.ts'
import { reading } from '../../db/transaction.ts'
import type { Command } from '../../kernel/command.ts'
import type { RecordBase } from '../../kernel/record.ts'
import { answer, execute } from '../../server/execute.ts'
import { problemOf } from '../../server/problem-details.ts'
import type { Certificate } from '../certificate.ts'
import {
  checkVerification,
  recordEvent,
  registerCertificate,
  reinstateCertificate,
  renewCertificate,
  suspendCertificate,
  updateCertificate,
  withdrawCertificate,
} from './commands.ts'
import { attachDocument, updateDocument, withdrawDocument } from './document-commands.ts'
import { getCertificate } from './queries.ts'

let world: World
let home: Home
let counter = 0

beforeAll(async () => {
  world = await makeWorld('certificates')
  home = await foundHome(world)
})
afterAll(() => world.close())

/** A term that holds on the day of these tests, 31 July 2023. */
const current = () =>
  term({
    decisionDate: '2022-01-05',
    issueDate: '2022-01-06',
    effectiveDate: '2022-01-10',
    expiryDate: '2025-01-09',
  })

const next = () =>
  term({
    id: '00000000-0000-4000-8000-000000000101',
    basis: 'recertification',
    edition: 'iso27001-2022',
    localEquivalent: 'JIS Q 27001:2023',
    decisionDate: '2024-12-20',
    issueDate: '2024-12-21',
    effectiveDate: '2025-01-10',
    expiryDate: '2028-01-09',
  })

const facts = (parts: Partial<Certificate> = {}) => {
  counter += 1
  const {
    id: _id,
    version: _version,
    ...rest
  } = isms({
    key: `isms-${counter}`,
    number: `IS ${counter}`,
    holders: [{ entityId: home.root.id, from: null, to: null }],
    terms: [current()],
    ...parts,
  })
  return rest
}

const run = <Input, Output>(command: Command<Context, Input, Output>, input: unknown) =>
  execute(world.runtime, home.manager, command, input)

const register = (parts: Partial<Certificate> = {}) => run(registerCertificate, facts(parts))

const entries = () =>
  reading(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').selectAll().orderBy('idx').execute(),
  )

/** Checks that exactly one entry was logged, and that it says what happened and holds the record as saved. */
async function logged<R extends RecordBase>(
  type: string,
  work: () => Promise<R>,
  reason: string | null = null,
) {
  const before = (await entries()).length
  const saved = await work()
  const added = (await entries()).slice(before)
  expect(added).toHaveLength(1)
  expect(added[0]).toMatchObject({ type, noun: type.split('.')[0], recordId: saved.id, n: saved.version })
  expect(JSON.parse(added[0]?.statement ?? '')).toMatchObject({ record: saved, reason })
  return saved
}

async function unchanged(work: () => Promise<unknown>): Promise<unknown> {
  const before = (await entries()).length
  const error = await work().then(
    () => null,
    (reason: unknown) => reason,
  )
  expect((await entries()).length).toBe(before)
  return error
}

describe('each command saves the certificate and logs it as saved', () => {
  it('register, update, renew, record, check', async () => {
    let one = await logged('certificate.registered', () => register())
    expect(one.version).toBe(1)
    one = await logged(
      'certificate.updated',
      () => run(updateCertificate, { ...one, number: `${one.number} A`, reason: 'Misread' }),
      'Misread',
    )
    one = await logged('certificate.event_recorded', () =>
      run(recordEvent, { id: one.id, version: 2, event: event('surveillance-1', '2022-12-01') }),
    )
    one = await logged('certificate.verification_checked', () =>
      run(checkVerification, { id: one.id, version: 3, checkedOn: '2023-07-31' }),
    )
    one = await logged('certificate.renewed', () =>
      run(renewCertificate, { id: one.id, version: 4, term: next(), number: `${one.number} B` }),
    )
    expect(one).toMatchObject({ version: 5, number: expect.stringMatching(/ A B$/) })
    expect(one.terms.map((each) => each.edition)).toEqual(['iso27001-2013', 'iso27001-2022'])
    const shown = await answer(world.runtime, home.manager, getCertificate, { id: one.id })
    expect(shown).toMatchObject({ ...one, state: 'active', validUntil: '2025-01-09' })
  })

  it('suspend, reinstate, withdraw, each with its reason and day', async () => {
    const one = await register()
    const on = (day: string, version: number) => ({ id: one.id, version, on: day, reason: 'Decided' })
    await logged('certificate.suspended', () => run(suspendCertificate, on('2023-02-01', 1)), 'Decided')
    await logged('certificate.reinstated', () => run(reinstateCertificate, on('2023-03-01', 2)), 'Decided')
    const last = await logged(
      'certificate.withdrawn',
      () => run(withdrawCertificate, on('2023-07-01', 3)),
      'Decided',
    )
    expect(last.events.map((each) => [each.kind, each.on])).toEqual([
      ['suspension', '2023-02-01'],
      ['reinstatement', '2023-03-01'],
      ['withdrawal', '2023-07-01'],
    ])
    const states = await Promise.all(
      ['2023-01-31', '2023-02-01', '2023-03-01', '2023-07-01'].map(async (asOf) => {
        const caller = { ...home.manager, asOf }
        return (await answer(world.runtime, caller, getCertificate, { id: one.id })).state
      }),
    )
    expect(states).toEqual(['active', 'suspended', 'active', 'withdrawn'])
  })

  it('attach, change and withdraw a document', async () => {
    const owner = await register()
    async function* bytes() {
      yield Buffer.from('%PDF-1.7 paper')
    }
    const { digest, size } = await world.runtime.objects.put(bytes(), 100)
    const input = {
      certificateId: owner.id,
      termId: owner.terms[0]?.id ?? null,
      kind: 'certificate',
      title: { en: 'Certificate' },
      fileName: 'certificate.pdf',
      mediaType: 'application/pdf',
      size,
      digest,
      language: 'en',
      distribution: 'public',
    }
    let one = await logged('document.attached', () => run(attachDocument, input))
    one = await logged('document.updated', () =>
      run(updateDocument, {
        id: one.id,
        version: 1,
        title: { en: 'Certificate', ja: '登録証' },
        language: 'en',
        distribution: 'internal',
        kind: 'certificate',
      }),
    )
    await logged(
      'document.withdrawn',
      () => run(withdrawDocument, { id: one.id, version: 2, reason: 'Replaced' }),
      'Replaced',
    )
    expect(await unchanged(() => run(attachDocument, { ...input, digest: '0'.repeat(64) }))).toMatchObject({
      kind: 'not_found',
    })
    const foreign = { ...input, termId: '00000000-0000-4000-8000-000000000999' }
    expect(await unchanged(() => run(attachDocument, foreign))).toMatchObject({
      fields: [{ pointer: '/termId', code: 'certificate.term_unknown' }],
    })
  })
})

describe('a certificate is refused', () => {
  it('when its number is taken under the scheme, in any case of letters, and its key', async () => {
    const one = await register({ number: 'is 77' })
    expect(await unchanged(() => register({ number: 'IS 77' }))).toMatchObject({
      kind: 'invalid',
      fields: [{ pointer: '/number', code: 'certificate.number_taken', params: { number: 'IS 77' } }],
    })
    expect(await unchanged(() => register({ key: one.key }))).toMatchObject({
      fields: [{ pointer: '/key', code: 'record.key_taken' }],
    })
    const other = await register()
    expect(await unchanged(() => run(updateCertificate, { ...other, number: 'Is 77' }))).toMatchObject({
      fields: [{ pointer: '/number', code: 'certificate.number_taken' }],
    })
  })

  it('when it repeats a number at the same moment: one of many wins', async () => {
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => register({ number: 'IS RACE' })))
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    for (const one of results)
      if (one.status === 'rejected') expect(['invalid', 'conflict']).toContain(problemOf(one.reason, '').kind)
  })

  it('when it names strangers: an entity, a service or a scheme that is not here', async () => {
    const stranger = '00000000-0000-4000-8000-00000000beef'
    const error = await unchanged(() =>
      register({
        holders: [{ entityId: stranger, from: null, to: null }],
        services: [{ serviceId: stranger, from: null, to: null }],
      }),
    )
    expect(error).toMatchObject({
      fields: [
        { pointer: '/holders/0/entityId', code: 'record.reference_unknown' },
        { pointer: '/services/0/serviceId', code: 'record.reference_unknown' },
      ],
    })
    expect(await unchanged(() => register({ scheme: 'made-up' }))).toMatchObject({
      fields: [{ pointer: '/scheme', code: 'certificate.scheme_unknown' }],
    })
  })
})

describe('two people at once', () => {
  it('renew: one wins, the others are told, and one term is added', async () => {
    const one = await register()
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => run(renewCertificate, { id: one.id, version: 1, term: next() })),
    )
    expect(results.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
    for (const each of results)
      if (each.status === 'rejected')
        expect(each.reason).toMatchObject({ kind: 'conflict', code: 'record.changed_meanwhile' })
    const after = await answer(world.runtime, home.manager, getCertificate, { id: one.id })
    expect([after.version, after.terms.length]).toEqual([2, 2])
  })

  it('suspend and withdraw what each believes to be active: the later one is told', async () => {
    const one = await register()
    const input = { id: one.id, version: 1, on: '2023-05-01', reason: 'Decided' }
    await run(suspendCertificate, input)
    expect(await unchanged(() => run(withdrawCertificate, input))).toMatchObject({ kind: 'conflict' })
  })
})

describe('the standing of a certificate', () => {
  const input = (id: string, version: number, parts: object = {}) => ({
    id,
    version,
    on: '2023-05-01',
    reason: 'Decided',
    ...parts,
  })

  it('changes only from a state that allows it', async () => {
    const old = await register({ terms: [term()] })
    const planned = await register({ terms: [] })
    const active = await register()
    const state = (kind: string, is: string) => ({
      kind: 'precondition',
      code: 'certificate.not_in_state',
      params: { kind, state: is },
    })
    expect(await unchanged(() => run(suspendCertificate, input(old.id, 1)))).toMatchObject(
      state('suspension', 'expired'),
    )
    expect(await unchanged(() => run(suspendCertificate, input(planned.id, 1)))).toMatchObject(
      state('suspension', 'planned'),
    )
    expect(await unchanged(() => run(withdrawCertificate, input(planned.id, 1)))).toMatchObject(
      state('withdrawal', 'planned'),
    )
    expect(await unchanged(() => run(reinstateCertificate, input(active.id, 1)))).toMatchObject(
      state('reinstatement', 'active'),
    )
    await run(suspendCertificate, input(active.id, 1))
    expect(await unchanged(() => run(suspendCertificate, input(active.id, 2)))).toMatchObject(
      state('suspension', 'suspended'),
    )
    await run(withdrawCertificate, input(active.id, 2, { on: '2023-06-01' }))
    expect(
      await unchanged(() => run(reinstateCertificate, input(active.id, 3, { on: '2023-06-02' }))),
    ).toMatchObject(state('reinstatement', 'withdrawn'))
  })

  it('needs a reason and a day that has come, and has no way around its commands', async () => {
    const one = await register()
    expect(await unchanged(() => run(suspendCertificate, input(one.id, 1, { reason: '  ' })))).toMatchObject({
      fields: [{ pointer: '/reason', code: 'blank' }],
    })
    expect(
      await unchanged(() => run(suspendCertificate, input(one.id, 1, { on: '2023-08-01' }))),
    ).toMatchObject({ fields: [{ pointer: '/on', code: 'certificate.event_in_future' }] })
    const sneaked = { id: one.id, version: 1, event: event('withdrawal', '2023-05-01') }
    expect(await unchanged(() => run(recordEvent, sneaked))).toMatchObject({
      fields: [{ pointer: '/event', code: 'certificate.standing_by_its_own_command' }],
    })
  })
})
