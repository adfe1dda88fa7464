import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalBytes } from '#tlog'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../../tests/support/world.ts'
import { reading } from '../../db/transaction.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { parseOverlay } from '../overlay.ts'
import { overlayBytes } from '../overlay-object.ts'
import { getMapping, listSchemes, searchEditions } from './catalogue-queries.ts'
import { adoptEditions, attachOverlay, removeOverlay } from './commands.ts'
import { getEdition, listEditions } from './edition-queries.ts'

let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('frameworks')
  home = await foundHome(world)
})
afterAll(() => world.close())

const secret = 'This sentence is licensed and stays inside.'

async function* bytesOf(bytes: Uint8Array) {
  yield bytes
}

async function stored(organisationId: string, texts: Record<string, string>, language: 'en' | 'ja' = 'en') {
  const edition = world.runtime.catalogue.editions.get('iso27001-2022')
  if (!edition) throw new Error('no edition')
  const rows = Object.entries(texts).map(([id, text], index) => ({ row: index + 1, id, text }))
  const parsed = parseOverlay(edition, rows, { language, licenceHolder: 'Example Corporation' })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  const { digest } = await world.runtime.objects.put(
    bytesOf(overlayBytes(parsed.overlay, organisationId)),
    1e6,
  )
  return { editionKey: 'iso27001-2022', language, digest }
}

const as = (role: 'contributor' | 'auditor' | 'reader'): Caller =>
  callerWith(home.organisationId, [grantAll(role)], world.runtime.random)

const entries = () =>
  reading(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').selectAll().orderBy('idx').execute(),
  )

describe('adopting editions', () => {
  it('logs the digest of each edition once, and again only when one changes', async () => {
    const { editions, library } = world.runtime.catalogue
    const first = await execute(world.runtime, home.system, adoptEditions, {})
    expect(first.adopted.toSorted()).toEqual([...editions.keys(), library.id].toSorted())
    const before = (await entries()).length
    expect(await execute(world.runtime, home.owner, adoptEditions, {})).toEqual({ adopted: [] })
    expect(await entries()).toHaveLength(before)
    const iso = editions.get('iso27001-2022')
    if (!iso) throw new Error('no edition')
    const changed = { ...iso, framework: { ...iso.framework, edition: '2022 corrected' } }
    const runtime = {
      ...world.runtime,
      catalogue: { ...world.runtime.catalogue, editions: new Map([...editions, [iso.key, changed]]) },
    }
    expect(await execute(runtime, home.system, adoptEditions, {})).toEqual({ adopted: ['iso27001-2022'] })
    expect((await entries()).at(-1)).toMatchObject({ type: 'edition.adopted', n: 2 })
    await execute(world.runtime, home.system, adoptEditions, {})
  })

  it('is not for managers', async () => {
    await expect(execute(world.runtime, home.manager, adoptEditions, {})).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })
})

describe('editions', () => {
  it('show their counts, equivalents and their status on the day asked', async () => {
    const on = async (asOf: string) => {
      const { items } = await answer(world.runtime, { ...as('reader'), asOf }, listEditions, {})
      return new Map(items.map((one) => [one.key, one]))
    }
    const in2023 = await on('2023-07-31')
    const old = in2023.get('iso27001-2013')
    expect(old?.status).toBe('transitional')
    expect(old?.localEquivalents.map((one) => one.id)).toEqual(['JIS Q 27001:2014'])
    expect(old?.counts).toContainEqual({ mode: 'controls', count: 114 })
    expect(in2023.get('tsp-2014')?.counts).toContainEqual({ mode: 'criteria-per-principle', count: 127 })
    expect(in2023.get('pci-dss-3.2.1')?.counts).toEqual([
      { mode: 'principal-requirements', count: 12 },
      { mode: 'goals', count: 6 },
    ])
    expect(in2023.get('iso27001-2022')?.digest).toMatch(/^[0-9a-f]{64}$/)
    expect((await on('2025-11-01')).get('iso27001-2013')?.status).toBe('withdrawn')
    expect((await on('2020-01-01')).get('iso27001-2022')?.status).toBe('announced')
  })

  it('are found by id and title, and nothing breaks on hostile input', async () => {
    const find = (q: unknown) => answer(world.runtime, as('reader'), searchEditions, { q })
    expect((await find('5.7')).items.map((hit) => hit.id)).toContain('A.5.7')
    expect((await find('脅威')).items.map((hit) => hit.id)).toContain('A.5.7')
    for (const q of ['%'.repeat(10_000), "' OR 1=1 --", '_', '|&!<->', '']) {
      expect((await find(q)).items.length).toBeLessThanOrEqual(50)
    }
    for (const q of [['a', 'b'], { $ne: 1 }, '\u0000', 'x'.repeat(10_001)]) {
      await expect(find(q)).rejects.toMatchObject({ kind: 'invalid', fields: [{ pointer: '/q' }] })
    }
  })

  it('relate to their successors, and schemes cite their rules', async () => {
    const mapping = await answer(world.runtime, as('reader'), getMapping, {
      from: 'iso27001-2013',
      to: 'iso27001-2022',
    })
    expect(mapping.origins.filter((one) => one.origin === 'new' && one.id.startsWith('A.'))).toHaveLength(11)
    await expect(
      answer(world.runtime, as('reader'), getMapping, { from: 'pci-dss-4.0', to: 'tsp-2014' }),
    ).rejects.toMatchObject({ kind: 'not_found' })
    const { items } = await answer(world.runtime, as('reader'), listSchemes, {})
    expect(items.find((one) => one.key === 'iso27001')?.sources.validityMonths).toBe('ISO/IEC 17021-1 9.1.3')
  })
})

