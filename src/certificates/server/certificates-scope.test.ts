import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, isms, term } from '../../../tests/support/certificates.ts'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Role } from '../../kernel/actor.ts'
import type { Id } from '../../kernel/id.ts'
import type { Entity } from '../../organisation/entity.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import type { Certificate } from '../certificate.ts'
import { recordEvent, registerCertificate, suspendCertificate, updateCertificate } from './commands.ts'
import { attachDocument } from './document-commands.ts'
import { getCertificate, getDocument, homeCertificates, listCertificates } from './queries.ts'

let world: World
let home: Home
let east: Entity
let west: Entity
let certificates: Record<'east' | 'west' | 'both' | 'nobody', Certificate>

const subsidiary = (key: string) =>
  execute(world.runtime, home.manager, createEntity, {
    key,
    parentId: home.root.id,
    kind: 'company',
    name: { en: key },
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  })

const held = (key: string, ...entities: Id[]) => {
  const {
    id: _id,
    version: _version,
    ...facts
  } = isms({
    key,
    number: key,
    holders: entities.map((entityId) => ({ entityId, from: null, to: null })),
    terms: [
      term({
        decisionDate: '2022-01-05',
        effectiveDate: '2022-01-10',
        issueDate: '2022-01-10',
        expiryDate: '2025-01-09',
      }),
    ],
  })
  return facts
}

const withRole = (role: Role, entityId: Id | null, certificateId: Id | null = null): Caller =>
  callerWith(home.organisationId, [{ role, entityId, certificateId }], world.runtime.random)

beforeAll(async () => {
  world = await makeWorld('certificates-scope')
  home = await foundHome(world)
  east = await subsidiary('east')
  west = await subsidiary('west')
  const register = (key: string, ...entities: Id[]) =>
    execute(world.runtime, home.manager, registerCertificate, held(key, ...entities))
  certificates = {
    east: await register('c-east', east.id),
    west: await register('c-west', west.id),
    both: await register('c-both', east.id, west.id),
    nobody: await register('c-nobody'),
  }
})
afterAll(() => world.close())

const keysSeen = async (caller: Caller) => {
  const list = await answer(world.runtime, caller, listCertificates, {})
  const shown = await answer(world.runtime, caller, homeCertificates, {})
  expect(shown.items.map((one) => one.key).sort()).toEqual(list.items.map((one) => one.key))
  expect(list.total).toBe(list.items.length)
  return list.items.map((one) => one.key)
}

const passed = (id: Id) => ({ id, version: 1, event: event('surveillance-1', '2022-12-01') })

