import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { event, isms, pciTerm, socTerm, term } from '../../tests/support/certificates.ts'
import { inOtherForms } from '../../tests/support/eras.ts'
import { type HttpWorld, makeHttpWorld } from '../../tests/support/http.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { registerCertificate } from '../certificates/server/commands.ts'
import { allCertificates } from '../certificates/server/queries.ts'
import type { Context } from '../db/context.ts'
import { reading } from '../db/transaction.ts'
import { createEntity, createService } from '../organisation/server/commands.ts'
import { registerCertificateFileRoutes } from './certificates-file-http.ts'
import { execute } from './execute.ts'
import type { Caller } from './runtime.ts'

let world: HttpWorld
let home: Home
let caller: Caller

beforeAll(async () => {
  world = await makeHttpWorld('certificates-file', () => caller, registerCertificateFileRoutes)
})
afterAll(() => world.close())
beforeEach(async () => {
  home = await foundHome(world)
  caller = home.manager
})

const ids = { fukuoka: '', pay: '' }

/** A register with every kind of part: several holders and scopes with days, a report, an assessment, a renewal. */
async function fill(): Promise<void> {
  const entityParts = {
    parentId: home.root.id,
    kind: 'company' as const,
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  }
  ids.fukuoka = (
    await execute(world.runtime, home.manager, createEntity, {
      ...entityParts,
      key: 'fukuoka',
      name: { ja: '福岡' },
    })
  ).id
  ids.pay = (
    await execute(world.runtime, home.manager, createService, {
      key: 'pay',
      entityId: home.root.id,
      kind: 'product',
      name: { en: 'Pay' },
      offeredFrom: null,
      offeredTo: null,
    })
  ).id
  const holders = [
    { entityId: home.root.id, from: null, to: null },
    { entityId: ids.fukuoka, from: '2013-11-01', to: null },
    { entityId: ids.fukuoka, from: null, to: '2012-12-31' },
  ]
  const scopes = [
    {
      text: { en: '=Planning, "development"\nand management; of web services', ja: 'ウェブサービスの企画' },
      from: null,
      to: '2020-12-31',
    },
    { text: { en: 'All of it' }, from: '2021-01-01', to: null },
  ]
  const next = term({
    id: '00000000-0000-4000-8000-000000000101',
    basis: 'recertification',
    decisionDate: '2022-01-10',
    issueDate: '2022-01-10',
    effectiveDate: '2022-01-10',
    expiryDate: '2025-01-09',
    issuer: { name: { en: '@BSI' }, accreditation: { ja: 'ISMS-AC' } },
  })
  const parts = { holders, scopes, services: [{ serviceId: ids.pay, from: '2015-01-01', to: null }] }
  const events = [event('surveillance-1', '2019-12-03', { note: { ja: '指摘なし' } })]
  const only = { holders: [holders[0] as Certificate['holders'][number]], services: [], events: [] }
  const report = { ...only, kind: 'attestation-report' as const, initialDate: null }
  const all = [
    isms({ ...parts, key: 'isms', number: '-509132', terms: [term(), next], events }),
    isms({ ...report, key: 'soc', scheme: 'soc2', number: null, terms: [socTerm('restricted')] }),
    isms({ ...report, key: 'pci', scheme: 'pci-dss', number: null, terms: [pciTerm('2023-02-28')] }),
    isms({ ...only, key: 'planned', number: null, initialDate: null, terms: [], scopes: [] }),
  ]
  for (const { id: _, version: __, ...input } of all)
    await execute(world.runtime, home.manager, registerCertificate, input)
}

const stored = (organisationId = home.organisationId) =>
  reading(world.database, organisationId, (tx) =>
    allCertificates({ tx, organisationId, knownAt: null } as Context),
  )

const entryCount = async () =>
  (
    await reading(world.database, home.organisationId, (tx) =>
      tx.selectFrom('logEntry').select('idx').execute(),
    )
  ).length

const get = (format: string) => world.app.inject(`/api/certificates/export.${format}`)

const send = (body: string | Buffer, query = 'mode=apply') =>
  world.app.inject({
    method: 'POST',
    url: `/api/certificates/import?${query}`,
    headers: { 'content-type': 'application/octet-stream' },
    body,
  })