describe('licensed text', () => {
  it('is shown to the organisation’s own people only, and is in no log entry', async () => {
    const input = await stored(home.organisationId, { 'A.5.7': secret })
    const attached = await execute(world.runtime, home.manager, attachOverlay, input)
    expect(attached).toMatchObject({ licenceHolder: 'Example Corporation', texts: 1, removed: false })
    const text = async (caller: Caller) =>
      (await answer(world.runtime, caller, getEdition, { key: 'iso27001-2022' })).nodes.find(
        (node) => node.id === 'A.5.7',
      )?.text
    const local = callerWith(
      home.organisationId,
      [{ role: 'contributor', entityId: home.root.id, certificateId: null }],
      world.runtime.random,
    )
    for (const caller of [home.owner, home.manager, as('contributor'), local]) {
      expect(await text(caller)).toEqual({ en: secret })
    }
    const key = callerWith(home.organisationId, [grantAll('manager')], world.runtime.random, {
      kind: 'key',
      scopes: ['edition.read'],
    })
    for (const caller of [as('auditor'), as('reader'), key]) {
      const edition = await answer(world.runtime, caller, getEdition, { key: 'iso27001-2022' })
      expect(JSON.stringify(edition)).not.toContain(secret)
      expect(edition.overlays).toEqual([])
    }
    expect(JSON.stringify(await entries())).not.toContain('licensed and stays')
  })

  it('can be replaced, taken off and attached again as one record', async () => {
    const first = await execute(
      world.runtime,
      home.owner,
      attachOverlay,
      await stored(home.organisationId, { 'A.5.8': secret }),
    )
    const removed = await execute(world.runtime, home.owner, removeOverlay, {
      id: first.id,
      version: first.version,
    })
    expect(removed).toMatchObject({ id: first.id, removed: true })
    await expect(
      execute(world.runtime, home.owner, removeOverlay, { id: first.id, version: removed.version }),
    ).rejects.toMatchObject({ code: 'overlay.removed_already' })
    const edition = await answer(world.runtime, home.owner, getEdition, { key: 'iso27001-2022' })
    expect(edition.overlays).toEqual([])
    expect(edition.nodes.some((node) => node.text)).toBe(false)
    const again = await execute(
      world.runtime,
      home.owner,
      attachOverlay,
      await stored(home.organisationId, { 'A.5.9': secret }),
    )
    expect(again).toMatchObject({ id: first.id, removed: false, version: removed.version + 1 })
  })

  it('of somebody else, of another language or of no checked file is refused', async () => {
    const foreign = await stored('00000000-0000-4000-8000-000000000001', { 'A.5.7': secret })
    const english = await stored(home.organisationId, { 'A.5.10': secret })
    const { digest } = await world.runtime.objects.put(bytesOf(canonicalBytes({ some: 'thing' })), 1e6)
    const absent = { ...english, digest: 'a'.repeat(64) }
    for (const input of [foreign, { ...english, language: 'ja' }, { ...english, digest }, absent]) {
      await expect(execute(world.runtime, home.owner, attachOverlay, input)).rejects.toMatchObject({
        fields: [{ pointer: '/digest', code: 'overlay.not_an_overlay' }],
      })
    }
    await expect(
      execute(world.runtime, home.owner, attachOverlay, { ...english, editionKey: 'iso27001-1999' }),
    ).rejects.toMatchObject({ fields: [{ code: 'edition.unknown' }] })
    await expect(execute(world.runtime, as('contributor'), attachOverlay, english)).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it('that is not here, as after an import, leaves the edition readable', async () => {
    const input = await stored(home.organisationId, { 'A.5.11': secret }, 'ja')
    await execute(world.runtime, home.owner, attachOverlay, input)
    world.runtime.objects.map.delete(input.digest)
    const edition = await answer(world.runtime, home.owner, getEdition, { key: 'iso27001-2022' })
    expect(edition.overlays.map((one) => one.language)).toContain('ja')
    expect(edition.nodes.find((node) => node.id === 'A.5.11')?.text).toBeUndefined()
  })
})
