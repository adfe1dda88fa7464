import { readdir, readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import {
  examine,
  exportTo,
  getExport,
  type Installation,
  importFrom,
  logOf,
  makeInstallation,
  tablesOf,
} from '../../../tests/support/archive.ts'
import { makeProgramme, type Programme, paper } from '../../../tests/support/trust-world.ts'
import { callerWith, grantAll } from '../../../tests/support/world.ts'
import { reading } from '../../db/transaction.ts'
import { erase, requestErasure } from '../../log/server/erase.ts'
import { createEntity, createService, updateEntity } from '../../organisation/server/commands.ts'
import { listEntities } from '../../organisation/server/queries.ts'
import { invitePerson } from '../../people/server/commands.ts'
import { createApiKey } from '../../people/server/key-commands.ts'
import { publish } from '../../trust/server/publish.ts'
import { answer, execute } from '../execute.ts'
import { createHttp } from '../http.ts'
import { registerOverlayRoutes } from '../overlay-http.ts'

const open: Installation[] = []
const installation = async (seed: string) => {
  const one = await makeInstallation(seed)
  open.push(one)
  return one
}
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

type Step = {
  do: 'entity' | 'rename' | 'service' | 'invite' | 'paper' | 'key' | 'erase' | 'seal'
  at: number
}

const steps = fc.array(
  fc.record({
    do: fc.constantFrom<Step['do']>('entity', 'rename', 'service', 'invite', 'paper', 'key', 'erase', 'seal'),
    at: fc.nat(1000),
  }),
  { minLength: 6, maxLength: 14 },
)

const none = { memberFrom: null, memberTo: null }

/** Renames an entity and has what it was called before erased. */
async function eraseOld(from: Installation, { home }: Programme, at: number): Promise<void> {
  const { runtime } = from
  const entities = (await answer(runtime, home.owner, listEntities, {})).items
  const { member: _m, abilities: _a, ...entity } = entities[at % entities.length] as (typeof entities)[0]
  const { id } = await execute(runtime, home.owner, updateEntity, {
    ...entity,
    name: { en: 'After erasure' },
  })
  const old = await reading(from.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').select('idx').where('recordId', '=', id).orderBy('n').execute(),
  )
  const request = await execute(runtime, home.manager, requestErasure, {
    subjectNoun: 'entity',
    subjectId: id,
    entries: old.slice(0, -1).map(({ idx }) => idx),
    legalBasis: 'GDPR Article 17',
  })
  await execute(runtime, home.owner, erase, { id: request.id, version: request.version })
}

async function carryOut(from: Installation, programme: Programme, step: Step, number: number): Promise<void> {
  const { runtime, sealer } = from
  const { home } = programme
  const entities = (await answer(runtime, home.owner, listEntities, {})).items
  const { member: _m, abilities: _a, ...entity } = entities[step.at % entities.length] as (typeof entities)[0]
  const name = { en: `Name ${number} \u{1F512} "quoted"`, ja: `名称 ${number}` }
  const key = `random-${number}`
  if (step.do === 'entity')
    await execute(runtime, home.owner, createEntity, {
      key,
      parentId: entity.id,
      kind: 'site',
      name,
      country: 'JP',
      ...none,
    })
  if (step.do === 'rename') await execute(runtime, home.owner, updateEntity, { ...entity, name })
  if (step.do === 'service')
    await execute(runtime, home.owner, createService, {
      key,
      entityId: entity.id,
      kind: 'product',
      name,
      offeredFrom: null,
      offeredTo: '2024-03-31',
    })
  if (step.do === 'invite')
    await execute(runtime, home.owner, invitePerson, {
      name,
      email: `${key}@example.com`,
      entityId: entity.id,
      jobTitle: null,
    })
  if (step.do === 'paper')
    await paper(from, home, programme.certificates.soc2.id, 'report', 'internal', `words ${number}`)
  if (step.do === 'key')
    await execute(runtime, programme.author, createApiKey, {
      name: key,
      role: 'reader',
      entityId: null,
      scopes: ['certificate.read'],
      expiresAt: '2023-12-31T00:00:00.000Z',
    })
  if (step.do === 'erase') await eraseOld(from, programme, step.at)
  if (step.do === 'seal') await sealer.sealNow(home.organisationId)
}

/** The tables as they must be after an import: as before, with the organisation's own entry and no key that works. */
function expectedTables(before: Awaited<ReturnType<typeof tablesOf>>, revokedAt: string) {
  const next = (row: Record<string, unknown>) => ({ ...row, version: Number(row.version) + 1 })
  return {
    ...before,
    organisation: before.organisation?.map(next),
    overlay: before.overlay?.map((row) => ({ ...next(row), removed: true })),
    api_key: before.api_key?.map((row) =>
      row.revoked_at === null ? { ...next(row), revoked_at: revokedAt } : row,
    ),
  }
}

/** Publishes the page and attaches licensed text, which stays where its licence is. */
async function publishAndAttach({ runtime }: Installation, { home }: Programme): Promise<void> {
  await execute(runtime, home.manager, publish, {})
  const authenticate = async () => home.manager
  const app = createHttp({ runtime, routes: [], authenticate, log: () => undefined })
  registerOverlayRoutes(app, runtime, authenticate)
  const attached = await app.inject({
    method: 'PUT',
    url: '/api/frameworks/iso27001-2022/overlay/en?licenceHolder=Example',
    headers: { 'content-type': 'text/csv' },
    body: 'id,text\nA.5.7,Licensed words that must not leave\n',
  })
  expect(attached.statusCode).toBe(200)
  await app.close()
}

describe('an organisation that leaves and comes back', () => {
  it('is the same: every table, entry, opening, checkpoint and object', async () => {
    let run = 0
    let erased = 0
    let revoked = 0
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        run += 1
        const old = await installation(`old-${run}`)
        const programme = await makeProgramme(old)
        const { organisationId, owner } = programme.home
        await publishAndAttach(old, programme)
        for (const [number, step] of sequence.entries()) await carryOut(old, programme, step, number)
        const path = await exportTo(old, owner)
        const before = await tablesOf(old, organisationId)
        const fresh = await installation(`new-${run}`)
        fresh.clock.set('2023-08-01T00:00:00.000Z')
        const { manifest, revokedKeys, removedOverlays } = await importFrom(fresh, path)
        await fresh.sealer.sealNow(organisationId)

        // The export's own entry is after what it took along.
        const organisation = before.organisation?.map((row) => ({ ...row, version: Number(row.version) - 1 }))
        const expected = expectedTables(
          { ...before, organisation: organisation ?? [] },
          '2023-08-01T00:00:00+00:00',
        )
        expect(await tablesOf(fresh, organisationId)).toEqual(expected)
        const log = await logOf(fresh, organisationId, manifest.size)
        expect(log).toEqual(await logOf(old, organisationId, manifest.size))
        erased += log.entries.filter(({ salt }) => salt === null).length
        revoked += revokedKeys
        expect(removedOverlays).toBe(1)
        expect((await logOf(old, organisationId, manifest.size)).checkpoints.at(-1)?.size).toBe(manifest.size)
        expect(await examine(fresh, organisationId)).toMatchObject({ findings: [], count: 0 })
        expect(await examine(old, organisationId)).toMatchObject({ findings: [], count: 0 })
        const [licensed] = before.overlay ?? []
        const objects = new Map(old.objects.map)
        objects.delete(String(licensed?.digest))
        expect(fresh.objects.map).toEqual(objects)
        expect((await readFile(path)).includes('Licensed words')).toBe(false)
        expect((await fresh.sealer.signer(organisationId)).vkey).not.toBe(
          (await old.sealer.signer(organisationId)).vkey,
        )
      }),
      { numRuns: 4, seed: 4600 },
    )
    expect(erased).toBeGreaterThan(0)
    expect(revoked).toBeGreaterThan(0)
  })

  it('can leave again from its new home, and every home signed its own part', async () => {
    const first = await installation('home-1')
    const { home } = await makeProgramme(first)
    const second = await installation('home-2')
    await importFrom(second, await exportTo(first, home.owner))
    await second.sealer.sealNow(home.organisationId)
    const third = await installation('home-3')
    const { formerKeys, manifest } = await importFrom(third, await exportTo(second, home.owner))
    await third.sealer.sealNow(home.organisationId)
    expect(formerKeys.map(({ upTo }) => upTo).sort((a, b) => a - b)).toEqual([
      expect.any(Number),
      manifest.size,
    ])
    expect(new Set(formerKeys.map(({ vkey }) => vkey)).size).toBe(2)
    expect(await examine(third, home.organisationId)).toMatchObject({ findings: [] })
  })
})