describe.each(['csv', 'xlsx'])('the register as %s', (format) => {
  it('comes back as it was: applying an export changes nothing and logs nothing', async () => {
    await fill()
    const file = await get(format)
    expect(file.headers['content-disposition']).toContain(`certificates.${format}`)
    const before = await entryCount()
    const answer = await send(file.rawPayload)
    expect(answer.json()).toMatchObject({
      applied: true,
      counts: { create: 0, update: 0, unchanged: 4, error: 0 },
      unknownColumns: [],
    })
    expect(await entryCount()).toBe(before)
  })

  it.runIf(format === 'csv')('has days as people write them, in Japanese eras too', async () => {
    await fill()
    const { csv, days } = inOtherForms(
      (await get('csv')).body.replaceAll('2013-11-01..', '平成25年11月1日..'),
    )
    expect(days).toBeGreaterThanOrEqual(12)
    expect((await send(csv, 'mode=dry-run')).json()).toMatchObject({
      counts: { create: 0, update: 0, unchanged: 4, error: 0 },
    })
    const none = csv.replaceAll(/(?<=,)(?:令和|平成|[RH])[^,]+/g, '令和元年1月1日')
    expect((await send(none, 'mode=dry-run')).json().counts.error).toBeGreaterThan(0)
  })

  it('makes the same register in another organisation, with one log entry each', async () => {
    await fill()
    const file = (await get(format)).rawPayload
    const original = await stored()
    const first = home
    home = await foundHome(world)
    caller = home.manager
    await fillNames()
    const before = await entryCount()
    expect((await send(file)).json()).toMatchObject({ counts: { create: 4 } })
    expect((await entryCount()) - before).toBe(4)
    const comparable = (list: Certificate[], root: string) =>
      list.map(({ id: _, holders, services, ...one }) => ({
        ...one,
        holders: holders.map(({ entityId, ...days }) => ({ root: entityId === root, ...days })),
        services: services.map(({ serviceId: __, ...days }) => days),
      }))
    expect(comparable(await stored(), home.root.id)).toEqual(comparable(original, first.root.id))
    expect((await send(file)).json()).toMatchObject({ counts: { unchanged: 4 } })
    expect((await entryCount()) - before).toBe(4)
  })
})

/** The names alone that the example register refers to. */
async function fillNames(): Promise<void> {
  const entityParts = {
    parentId: home.root.id,
    kind: 'company' as const,
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  }
  await execute(world.runtime, home.manager, createEntity, {
    ...entityParts,
    key: 'fukuoka',
    name: { ja: '福岡' },
  })
  await execute(world.runtime, home.manager, createService, {
    key: 'pay',
    entityId: home.root.id,
    kind: 'product',
    name: { en: 'Pay' },
    offeredFrom: null,
    offeredTo: null,
  })
}

const byHand = (key: string, number: string, expiry = '2025-01-09') =>
  `${key},iso27001,${number},example,initial,iso27001-2013,BSI,2022-01-10,${expiry}`
const head =
  'key,scheme,number,holders,term.basis,term.edition,term.issuer.name.en,term.decisionDate,term.expiryDate'

describe('predecessors in a file', () => {
  const head = 'key,scheme,predecessors'

  it('are named by key, also those that the same file brings, and come back as they were', async () => {
    const first = await send(`${head}\nmerged,iso27001,one; two\none,iso27001,\ntwo,iso27001,\n`)
    expect(first.json()).toMatchObject({ applied: true, counts: { create: 3 } })
    const all = new Map((await stored()).map((one) => [one.key, one]))
    expect(all.get('merged')?.predecessors).toEqual([all.get('one')?.id, all.get('two')?.id])
    const file = (await get('csv')).rawPayload
    expect(file.toString()).toContain('one; two')
    expect((await send(file)).json()).toMatchObject({ counts: { unchanged: 3 } })
  })

  it('are refused where they are unknown, of another scheme, or would follow themselves', async () => {
    const problems = async (text: string) =>
      (await send(`${head}\n${text}`, 'mode=dry-run'))
        .json()
        .rows.flatMap((row: { problems: { code: string }[] }) => row.problems.map(({ code }) => code))
    expect(await problems('one,iso27001,nobody\n')).toEqual(['import.name_unknown'])
    expect(await problems('one,iso27001,two\ntwo,iso22301,\n')).toEqual(['certificate.predecessor_scheme'])
    expect(await problems('one,iso27001,two\ntwo,iso27001,one\n')).toEqual([
      'certificate.predecessor_circle',
      'certificate.predecessor_circle',
    ])
  })
})