describe('a manager of one subsidiary', () => {
  const of = (entity: Entity) => withRole('manager', entity.id)

  it('sees its certificates and those it shares, and no others', async () => {
    expect(await keysSeen(of(east))).toEqual(['c-both', 'c-east'])
    expect(await keysSeen(of(west))).toEqual(['c-both', 'c-west'])
    expect(await keysSeen(withRole('manager', home.root.id))).toEqual(['c-both', 'c-east', 'c-west'])
    expect(await keysSeen(home.manager)).toEqual(['c-both', 'c-east', 'c-nobody', 'c-west'])
  })

  it("does not even learn of another's certificate", async () => {
    for (const { id } of [
      certificates.west,
      certificates.nobody,
      { id: '00000000-0000-4000-8000-00000000dead' },
    ]) {
      await expect(answer(world.runtime, of(east), getCertificate, { id })).rejects.toMatchObject({
        kind: 'not_found',
      })
      for (const attempt of [
        () => execute(world.runtime, of(east), recordEvent, passed(id)),
        () => execute(world.runtime, of(east), updateCertificate, { ...certificates.west, id }),
        () => execute(world.runtime, of(east), updateCertificate, { ...certificates.east, id }),
        () =>
          execute(world.runtime, of(east), suspendCertificate, {
            id,
            version: 1,
            on: '2023-05-01',
            reason: 'Mine now',
          }),
      ])
        await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' })
    }
  })

  it('may read what it shares with another, not change it', async () => {
    const id = certificates.both.id
    const shown = await answer(world.runtime, of(east), getCertificate, { id })
    expect([shown.key, shown.abilities]).toEqual(['c-both', []])
    await expect(execute(world.runtime, of(east), recordEvent, passed(id))).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it("can neither take a certificate into another's hands nor drop another as holder", async () => {
    const theirs = { entityId: west.id, from: null, to: null }
    await expect(
      execute(world.runtime, of(east), updateCertificate, {
        ...certificates.east,
        holders: [...certificates.east.holders, theirs],
      }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(
      execute(world.runtime, of(east), updateCertificate, {
        ...certificates.both,
        holders: certificates.east.holders,
      }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(
      execute(world.runtime, of(east), registerCertificate, held('new', west.id)),
    ).rejects.toMatchObject({
      kind: 'not_found',
    })
    await expect(execute(world.runtime, of(east), registerCertificate, held('new'))).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it('may change its own', async () => {
    const shown = await answer(world.runtime, of(east), getCertificate, { id: certificates.east.id })
    expect(shown.abilities).toEqual(['update', 'renew', 'record', 'suspend', 'withdraw', 'transfer'])
    const after = await execute(world.runtime, of(east), recordEvent, passed(certificates.east.id))
    expect(after.events).toHaveLength(1)
  })
})

describe('an auditor with one engagement', () => {
  const auditor = () => withRole('auditor', null, certificates.west.id)

  async function document(certificateId: Id) {
    async function* bytes() {
      yield Buffer.from(`%PDF ${certificateId}`)
    }
    const { digest, size } = await world.runtime.objects.put(bytes(), 1000)
    return execute(world.runtime, home.manager, attachDocument, {
      certificateId,
      termId: null,
      kind: 'report',
      title: { en: 'Report' },
      fileName: 'report.pdf',
      mediaType: 'application/pdf',
      size,
      digest,
      language: null,
      distribution: 'internal',
    })
  }

  it('sees that certificate and its documents, and nothing else', async () => {
    expect(await keysSeen(auditor())).toEqual(['c-west'])
    const [mine, other] = [await document(certificates.west.id), await document(certificates.east.id)]
    expect((await answer(world.runtime, auditor(), getDocument, { id: mine.id })).id).toBe(mine.id)
    for (const id of [certificates.east.id, certificates.both.id, certificates.nobody.id])
      await expect(answer(world.runtime, auditor(), getCertificate, { id })).rejects.toMatchObject({
        kind: 'not_found',
      })
    await expect(answer(world.runtime, auditor(), getDocument, { id: other.id })).rejects.toMatchObject({
      kind: 'not_found',
    })
  })

  it('changes nothing', async () => {
    await expect(
      execute(world.runtime, auditor(), recordEvent, passed(certificates.west.id)),
    ).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('another organisation', () => {
  it('has a register of its own', async () => {
    const other = await foundHome(world, 'Other Corporation', 'other')
    expect(await keysSeen(other.manager)).toEqual([])
    await expect(
      answer(world.runtime, other.owner, getCertificate, { id: certificates.east.id }),
    ).rejects.toMatchObject({ kind: 'not_found' })
    // The same number and key are free there: neither tells of the other.
    await execute(world.runtime, other.manager, registerCertificate, held('c-east', other.root.id))
    await expect(
      execute(world.runtime, other.manager, registerCertificate, held('stolen', east.id)),
    ).rejects.toMatchObject({
      fields: [{ pointer: '/holders/0/entityId', code: 'record.reference_unknown' }],
    })
  })
})

describe('a contributor', () => {
  it('corrects facts, but neither renews nor ends a certificate by way of a correction', async () => {
    const contributor = withRole('contributor', null)
    const one = await answer(world.runtime, contributor, getCertificate, { id: certificates.west.id })
    const facts = Object.fromEntries(
      Object.keys(certificates.west).map((key) => [key, one[key as keyof typeof one]]),
    )
    const withdrawal = { ...event('withdrawal', '2022-12-01'), outcome: 'none' }
    for (const detour of [
      { ...facts, events: [...one.events, withdrawal] },
      { ...facts, terms: one.terms.map((term) => ({ ...term, expiryDate: '2099-01-01' })) },
      { ...facts, terms: [] },
    ])
      await expect(execute(world.runtime, contributor, updateCertificate, detour)).rejects.toMatchObject({
        kind: 'forbidden',
      })
    const corrected = await execute(world.runtime, contributor, updateCertificate, {
      ...facts,
      verificationUrl: 'https://register.example.org/',
    })
    expect(corrected.verificationUrl).toBe('https://register.example.org/')
  })
})