describe('an export', () => {
  it('is written into the log with its manifest, after what it took along', async () => {
    const old = await installation('logged')
    const { home } = await makeProgramme(old)
    const response = await getExport(old, home.owner)
    const digest = response.headers['assay-manifest-digest']
    const { entries } = await logOf(old, home.organisationId, Number.MAX_SAFE_INTEGER)
    const last = entries.at(-1)
    const { actor, reason } = JSON.parse(last?.statement ?? '')
    expect(last?.type).toBe('organisation.exported')
    expect(actor.id).toBe(home.owner.actor.id)
    expect(reason).toBe(`Archive of ${last?.idx} entries; SHA-256 of its manifest: ${digest}`)
  })

  it('is for owners of the whole organisation only, and not started by other sites', async () => {
    const old = await installation('who')
    const { home } = await makeProgramme(old)
    const { random } = old.runtime
    const of = (grants: Parameters<typeof callerWith>[1]) => callerWith(home.organisationId, grants, random)
    const partly = of([{ role: 'owner', entityId: home.root.id, certificateId: null }])
    for (const caller of [home.manager, of([grantAll('reader')]), partly])
      expect((await getExport(old, caller)).statusCode).toBe(403)
    const visitor = { ...home.owner, actor: { ...home.owner.actor, kind: 'visitor' as const, grants: [] } }
    expect((await getExport(old, visitor)).statusCode).toBe(401)
    const foreign = await getExport(old, home.owner, { 'sec-fetch-site': 'cross-site' })
    expect(foreign.json().code).toBe('request.cross_site')
    const { entries } = await logOf(old, home.organisationId, Number.MAX_SAFE_INTEGER)
    expect(entries.filter(({ type }) => type === 'organisation.exported')).toEqual([])
  })

  it('is one state, whoever writes meanwhile', async () => {
    const old = await installation('busy')
    const programme = await makeProgramme(old)
    const { organisationId, owner } = programme.home
    let writing = true
    const writer = (async () => {
      for (let number = 100; writing; number++)
        await carryOut(old, programme, { do: number % 2 ? 'entity' : 'paper', at: number }, number)
    })()
    const path = await exportTo(old, owner)
    writing = false
    await writer
    const fresh = await installation('calm')
    const { manifest } = await importFrom(fresh, path)
    await fresh.sealer.sealNow(organisationId)
    expect(await examine(fresh, organisationId)).toMatchObject({ findings: [] })
    expect(await logOf(fresh, organisationId, manifest.size)).toMatchObject({
      entries: (await logOf(old, organisationId, manifest.size)).entries,
    })
  })

  it('leaves nothing aside in the data directory', async () => {
    const old = await installation('tidy')
    const { home } = await makeProgramme(old)
    await exportTo(old, home.owner)
    await expect.poll(() => readdir(`${old.directory}/export`)).toEqual([])
  })
})