describe('a file written by hand', () => {
  it('says in a dry run what it would do, and does nothing', async () => {
    const before = await entryCount()
    const answer = await send(`${head},colour\n${byHand('one', 'A 1')},red\n`, 'mode=dry-run')
    expect(answer.json()).toMatchObject({
      applied: false,
      counts: { create: 1, error: 0 },
      unknownColumns: ['colour'],
      rows: [{ row: 2, key: 'one', fate: 'create' }],
    })
    expect([await entryCount(), await stored()]).toEqual([before, []])
  })

  it('registers, then changes only what its columns say', async () => {
    await send(`${head}\n${byHand('one', 'A 1')}\n${byHand('two', 'A 2')}\n`)
    const before = await entryCount()
    const answer = await send('key;number\none;A 1\ntwo;A 9\n', 'mode=apply&reason=Renumbered')
    expect(answer.json()).toMatchObject({
      counts: { update: 1, unchanged: 1 },
      rows: [{ fate: 'unchanged' }, { fate: 'update', changes: ['number'] }],
    })
    expect((await entryCount()) - before).toBe(1)
    const [, two] = await stored()
    expect(two).toMatchObject({ number: 'A 9', version: 2, kind: 'certificate' })
    expect(two?.terms[0]).toMatchObject({ basis: 'initial', expiryDate: '2025-01-09' })
  })

  it('is refused whole for one faulty row, naming row, column and reason in the language of the reader', async () => {
    const rows = [
      byHand('one', 'A 1'),
      byHand('one', 'A 2'),
      byHand('three', 'a 1'),
      byHand('four', 'A 4', '2023-02-30'),
      byHand('five', 'A 5', '2020-01-01'),
      byHand('six', 'A 6').replace('example', 'nowhere'),
      byHand('seven', 'A 7').replace('iso27001,', 'made-up,'),
    ]
    const before = await entryCount()
    caller = { ...home.manager, language: 'ja' }
    const dry = (await send(`${head}\n${rows.join('\n')}\n`, 'mode=dry-run')).json()
    const named = dry.rows.map(
      (row: { fate: string; problems: { pointer: string; code: string }[] }) =>
        row.problems.map(({ pointer, code }) => `${pointer} ${code}`).join() || row.fate,
    )
    expect(named).toEqual([
      'create',
      '/key import.key_twice',
      '/number certificate.number_taken',
      '/term.expiryDate day',
      '/term.expiryDate certificate.expiry_before_decision',
      '/holders import.name_unknown',
      '/scheme certificate.scheme_unknown',
    ])
    expect(dry.rows[1].problems[0].detail).toBe('同じキーが 2行目に既にあります。')
    const applied = await send(`${head}\n${rows.join('\n')}\n`)
    expect(applied.statusCode).toBe(400)
    expect(applied.json().errors[0]).toMatchObject({ pointer: '/3/key', code: 'import.key_twice' })
    expect([await entryCount(), await stored()]).toEqual([before, []])
  })

  it('cannot take over a number, and may pass one of its own on', async () => {
    await send(`${head}\n${byHand('one', 'A 1')}\n${byHand('two', 'A 2')}\n`)
    expect((await send('key,number\none,a 2\n')).json().errors[0]).toMatchObject({
      code: 'certificate.number_taken',
    })
    expect((await send('key,number\none,B 1\ntwo,A 1\n')).json()).toMatchObject({ counts: { update: 2 } })
  })

  it('is refused when it is no table, too large, or from someone who may not', async () => {
    expect((await send('')).json()).toMatchObject({
      code: 'tabular.file',
      errors: [{ code: 'tabular.empty' }],
    })
    expect((await send(Buffer.from('PK\x03\x04 broken'))).json().errors[0].code).toBe(
      'tabular.not_a_workbook',
    )
    expect((await send('key\na\n', 'mode=maybe')).statusCode).toBe(400)
    caller = callerWith(home.organisationId, [grantAll('contributor')], world.runtime.random)
    expect((await send('key\na\n')).statusCode).toBe(403)
    caller = callerWith(
      home.organisationId,
      [{ role: 'manager', entityId: ids.fukuoka, certificateId: null }],
      world.runtime.random,
    )
    expect((await send(`${head}\n${byHand('one', 'A 1')}\n`)).statusCode).toBe(404)
  })
})
