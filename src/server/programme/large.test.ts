import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { reading } from '../../db/transaction.ts'
import { execute } from '../execute.ts'
import { applyProgramme, planProgramme } from './apply.ts'

let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('large-programme')
})
afterAll(() => world.close())
afterEach(() => {
  vi.restoreAllMocks()
})

const range = (count: number) => Array.from({ length: count }, (_, at) => at)

/** A group of companies in two levels, with a service, a person with a role and a certificate for each fifth of them. */
function programmeOf(count: number): string {
  const entities = range(count).map(
    (at) => `  - { key: e-${at}, ${at < 10 ? '' : `parent: e-${at % 10}, `}name: { en: Entity ${at} } }`,
  )
  const fifth = range(Math.floor(count / 5))
  const services = fifth.map((at) => `  - { key: s-${at}, entity: e-${at}, name: { en: Service ${at} } }`)
  const people = fifth.map(
    (at) =>
      `  - { key: p-${at}, name: { en: Person ${at} }, email: p-${at}@example.com, entity: e-${at}, roles: [{ role: contributor, entity: e-${at} }] }`,
  )
  const certificates = fifth.map(
    (at) =>
      `  - { key: c-${at}, scheme: iso27001, number: IS ${at}, holders: [{ entity: e-${at} }], services: [{ service: s-${at} }], scopes: [{ text: { en: Everything } }] }`,
  )
  return ['assay: 1', 'entities:', ...entities, 'services:', ...services, 'people:', ...people]
    .concat('certificates:', certificates, '')
    .join('\n')
}

/** Applies a programme, and counts the statements that this sent to the database. */
async function applied(text: string) {
  const sent = vi.spyOn(pg.Client.prototype, 'query')
  const { counts } = await execute(world.runtime, home.owner, applyProgramme, { programme: text })
  const statements = sent.mock.calls.length
  sent.mockRestore()
  return { ...counts, statements }
}

const entries = () =>
  reading(world.database, home.organisationId, async (tx) => {
    const rows = await tx.selectFrom('logEntry').select(['type', 'n']).orderBy('idx').execute()
    return rows.map(({ type, n }) => `${type} ${n}`)
  })

const repeat = (count: number, text: string) => Array.from({ length: count }, () => text)

describe('a large programme', () => {
  it('takes at most two statements for each new record, and as many again for twice as many', async () => {
    home = await foundHome(world, 'Small', 'small')
    const small = await applied(programmeOf(100))
    home = await foundHome(world, 'Large', 'large')
    const large = await applied(programmeOf(200))
    expect([small.create, large.create]).toEqual([180, 360])
    expect(small.statements).toBeLessThan(2 * 180)
    expect(large.statements).toBeLessThan(2 * small.statements)
  })

  it('logs each record once, in the order in which they need each other', async () => {
    expect((await entries()).slice(2)).toEqual([
      ...repeat(200, 'entity.created 1'),
      ...repeat(40, 'service.created 1'),
      ...repeat(40, 'person.added 1'),
      ...repeat(40, 'certificate.registered 1'),
      ...repeat(40, 'grant.given 1'),
    ])
  })

  it('changes and logs nothing when it is applied again, in few statements whatever its size', async () => {
    const before = (await entries()).length
    const again = await applied(programmeOf(200))
    expect(again).toMatchObject({ create: 0, update: 0, unchanged: 360 })
    expect(again.statements).toBeLessThan(40)
    expect(await entries()).toHaveLength(before)
  })

  it('judges each part by what the parts before it made, and takes all of it back where one is refused', async () => {
    const before = (await entries()).length
    const circle = [
      'assay: 1',
      'entities:',
      '  - { key: fresh, name: { en: Fresh } }',
      '  - { key: e-0, parent: e-10, name: { en: Entity 0 } }',
    ].join('\n')
    await expect(applied(circle)).rejects.toMatchObject({
      fields: [expect.objectContaining({ code: 'entity.circle' })],
    })
    expect(await entries()).toHaveLength(before)
    const moved = circle.replace('parent: e-10', 'parent: fresh')
    expect(await applied(moved)).toMatchObject({ create: 1, update: 1 })
    expect((await entries()).slice(before)).toEqual(['entity.created 1', 'entity.updated 2'])
  })

  it('is rehearsed without a trace', async () => {
    const before = (await entries()).length
    const more = { programme: programmeOf(210) }
    const plan = await execute(world.runtime, home.owner, planProgramme, more)
    expect([plan.counts.create, (await entries()).length]).toEqual([18, before])
    const done = await execute(world.runtime, home.owner, applyProgramme, more)
    expect([done.counts.create, (await entries()).length]).toEqual([18, before + 19])
  })
})
