import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { reading } from '../../db/transaction.ts'
import type { Problem } from '../../kernel/error.ts'
import { answer, execute } from '../execute.ts'
import { applyProgramme, planProgramme } from './apply.ts'
import { getProgramme } from './queries.ts'

let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('programme-work')
  world.clock.set('2023-07-31T03:00:00.000Z')
  home = await foundHome(world)
})
afterAll(() => world.close())

const people = `
people:
  - { key: ada, name: { en: Ada }, email: ada@example.com }
  - { key: bo, name: { en: Bo }, email: bo@example.com }`

const controls = `
controls:
  - adopt: ACC-06
    owner: ada
    reviewed: { by: ada, on: 2022-05-01 }
    implementations:
      - entity: example
        description: { en: Each quarter }
        since: 2022-01-01
        frequency: { kind: calendar, every: 3-months, anchor: 2022-07-01, graceDays: 0 }
        performed:
          from: 2022-07-01
          after: [20, 30]
          by: ada
          except: [2023-01-01]
          evidence:
            title: "Review {n} of {from} to {to}"
            files: [{ name: review.csv, text: "account,kept\\nada,yes\\n" }]
            accepted: { by: bo, after: 2 }`

const programme = (...sections: string[]) => `assay: 1${sections.join('')}\n`

const apply = (text: string) =>
  execute(world.runtime, home.owner, applyProgramme, { programme: text, includes: {}, files: {} })

const refusal = async (text: string) => {
  const error: Problem = await apply(text).then(
    () => Promise.reject(new Error('it was applied')),
    (problem) => problem,
  )
  return error.fields.map(({ pointer, code, params }) => `${code} ${pointer} ${params?.line}`)
}

const entries = () =>
  reading(world.database, home.organisationId, async (tx) => {
    const { length } = await tx.selectFrom('logEntry').select('idx').execute()
    return length
  })

const occurrences = () =>
  reading(world.database, home.organisationId, (tx) =>
    tx.selectFrom('occurrence').select(['periodFrom', 'attempts']).orderBy('periodFrom').execute(),
  )

describe('the work in a programme file', () => {
  it('is planned without a trace, then made, and twice is once', async () => {
    const text = programme(people, controls)
    const before = await entries()
    const plan = await execute(world.runtime, home.owner, planProgramme, { programme: text })
    expect(await entries()).toBe(before)
    expect(world.runtime.objects.map.size).toBe(0)
    const made = await apply(text)
    expect(plan.counts).toEqual(made.counts)
    const after = await entries()
    const again = await apply(text)
    expect(again.changes.filter((one) => !['unchanged', 'left'].includes(one.action))).toEqual([])
    expect(await entries()).toBe(after)
  })

  it('performs in each period but those left out, and plans what comes', async () => {
    const days = (await occurrences()).map(({ periodFrom, attempts }) => [
      periodFrom,
      (attempts as { on: string }[]).map((one) => one.on),
    ])
    expect(days).toEqual([
      ['2022-07-01', ['2022-07-21']],
      ['2022-10-01', ['2022-10-31']],
      ['2023-01-01', []],
      ['2023-04-01', ['2023-05-01']],
      ['2023-07-01', ['2023-07-21']],
      ['2023-10-01', []],
    ])
  })

  it('is written back as a file that changes nothing', async () => {
    const written = await answer(world.runtime, home.owner, getProgramme, {})
    const files = Object.fromEntries(
      [...written.programme.matchAll(/objects\/([0-9a-f]{64})/g)].map(([path, digest]) => [path, digest]),
    )
    const before = await entries()
    const again = await execute(world.runtime, home.owner, applyProgramme, { ...written, files })
    expect(again.changes.filter((one) => one.action !== 'unchanged')).toEqual([])
    expect(await entries()).toBe(before)
  })

  it('refuses with the place: what is unknown, in the future, judged by its own collector, or twice', async () => {
    const item = (more: string) =>
      programme(
        people,
        `\nevidence:\n  - { title: One, entity: example, about: 2023-07-01, files: [{ name: a.txt, text: a }], ${more} }`,
      )
    expect(await refusal(item('for: [{ control: NO-01, entity: example }]'))).toEqual([
      'programme.reference /evidence/0/for/0/control 6',
    ])
    expect(await refusal(item('collected: 2023-08-01'))).toEqual([
      'evidence.in_future /evidence/0/collected 6',
    ])
    expect(await refusal(item('collectedBy: bo, review: { by: bo, on: 2023-07-02 }'))).toEqual([
      'evidence.own /evidence/0/review/by 6',
    ])
    expect(await refusal(programme('\ncontrols:\n  - { adopt: ACC-06, code: ACC-99 }'))).toEqual([
      'control.adopted_already /controls/0/adopt 3',
    ])
    expect(await refusal(programme('\ncontrols:\n  - { adopt: NO-01 }'))).toEqual([
      'control.library_unknown /controls/0/adopt 3',
    ])
    expect(await refusal(programme('\ncontrols:\n  - { code: OWN-1 }'))).toEqual([
      'programme.own_control /controls/0 3',
    ])
  })

  it('refuses a card number in a text, and keeps nothing of it', async () => {
    const stored = world.runtime.objects.map.size
    const number = ['4539', '5787', '6362', '1486'].join(' ')
    const text = programme(
      `\nevidence:\n  - { title: Clean, entity: example, about: 2023-07-01, files: [{ name: b.txt, text: b }] }\n  - title: Leak\n    entity: example\n    about: 2023-07-01\n    files: [{ name: a.csv, text: "card\\n${number}\\n" }]`,
    )
    expect((await refusal(text)).join()).toMatch(/^evidence\.card_number \/evidence\/1\/files\/0/)
    expect(world.runtime.objects.map.size).toBe(stored)
  })

  it('says otherwise of an item than before only with a new item', async () => {
    const item = (source: string) =>
      programme(
        people,
        `\nevidence:\n  - { title: Two, entity: example, source: ${source}, about: 2023-07-01, files: [{ name: a.txt, text: a }] }`,
      )
    await apply(item('pulled'))
    expect(await refusal(item('observed'))).toEqual(['programme.evidence_fixed /evidence/0 6'])
  })
})
