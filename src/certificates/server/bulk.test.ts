import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isms, term } from '../../../tests/support/certificates.ts'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { reading } from '../../db/transaction.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import type { Certificate } from '../certificate.ts'
import { type BulkResult, checkVerifications, endHolders } from './bulk-commands.ts'
import { registerCertificate } from './commands.ts'
import { getCertificate } from './queries.ts'

let world: World
let home: Home
let east: Id
let west: Id
let counter = 0

const company = async (key: string) =>
  (
    await execute(world.runtime, home.manager, createEntity, {
      key,
      parentId: home.root.id,
      kind: 'company',
      name: { en: key },
      country: 'JP',
      memberFrom: null,
      memberTo: null,
    })
  ).id

beforeAll(async () => {
  world = await makeWorld('certificates-bulk')
  home = await foundHome(world)
  east = await company('east')
  west = await company('west')
})
afterAll(() => world.close())

const register = (holders: Certificate['holders'], parts: Partial<Certificate> = {}) => {
  const {
    id: _id,
    version: _v,
    ...input
  } = isms({
    key: `bulk-${++counter}`,
    number: null,
    holders,
    terms: [term()],
    verificationUrl: 'https://example.com/',
    ...parts,
  })
  return execute(world.runtime, home.manager, registerCertificate, input)
}

const open = (entityId: Id) => ({ entityId, from: null, to: null })
const itemsOf = (...all: Certificate[]) => all.map(({ id, version }) => ({ id, version }))
const lines = ({ rows }: BulkResult) => rows.map(({ fate, code }) => code ?? fate)
const now = (one: Certificate) => answer(world.runtime, home.manager, getCertificate, { id: one.id })
const entries = async () =>
  (
    await reading(world.database, home.organisationId, (tx) =>
      tx.selectFrom('logEntry').select('type').orderBy('idx').execute(),
    )
  ).map((entry) => entry.type)

const checked = (caller: Caller, items: object[], checkedOn = '2023-07-01') =>
  execute(world.runtime, caller, checkVerifications, { items, checkedOn })

describe('checking many at once', () => {
  it('changes all of them in one go, and nothing when it is said again', async () => {
    const [one, two] = [await register([open(east)]), await register([open(west)])]
    const before = (await entries()).length
    const items = itemsOf(one, two)
    expect(lines(await checked(home.manager, items))).toEqual(['changed', 'changed'])
    const again = await checked(home.manager, items)
    expect([again.applied, again.counts]).toEqual([true, { changed: 0, unchanged: 2, refused: 0 }])
    expect((await entries()).slice(before)).toEqual(Array(2).fill('certificate.verification_checked'))
    expect([(await now(one)).verificationCheckedOn, (await now(two)).version]).toEqual(['2023-07-01', 2])
  })

  it('changes none when one cannot be, and says of each why', async () => {
    const [one, without] = [await register([open(east)]), await register([], { verificationUrl: null })]
    const moved = await register([open(west)])
    await checked(home.manager, itemsOf(moved), '2023-01-01')
    const before = (await entries()).length
    const unknown = { id: newId(world.runtime.random), version: 1 }
    const result = await checked(home.manager, [...itemsOf(one, without, moved), unknown])
    expect(lines(result)).toEqual([
      'changed',
      'bulk.no_verification_address',
      'bulk.changed_meanwhile',
      'bulk.not_found',
    ])
    expect([result.applied, result.counts.refused, (await entries()).length]).toEqual([false, 3, before])
    for (const { text } of result.rows.slice(1)) expect([text?.en, text?.ja]).not.toContain('')
    expect((await now(one)).verificationCheckedOn).toBeNull()
  })

  it('does not take an earlier look for a newer one, nor a row twice', async () => {
    const one = await register([open(east)])
    expect(lines(await checked(home.manager, [...itemsOf(one), ...itemsOf(one)]))).toEqual(['changed'])
    expect(lines(await checked(home.manager, itemsOf(one), '2023-06-01'))).toEqual(['unchanged'])
    await expect(checked(home.manager, itemsOf(one), '2099-01-01')).rejects.toMatchObject({
      fields: [{ pointer: '/checkedOn', code: 'certificate.event_in_future' }],
    })
  })

  it('refuses a stranger row by row, without telling what there is', async () => {
    const [own, foreign] = [await register([open(east)]), await register([open(west)])]
    const both = await register([open(east), open(west)])
    const local = callerWith(
      home.organisationId,
      [{ role: 'manager', entityId: east, certificateId: null }],
      world.runtime.random,
    )
    expect(lines(await checked(local, itemsOf(own, foreign, both)))).toEqual([
      'changed',
      'bulk.not_found',
      'bulk.not_permitted',
    ])
    expect((await now(own)).verificationCheckedOn).toBeNull()
    await expect(checked(local, itemsOf(foreign))).rejects.toMatchObject({ kind: 'not_found' })
    expect(lines(await checked(local, itemsOf(own)))).toEqual(['changed'])
    const reader = callerWith(
      home.organisationId,
      [{ role: 'reader', entityId: null, certificateId: null }],
      world.runtime.random,
    )
    await expect(checked(reader, itemsOf(own))).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('ending a holder in many', () => {
  const ended = (items: object[], to = '2023-03-31') =>
    execute(world.runtime, home.manager, endHolders, { items, entityId: east, to, reason: 'Sold' })

  it('ends the part that holds on the day, on that day, and leaves others alone', async () => {
    const one = await register([open(east), open(west)])
    const split = await register([
      { entityId: east, from: null, to: '2020-12-31' },
      { entityId: east, from: '2022-01-01', to: null },
    ])
    const over = await register([{ entityId: east, from: null, to: '2023-03-31' }])
    const items = itemsOf(one, split, over)
    expect(lines(await ended(items))).toEqual(['changed', 'changed', 'unchanged'])
    expect((await now(one)).holders).toEqual([{ ...open(east), to: '2023-03-31' }, open(west)])
    expect((await now(split)).holders.map((part) => part.to)).toEqual(['2020-12-31', '2023-03-31'])
    expect((await now(one)).currentHolders).toEqual([west])
    expect(lines(await ended(items))).toEqual(['unchanged', 'unchanged', 'unchanged'])
  })

  it('refuses who never held it, or holds it only later', async () => {
    const [foreign, later] = [
      await register([open(west)]),
      await register([{ entityId: east, from: '2023-04-01', to: null }]),
    ]
    const result = await ended(itemsOf(foreign, later))
    expect([result.applied, ...lines(result)]).toEqual([
      false,
      'bulk.not_a_holder',
      'bulk.holder_begins_later',
    ])
  })
})
