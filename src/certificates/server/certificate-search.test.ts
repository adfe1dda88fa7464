import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isms, pciTerm, term } from '../../../tests/support/certificates.ts'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Id } from '../../kernel/id.ts'
import { createEntity, createService } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Certificate } from '../certificate.ts'
import { registerCertificate, renewCertificate, updateCertificate } from './commands.ts'
import { getCertificate, listCertificates } from './queries.ts'

let world: World
let home: Home
const ids: Record<string, Id> = {}
const certificates: Record<string, Certificate> = {}

const entity = async (key: string, parentId: Id, name: object) => {
  const facts = {
    key,
    parentId,
    kind: 'company' as const,
    name,
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  }
  ids[key] = (await execute(world.runtime, home.manager, createEntity, facts)).id
}

const register = async (key: string, holders: string[], parts: Partial<Certificate> = {}) => {
  const {
    id: _id,
    version: _version,
    ...input
  } = isms({
    key,
    number: null,
    holders: holders.map((holder) => ({ entityId: ids[holder] ?? '', from: null, to: null })),
    ...parts,
  })
  certificates[key] = await execute(world.runtime, home.manager, registerCertificate, input)
}

beforeAll(async () => {
  world = await makeWorld('certificate-search')
  home = await foundHome(world)
  ids.root = home.root.id
  await entity('group', home.root.id, { en: 'Group Holdings', ja: 'グループ持株' })
  await entity('pay', ids.group ?? '', { en: 'Payments, Inc.', ja: '決済株式会社' })
  await entity('shop', ids.pay ?? '', { en: '100%_Shop', ja: '商店' })
  ids.wallet = (
    await execute(world.runtime, home.manager, createService, {
      key: 'wallet',
      entityId: ids.pay ?? '',
      kind: 'product',
      name: { en: 'Wallet', ja: '財布' },
      offeredFrom: null,
      offeredTo: null,
    })
  ).id
  await register('of-group', ['group'], {
    scopes: [scopeOf('Planning of "web" \\ services', 'ウェブの企画')],
  })
  await register('of-pay', ['pay'], {
    services: [{ serviceId: ids.wallet, from: null, to: null }],
    terms: [
      term({ issuer: { name: { en: 'Bureau Veritas', ja: 'ビューローベリタス' }, accreditation: null } }),
    ],
    scopes: [],
  })
  await register('of-shop', ['shop'], {
    scheme: 'pci-dss',
    kind: 'attestation-report',
    terms: [pciTerm('2023-02-28')],
    initialDate: null,
    scopes: [],
  })
  await register('of-nobody', [], { scopes: [] })
})
afterAll(() => world.close())

const scopeOf = (en: string, ja: string) => ({ text: { en, ja }, from: null, to: null })

const keys = async (input: object, caller = home.manager) => {
  const list = await answer(world.runtime, caller, listCertificates, input)
  expect(list.total).toBe(list.items.length)
  return list.items.map((one) => one.key)
}

const everything = ['of-group', 'of-nobody', 'of-pay', 'of-shop']

describe('a search', () => {
  it.each([
    ['the scope', 'PLANNING OF', ['of-group']],
    ['the scope in the other language', 'ウェブの', ['of-group']],
    ['signs that JSON escapes', '"web" \\ services', ['of-group']],
    ['a holder', 'payments, inc', ['of-pay']],
    ['a holder in the other language', '決済', ['of-pay']],
    ['a holder with signs of LIKE', '100%_s', ['of-shop']],
    ['an issuer', 'veritas', ['of-pay']],
    ['an issuer in the other language', 'ベリタス', ['of-pay']],
    ['an assessor', 'example qsa', ['of-shop']],
    ['a service', 'wallet', ['of-pay']],
    ['a service in the other language', '財布', ['of-pay']],
    ['a scheme by its name', 'PCI DSS', ['of-shop']],
    ['a key', 'of-', everything],
    ['the names of fields, which nobody wrote', 'issuer', []],
    ['the signs between texts', '","', []],
  ])('finds %s', async (_, text, found) => {
    expect(await keys({ text })).toEqual(found)
    // The same rows, rebuilt from the log instead of read from the table.
    const knownAt = world.clock.now().toISOString()
    expect(await keys({ text }, { ...home.manager, knownAt })).toEqual(found)
  })

  it('finds nothing that its reader may not see', async () => {
    const grants = [{ role: 'reader' as const, entityId: ids.shop ?? '', certificateId: null }]
    const local = callerWith(home.organisationId, grants, world.runtime.random)
    expect([await keys({ text: '決済' }, local), await keys({ text: 'of-' }, local)]).toEqual([
      [],
      ['of-shop'],
    ])
  })
})

