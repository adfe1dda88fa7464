import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../../tests/support/world.ts'
import { listCertificates } from '../../certificates/server/queries.ts'
import { reading } from '../../db/transaction.ts'
import { listHandovers } from '../../handover/server/queries.ts'
import { specsWith } from '../../handover/server/specs.ts'
import { Problem } from '../../kernel/error.ts'
import { listEntities } from '../../organisation/server/queries.ts'
import { personLeaves } from '../../people/server/commands.ts'
import { listPeople } from '../../people/server/queries.ts'
import { answer, execute } from '../execute.ts'
import { problemDetails } from '../problem-details.ts'
import { applyProgramme, type Plan, planProgramme } from './apply.ts'
import { getProgramme } from './queries.ts'
import { receiveFile } from './received.ts'

let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('programme')
  home = await foundHome(world)
})
afterAll(() => world.close())

const pdf = Buffer.from(
  '%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n',
)
const digest = createHash('sha256').update(pdf).digest('hex')

const programme = `
assay: 1
entities:
  - { key: branch, parent: house, name: { en: Branch }, country: JP, member: { from: 2015-04-01 } }
  - { key: house, name: { en: House Corporation, ja: ハウス株式会社 }, country: JP }
services:
  - { key: chat, entity: house, name: { en: Chat } }
people:
  - key: ann
    name: { en: Ann Example }
    email: Ann@example.com
    entity: branch
    roles: [{ role: contributor, entity: branch }, { role: auditor, certificate: isms }]
certificates:
  - key: isms
    scheme: iso27001
    number: IS 1
    holders: [{ entity: house }, { entity: branch, from: 2015-04-01 }]
    services: [{ service: chat }]
    scopes: [{ text: { en: Everything } }]
    terms:
      - key: first
        basis: initial
        edition: iso27001-2013
        issuer: { name: { en: Certifier } }
        decisionDate: 2022-01-10
        expiryDate: 2025-01-09
    events: [{ kind: surveillance-1, on: 2022-12-13, outcome: passed }]
    documents:
      - { file: papers/isms.pdf, term: first, kind: certificate, title: { en: Certificate }, distribution: public }
`

const input = (text: string, files = { 'papers/isms.pdf': digest }) => ({ programme: text, files })

const apply = (text: string, caller = home.owner) =>
  execute(world.runtime, caller, applyProgramme, input(text))

const plan = (text: string) => execute(world.runtime, home.owner, planProgramme, input(text))

const size = () =>
  reading(world.database, home.organisationId, async (tx) => {
    const head = await tx.selectFrom('logHead').select('size').executeTakeFirstOrThrow()
    return head.size
  })

const said = (result: Plan, ...actions: string[]) =>
  result.changes
    .filter((one) => actions.includes(one.action))
    .map((one) => `${one.action} ${one.noun} ${one.key}`)

async function* bytes() {
  yield pdf
}

/** Every problem of a refused file: code, pointer and place. */
async function refusals(text: string): Promise<string[]> {
  const before = await size()
  const error = await apply(text).then(
    () => null,
    (reason) => reason,
  )
  if (!(error instanceof Problem)) throw new Error(`was not refused: ${error}`)
  expect(await size()).toBe(before)
  return error.fields.map(
    ({ code, pointer, params }) => `${code} ${pointer} ${params?.line}:${params?.column}`,
  )
}

