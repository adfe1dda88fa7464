import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalBytes } from '#tlog'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../tests/support/world.ts'
import { certificate } from '../certificates/certificate.ts'
import { document } from '../certificates/document.ts'
import type { Context } from '../db/context.ts'
import { save } from '../db/save.ts'
import { reading } from '../db/transaction.ts'
import { adoptEditions, attachOverlay, removeOverlay } from '../frameworks/server/commands.ts'
import type { Command } from '../kernel/command.ts'
import { newId } from '../kernel/id.ts'
import { discardAtStart } from './discard-object.ts'
import { execute } from './execute.ts'

let world: World
let home: Home
let other: Home

beforeAll(async () => {
  world = await makeWorld('discarded')
  home = await foundHome(world)
  other = await foundHome(world, 'Other', 'other')
})
afterAll(() => world.close())

async function* once(bytes: Uint8Array) {
  yield bytes
}

const editionKey = 'iso27001-2022'

/** Licensed text as it is uploaded: stored, and not attached yet. */
async function stored(text: string, organisationId = home.organisationId) {
  const object = {
    format: 'assay.overlay.v1',
    organisationId,
    editionKey,
    language: 'en',
    licenceHolder: 'Example Corporation',
    texts: { 'A.5.7': text },
  }
  const { digest } = await world.runtime.objects.put(once(canonicalBytes(object)), 1e6)
  return { editionKey, language: 'en' as const, digest }
}

const attach = async (text: string) => execute(world.runtime, home.manager, attachOverlay, await stored(text))

const remove = ({ id, version }: { id: string; version: number }) =>
  execute(world.runtime, home.manager, removeOverlay, { id, version })

const has = (digest: string) => world.runtime.objects.has(digest)

const entries = () =>
  reading(world.database, home.organisationId, async (tx) => {
    const rows = await tx.selectFrom('logEntry').select('statement').where('noun', '=', 'overlay').execute()
    return rows.map(({ statement }) => JSON.parse(statement ?? '{}'))
  })

/** A document of another organisation with the very bytes of somebody's licensed text. */
async function keepAsDocument(digest: string): Promise<void> {
  const plant: Command<Context, Record<string, never>, { adopted: string[] }> = {
    ...adoptEditions,
    async run(ctx) {
      const id = () => newId(ctx.random)
      const one = await save(ctx, certificate, 'certificate.planted', {
        id: id(),
        version: 0,
        key: 'kept',
        kind: 'certificate',
        scheme: 'iso27001',
        number: null,
        initialDate: null,
        predecessors: [],
        holders: [],
        services: [],
        scopes: [],
        terms: [],
        events: [],
        verificationUrl: null,
        verificationCheckedOn: null,
      })
      await save(ctx, document, 'document.planted', {
        id: id(),
        version: 0,
        certificateId: one.id,
        termId: null,
        kind: 'report',
        title: { en: 'Kept' },
        fileName: 'kept.json',
        mediaType: 'text/plain',
        size: 9,
        digest,
        language: null,
        distribution: 'internal',
        withdrawnOn: null,
      })
      return { adopted: [] }
    },
  }
  await execute(world.runtime, other.system, plant, {})
}

describe('licensed text that was taken off', () => {
  it('is deleted, and the log keeps its digest', async () => {
    const attached = await attach('words under licence')
    expect(await has(attached.digest)).toBe(true)
    await remove(attached)
    expect(await has(attached.digest)).toBe(false)
    expect((await entries()).map(({ type, record }) => [type, record.digest, record.removed])).toEqual([
      ['overlay.attached', attached.digest, false],
      ['overlay.removed', attached.digest, true],
    ])
  })

  it('is deleted too when another text takes its place, and can be sent again', async () => {
    const [first, second] = [await attach('the first edition'), await attach('the second edition')]
    expect([await has(first.digest), await has(second.digest)]).toEqual([false, true])
    const again = await attach('the first edition')
    expect([await has(first.digest), await has(second.digest)]).toEqual([true, false])
    await remove(again)
  })

  it('stays where a document is made of the same bytes, also one of another organisation', async () => {
    const attached = await attach('bytes that somebody else keeps')
    await keepAsDocument(attached.digest)
    await remove(attached)
    expect(await has(attached.digest)).toBe(true)
  })

  it('is not deleted by who may not, nor by a removal that fails', async () => {
    const attached = await attach('still in force')
    const reader = callerWith(home.organisationId, [grantAll('contributor')], world.runtime.random)
    const { id, version } = attached
    const refused = [
      execute(world.runtime, reader, removeOverlay, { id, version }),
      execute(world.runtime, home.manager, removeOverlay, { id, version: version + 5 }),
      execute(world.runtime, other.owner, removeOverlay, { id, version }),
    ]
    for (const one of await Promise.allSettled(refused)) expect(one.status).toBe('rejected')
    expect(await has(attached.digest)).toBe(true)
    await discardAtStart(world.runtime, () => undefined)
    expect(await has(attached.digest)).toBe(true)
    await remove(attached)
  })

  it('is deleted at the next start when the process ended right after the commit', async () => {
    const attached = await attach('cut off')
    const bytes = await world.runtime.objects.get(attached.digest)
    await remove(attached)
    await world.runtime.objects.put(once(bytes), 1e6)
    await discardAtStart(world.runtime, () => undefined)
    expect(await has(attached.digest)).toBe(false)
  })
})
