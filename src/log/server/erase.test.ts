import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../../tests/support/directory.ts'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../../tests/support/world.ts'
import { createEntity, updateEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import { recordTypes } from '../../server/nouns.ts'
import { readBundle } from '../bundle.ts'
import { verifyBundle } from '../verify.ts'
import { erase, requestErasure } from './erase.ts'
import { fsck } from './fsck.ts'
import { createProver, proveEntry } from './prove.ts'
import { getEntry, getStatus, listEntries, recordHistory } from './queries.ts'
import { createSealer, type Sealer } from './seal.ts'

let world: World
let home: Home
let sealer: Sealer
let directory: ReturnType<typeof temporaryDirectory>
let site: Awaited<ReturnType<typeof makeSite>>

const makeSite = () =>
  execute(world.runtime, home.manager, createEntity, {
    key: 'site',
    parentId: home.root.id,
    kind: 'site',
    name: { en: 'Private Name' },
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  })

beforeAll(async () => {
  world = await makeWorld('erase')
  directory = temporaryDirectory('erase')
  const { database, clock, runtime } = world
  sealer = createSealer({
    database,
    clock,
    random: runtime.random,
    directory: directory.path,
    log: () => undefined,
  })
  world.runtime.appended = sealer.appended
  home = await foundHome(world)
  site = await makeSite()
  site = await execute(world.runtime, home.manager, updateEntity, { ...site, name: { en: 'Pseudonym' } })
  await sealer.sealNow(home.organisationId)
})
afterAll(async () => {
  await world.close()
  directory.remove()
})

const caller = (role: 'owner' | 'auditor' | 'reader' | 'contributor') =>
  callerWith(home.organisationId, [grantAll(role)], world.runtime.random)

describe('reading the log', () => {
  it('lists the newest first, page by page, filtered, with the level of each', async () => {
    await makeSiteNamed('unsealed')
    const first = await answer(world.runtime, home.owner, listEntries, { limit: 2 })
    expect(first).toMatchObject({
      total: 5,
      nextCursor: '3',
      items: [
        { index: 4, level: 0 },
        { index: 3, level: 1 },
      ],
    })
    const rest = await answer(world.runtime, home.owner, listEntries, { limit: 9, cursor: '3' })
    expect(rest.items.map((item) => item.index)).toEqual([2, 1, 0])
    const own = { actorId: home.manager.actor.id ?? '', type: 'entity.updated' }
    expect(await answer(world.runtime, home.owner, listEntries, own)).toMatchObject({
      total: 1,
      items: [{ index: 3 }],
    })
    expect(await answer(world.runtime, home.owner, getStatus, {})).toMatchObject({
      size: 5,
      sealedSize: 4,
      lost: null,
    })
  })

  it('tells a record’s history with what changed', async () => {
    const history = await answer(world.runtime, home.owner, recordHistory, {
      noun: 'entity',
      id: site.id,
      limit: 1,
    })
    expect(history.items[0]?.changes).toEqual([
      { field: 'name', before: { en: 'Private Name' }, after: { en: 'Pseudonym' } },
    ])
    expect(history).toMatchObject({ total: 2, nextCursor: '2' })
  })

  it('is for roles over the whole organisation', async () => {
    await answer(world.runtime, caller('auditor'), listEntries, {})
    await expect(answer(world.runtime, caller('contributor'), listEntries, {})).rejects.toMatchObject({
      kind: 'forbidden',
    })
    const partial = callerWith(
      home.organisationId,
      [{ role: 'owner', entityId: site.id, certificateId: null }],
      world.runtime.random,
    )
    await expect(answer(world.runtime, partial, listEntries, {})).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(answer(world.runtime, caller('reader'), proveEntry, { index: 0 })).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })
})

const makeSiteNamed = (key: string) =>
  execute(world.runtime, home.manager, createEntity, {
    key,
    parentId: home.root.id,
    kind: 'site',
    name: { en: key },
    country: null,
    memberFrom: null,
    memberTo: null,
  })

describe('erasing', () => {
  const request = (entries: number[], parts = {}) =>
    execute(world.runtime, home.manager, requestErasure, {
      subjectNoun: 'entity',
      subjectId: site.id,
      entries,
      legalBasis: 'GDPR Article 17(1)(b): consent withdrawn',
      ...parts,
    })

  it('refuses entries of other records, and the newest one, which replaying needs', async () => {
    await expect(request([0])).rejects.toMatchObject({ code: 'log.not_of_record', params: { index: 0 } })
    await expect(request([2, 3])).rejects.toMatchObject({ code: 'log.newest_stays', params: { index: 3 } })
  })

  it('needs an owner who did not ask for it', async () => {
    const own = await execute(world.runtime, home.owner, requestErasure, {
      subjectNoun: 'entity',
      subjectId: site.id,
      entries: [2],
      legalBasis: 'test',
    })
    const { id, version } = own
    await expect(execute(world.runtime, home.owner, erase, { id, version })).rejects.toMatchObject({
      code: 'log.approver_is_requester',
    })
    await expect(execute(world.runtime, home.manager, erase, { id, version })).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it('takes what the entry says, and leaves every proof and the replay whole', async () => {
    const prove = createProver(directory.path, sealer.signer)
    const { id, version } = await request([2])
    expect(await execute(world.runtime, home.owner, erase, { id, version })).toMatchObject({
      state: 'erased',
      approvedBy: home.owner.actor.id,
    })
    const erased = await answer(world.runtime, home.owner, getEntry, { index: 2 })
    expect(erased).toMatchObject({ record: null, actor: null, level: 1 })
    await expect(answer(world.runtime, home.owner, proveEntry, { index: 2 })).rejects.toMatchObject({
      code: 'log.opening_erased',
    })
    const other = await prove(await answer(world.runtime, home.owner, proveEntry, { index: 3 }))
    expect(await verifyBundle(readBundle(other))).toMatchObject({ sound: true, level: 1 })
    const { database } = world
    const report = await fsck({
      database,
      directory: directory.path,
      organisationId: home.organisationId,
      recordTypes,
    })
    expect(report).toMatchObject({ count: 0, findings: [] })
    await expect(execute(world.runtime, home.owner, erase, { id, version: 2 })).rejects.toMatchObject({
      code: 'log.erasure_decided',
    })
  })
})