describe('a programme', () => {
  it('is planned without changing anything, and says which files are missing', async () => {
    const before = await size()
    const planned = await plan(programme)
    expect(planned.missing).toEqual([digest])
    expect(said(planned, 'create')).toEqual([
      'create entity house',
      'create entity branch',
      'create service chat',
      'create person ann',
      'create certificate isms',
      'create document isms/papers/isms.pdf',
      'create grant ann/contributor@branch',
      'create grant ann/auditor@isms',
    ])
    expect(said(planned, 'left')).toEqual(['left entity example'])
    expect(await size()).toBe(before)
    expect((await answer(world.runtime, home.owner, listEntities, {})).items).toHaveLength(1)
  })

  it('is refused whole while a file is missing', async () => {
    expect(await refusals(programme)).toEqual(['programme.file_missing /certificates/0/documents/0 30:9'])
    expect((await answer(world.runtime, home.owner, listEntities, {})).items).toHaveLength(1)
  })

  it('is applied once: what is so already changes nothing and logs nothing', async () => {
    const stored = await world.runtime.objects.put(bytes(), 1e6)
    await execute(world.runtime, home.owner, receiveFile, stored)
    const first = await apply(programme)
    expect(first.counts).toMatchObject({ create: 8, update: 0 })
    const after = await size()
    const second = await apply(programme)
    expect(second.counts).toMatchObject({ create: 0, update: 0, unchanged: 8 })
    expect(await size()).toBe(after)
    const { items } = await answer(world.runtime, home.owner, listPeople, {})
    expect(items).toMatchObject([{ email: 'ann@example.com', state: 'invited' }])
  })

  it('shows each difference field by field, and keeps what the file no longer names', async () => {
    const changed = programme
      .replace('House Corporation', 'Home Corporation')
      .replace(
        '[{ entity: house }, { entity: branch, from: 2015-04-01 }]',
        '[{ entity: branch, from: 2015-04-01, to: 2023-03-31 }]',
      )
      .replace('decisionDate: 2022-01-10', 'decisionDate: 2022-01-11')
      .replace(/ {4}events: .*\n/, '')
      .replace(/ {2}- \{ key: chat.*\n/, '')
      .replace('services:\n', '')
    const before = await size()
    const planned = await plan(changed)
    expect(said(planned, 'create', 'update')).toEqual(['update entity house', 'update certificate isms'])
    const entity = planned.changes.find((one) => one.key === 'house')
    expect(entity?.fields).toEqual([
      {
        field: 'name',
        before: { en: 'House Corporation', ja: 'ハウス株式会社' },
        after: { en: 'Home Corporation', ja: 'ハウス株式会社' },
      },
    ])
    expect(await size()).toBe(before)
    await apply(changed)
    const { items } = await answer(world.runtime, home.owner, listCertificates, {})
    expect(items[0]?.holders).toHaveLength(2)
    expect(items[0]?.events).toHaveLength(1)
    expect(items[0]?.terms.map((term) => term.decisionDate)).toEqual(['2022-01-11'])
    expect((await apply(changed)).counts).toMatchObject({ create: 0, update: 0 })
    await apply(programme)
  })

  it('says with line and column what is wrong, and changes nothing', async () => {
    expect(await refusals(programme.replace('2022-01-10', '2022-02-30'))).toEqual([
      'day /certificates/0/terms/0/decisionDate 26:23',
    ])
    expect(await refusals(programme.replace('expiryDate', 'expires'))).toEqual([
      'unrecognized_key /certificates/0/terms/0/expires 27:18',
    ])
    expect(await refusals(programme.replace('entity: house, name', 'entity: hose, name'))).toEqual([
      'programme.reference /services/0/entity 7:26',
    ])
    expect(await refusals(programme.replace('iso27001-2013', 'iso27001-1999'))).toEqual([
      'certificate.edition_not_of_scheme /certificates/0/terms/0/edition 24:18',
    ])
    expect(await refusals(programme.replace('papers/isms.pdf', '../secret.pdf'))).toEqual([
      'programme.path /certificates/0/documents/0/file 30:17',
    ])
    expect(await refusals(programme.replace('key: branch', 'key: house'))).toEqual([
      'programme.key_twice /entities/1/key 5:12',
    ])
    expect(await refusals(programme.replace('number: IS 1', 'number: 12'))).toEqual([
      'expected_text /certificates/0/number 17:13',
    ])
    expect(await refusals(programme.replace('assay: 1', 'assay: 1\ntenant: x\n__proto__: { a: 1 }'))).toEqual(
      [expect.stringMatching(/^unrecognized_key/), expect.stringMatching(/^unrecognized_key/)],
    )
    expect(await refusals(programme.replace('parent: house', 'parent: branch'))).toEqual([
      expect.stringMatching(/\/entities\/0/),
    ])
  })

  it('explains itself in both languages', async () => {
    const error = await apply(programme.replace('2022-01-10', '2022-02-30')).catch((reason) => reason)
    const texts = (['en', 'ja'] as const).map((language) => problemDetails(error, language).errors?.[0])
    expect(texts[0]).toMatchObject({ line: 26, column: 23, detail: expect.stringMatching(/calendar day/) })
    expect(texts[1]?.detail).toMatch(/日付/)
  })

  it('asks every permission that its parts need', async () => {
    const manager = await apply(
      programme.replace('role: contributor, entity: branch', 'role: owner'),
      home.manager,
    ).catch((reason) => reason)
    expect(manager).toMatchObject({ kind: 'forbidden', fields: [{ code: 'grant.beyond_own' }] })
    const key = callerWith(home.organisationId, [grantAll('owner')], world.runtime.random, {
      kind: 'key',
      scopes: ['programme-file.apply', 'entity.update'],
    })
    await expect(apply(`${programme.replace('key: chat,', 'key: talk,')}`, key)).rejects.toMatchObject({
      fields: [{ code: 'access.forbidden' }],
    })
    const reader = callerWith(home.organisationId, [grantAll('reader')], world.runtime.random)
    await expect(apply(programme, reader)).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('does not bring back somebody who has left, nor their roles', async () => {
    const [ann] = (await answer(world.runtime, home.owner, listPeople, {})).items
    const { id, version } = ann ?? { id: '', version: 0 }
    await execute(world.runtime, home.owner, personLeaves, { id, version, reason: 'Left the company' })
    const before = await size()
    const applied = await apply(programme)
    expect(said(applied, 'create', 'update', 'waiting')).toEqual(['waiting person ann'])
    expect(await size()).toBe(before)
  })

  it('makes somebody who has left, with what is theirs, once and again elsewhere', async () => {
    const file = `
assay: 1
entities: [{ key: example, name: { en: Example Corporation, ja: Example Corporation（日本） }, country: JP }]
people: [{ key: gone, name: { en: Gone Example }, email: gone@example.com, left: true }]
assets: [{ key: desk, name: { en: Desk }, kind: system, entity: example, owner: gone }]
`
    for (const key of ['first', 'second']) {
      const there = await foundHome(world, 'Example Corporation', 'example')
      const exported =
        key === 'first' ? file : (await answer(world.runtime, home.owner, getProgramme, {})).programme
      home = there
      await apply(exported)
      const { people, items } = await answer(world.runtime, home.owner, listHandovers(specsWith([])), {})
      expect(people).toMatchObject([{ person: { name: { en: 'Gone Example' }, left: true }, count: 1 }])
      expect(items.map((one) => one.code)).toEqual(['desk'])
      const before = await size()
      expect(said(await apply(exported), 'create', 'update', 'waiting')).toEqual([])
      expect(await size()).toBe(before)
    }
  })

  it('does not make another organisation’s file one’s own, whatever its digest', async () => {
    const other = await foundHome(world, 'Other Corporation', 'other')
    const text = programme.replace('Ann@example.com', 'ann@other.example')
    await expect(apply(text, other.owner)).rejects.toMatchObject({
      fields: [{ code: 'programme.file_missing' }],
    })
  })
})