describe('the filter by entity', () => {
  it('reaches what is held below it, or what it holds itself alone', async () => {
    expect(await keys({ entity: ids.root })).toEqual(['of-group', 'of-pay', 'of-shop'])
    expect(await keys({ entity: ids.pay })).toEqual(['of-pay', 'of-shop'])
    expect(await keys({ entity: ids.pay, exactly: 'true' })).toEqual(['of-pay'])
    expect(await keys({ entity: ids.root, exactly: 'true' })).toEqual([])
    expect(await keys({ entity: ids.pay, exactly: 'false' })).toEqual(['of-pay', 'of-shop'])
    expect(await keys({ entity: ids.wallet })).toEqual([])
  })
})

describe('what another certificate follows', () => {
  it('is superseded in the list, on its page and for whoever would renew it', async () => {
    await register('next', ['group'], {
      predecessors: [certificates['of-group']?.id ?? ''],
      terms: [
        term({
          decisionDate: '2021-12-20',
          issueDate: '2021-12-20',
          effectiveDate: '2022-01-10',
          expiryDate: '2025-01-09',
        }),
      ],
    })
    const id = certificates['of-group']?.id ?? ''
    expect(await keys({ state: 'superseded' })).toEqual(['of-group'])
    expect(await keys({ state: 'superseded' }, { ...home.manager, asOf: '2022-01-09' })).toEqual([])
    const shown = await answer(world.runtime, home.manager, getCertificate, { id })
    expect([shown.state, shown.endedOn, shown.nextStep]).toEqual(['superseded', '2022-01-10', null])
    expect(shown.successors.map(({ key }) => key)).toEqual(['next'])
    expect(shown.abilities).toEqual(['update', 'record', 'withdraw'])
    expect(shown.refusals.find(({ action }) => action === 'renew')).toMatchObject({
      code: 'ability.superseded',
    })
    const { id: _, ...again } = term({ effectiveDate: '2023-01-10' })
    await expect(
      execute(world.runtime, home.manager, renewCertificate, { id, version: 1, term: again }),
    ).rejects.toMatchObject({ code: 'certificate.not_in_state' })
    const before = await answer(world.runtime, { ...home.manager, asOf: '2021-01-01' }, getCertificate, {
      id,
    })
    expect([before.state, before.abilities, new Set(before.refusals.map(({ code }) => code))]).toEqual([
      'active',
      [],
      new Set(['ability.other_day']),
    ])
  })

  it("cannot be a stranger's: to end it takes the right to renew it", async () => {
    const grants = [{ role: 'manager' as const, entityId: ids.shop ?? '', certificateId: null }]
    const local = callerWith(home.organisationId, grants, world.runtime.random)
    const { documents: _, ...shop } = certificates['of-shop'] as Certificate & { documents?: unknown }
    const foreign = { ...shop, predecessors: [certificates['of-pay']?.id ?? ''], reason: null }
    const refused = { fields: [{ pointer: '/predecessors/0', code: 'record.reference_unknown' }] }
    await expect(execute(world.runtime, local, updateCertificate, foreign)).rejects.toMatchObject(refused)
    const absent = { ...foreign, predecessors: [ids.wallet ?? ''] }
    await expect(execute(world.runtime, local, updateCertificate, absent)).rejects.toMatchObject(refused)
  })
})
