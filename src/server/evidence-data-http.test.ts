import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itemInput, sentFile } from '../../tests/support/evidence.ts'
import { type HttpWorld, makeHttpWorld } from '../../tests/support/http.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { addEvidence } from '../evidence/server/commands.ts'
import { disposeEvidence } from '../evidence/server/keeping-commands.ts'
import { reviewEvidence } from '../evidence/server/review-commands.ts'
import type { Page } from '../kernel/page.ts'
import { createEntity } from '../organisation/server/commands.ts'
import { invitePerson } from '../people/server/commands.ts'
import { registerEvidenceContentRoutes } from './evidence-content-http.ts'
import { execute } from './execute.ts'
import type { Caller } from './runtime.ts'

let world: HttpWorld
let home: Home
let caller: Caller

beforeAll(async () => {
  world = await makeHttpWorld('evidence-data', () => caller, registerEvidenceContentRoutes)
  home = await foundHome(world)
  caller = home.manager
})
afterAll(() => world.close())

const content = '{"resources": [{"resource": "<script>alert(1)</script>", "open": 0}]}'

async function withData(by: Caller, changed: Record<string, unknown> = {}): Promise<Evidence> {
  const file = await sentFile(world, by, content, 'scan.json')
  return execute(world.runtime, by, addEvidence, {
    ...itemInput(home, { source: 'pulled', data: { kind: 'nmap', file: file.id } }),
    ...changed,
  })
}

const get = (path: string) => world.app.inject(path)

describe('structured data', () => {
  it('is shown as text in a sandbox, and downloaded under its kind', async () => {
    const one = await withData(home.manager)
    const shown = await get(`/api/evidence/${one.id}/data/preview`)
    expect([shown.statusCode, shown.headers['content-type'], shown.body]).toEqual([
      200,
      'text/plain; charset=utf-8',
      content,
    ])
    expect(shown.headers['content-security-policy']).toContain('sandbox')
    expect(shown.headers['x-content-type-options']).toBe('nosniff')
    const sent = await get(`/api/evidence/${one.id}/data/content`)
    expect(sent.headers['content-disposition']).toContain('nmap.json')
    const part = await world.app.inject({
      url: `/api/evidence/${one.id}/data/preview`,
      headers: { range: 'bytes=0-9' },
    })
    expect([part.statusCode, part.body]).toEqual([206, content.slice(0, 10)])
  })

  it('is nothing where there is none, and opens to nobody who may not read the item', async () => {
    const file = await sentFile(world, home.manager)
    const bare = await execute(
      world.runtime,
      home.manager,
      addEvidence,
      itemInput(home, { files: [file.id] }),
    )
    expect((await get(`/api/evidence/${bare.id}/data/preview`)).statusCode).toBe(404)
    const one = await withData(home.manager)
    const below = await execute(world.runtime, home.owner, createEntity, {
      key: 'below',
      parentId: home.root.id,
      kind: 'company',
      name: { en: 'Below' },
      country: null,
      memberFrom: null,
      memberTo: null,
    })
    const grant = { role: 'reader' as const, entityId: below.id, certificateId: null }
    caller = callerWith(home.organisationId, [grant], world.runtime.random)
    expect((await get(`/api/evidence/${one.id}/data/preview`)).statusCode).toBe(404)
    caller = home.manager
  })

  it('is gone with the files when these are disposed of', async () => {
    const one = await withData(home.manager, { retainUntil: '2023-07-30' })
    const { id, version } = one
    await execute(world.runtime, home.owner, disposeEvidence, { id, version, basis: 'Over' })
    expect((await get(`/api/evidence/${id}/data/content`)).statusCode).toBe(404)
  })
})

describe('the register', () => {
  const titles = async (query: string) =>
    ((await get(`/api/evidence?${query}`)).json() as Page<Evidence>).items.map((one) => one.title).sort()

  it('shows what awaits the reader’s own verdict, and never what passed through their hands', async () => {
    const one = await withData(home.owner, { title: 'Of the owner' })
    await withData(home.manager, { title: 'Of the manager' })
    const collector = await execute(world.runtime, home.owner, invitePerson, {
      name: { en: 'Collector' },
      email: 'collector@example.org',
      entityId: null,
      jobTitle: null,
    })
    await withData(home.manager, { title: 'Collected by somebody', collectorId: collector.person.id })
    expect(await titles('mine=yes')).toEqual(['Of the owner'])
    caller = home.owner
    expect(await titles('mine=yes')).toContain('Collected by somebody')
    expect(await titles('mine=yes')).not.toContain('Of the owner')
    caller = callerWith(home.organisationId, [grantAll('manager')], world.runtime.random, {
      id: collector.person.id,
    })
    expect(await titles('mine=yes')).toContain('Of the owner')
    expect(await titles('mine=yes')).not.toContain('Collected by somebody')
    caller = callerWith(home.organisationId, [grantAll('contributor')], world.runtime.random)
    expect(await titles('mine=yes')).toEqual([])
    caller = home.manager
    const { id, version } = one
    await execute(world.runtime, home.manager, reviewEvidence, { id, version, verdict: 'accepted' })
    expect(await titles('mine=yes')).toEqual([])
  })

  it('is narrowed to structured data of a kind, or of any', async () => {
    const file = await sentFile(world, home.manager)
    await execute(
      world.runtime,
      home.manager,
      addEvidence,
      itemInput(home, { title: 'A file alone', files: [file.id] }),
    )
    expect(await titles('data=nmap')).toEqual(await titles('data=any'))
    expect(await titles('data=any')).not.toContain('A file alone')
    expect(await titles('data=lynis')).toEqual([])
  })
})
