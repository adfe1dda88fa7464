import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeWorld, type World } from '../../tests/support/world.ts'
import { properties } from '../assets/property.ts'
import { listCertificates } from '../certificates/server/queries.ts'
import { reading } from '../db/transaction.ts'
import { getTracker, listTrackers } from '../documented-information/server/queries.ts'
import { assetBalance, groupedBalance } from '../posture/server/balance-queries.ts'
import type { RiskAnswer } from '../risks/server/answers.ts'
import { listRisks } from '../risks/server/list-queries.ts'
import { getDifference, getStatement, getVersion, listStatements } from '../soa/server/queries.ts'
import { loadDemo } from './demo.ts'
import { answer } from './execute.ts'
import { systemCaller } from './system-caller.ts'

let told: World
let organisationId: string

const directory = fileURLToPath(new URL('../../demo/', import.meta.url))
const parts = { directory, accountFor: async (_: string, email: string) => `account of ${email}` }
const today = '2023-07-31'

beforeAll(async () => {
  told = await makeWorld('demo-isms')
  organisationId = (await loadDemo(told.runtime, parts)) ?? ''
})
afterAll(() => told.close())

const on = (day: string) => ({ ...systemCaller(organisationId), asOf: day })

const risksOf = async (day: string) =>
  (await answer(told.runtime, on(day), listRisks, { limit: 200 })).items as RiskAnswer[]

const counted = (words: Iterable<string>) =>
  [...Map.groupBy(words, (word) => word)]
    .map(([word, all]) => `${word} ${all.length}`)
    .sort()
    .join(', ')

const said = (totals: Readonly<Record<string, number>>) =>
  Object.entries(totals)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

async function riskLines(day: string): Promise<string[]> {
  const risks = await risksOf(day)
  return [
    `Risks: ${risks.length}`,
    `  current: ${counted(risks.map((one) => one.ratings.current?.key ?? 'not assessed'))}`,
    `  state: ${counted(risks.map((one) => one.state))}`,
    `  acceptance: ${counted(risks.map((one) => one.acceptanceState))}`,
    `  treatment: ${counted(risks.map((one) => one.treatment?.option ?? 'none'))}`,
  ]
}

async function balanceLines(day: string): Promise<string[]> {
  const { whole, groups } = await answer(told.runtime, on(day), groupedBalance, { by: 'kind' })
  return [whole, ...groups.sort((a, b) => (a.key < b.key ? -1 : 1))].flatMap((group) =>
    group === null
      ? []
      : [
          `Assets, ${group.key}: ${group.assets}; behind: ${properties
            .map((one) => `${one} ${group[one].behind}`)
            .join(', ')}; neglected: ${group.neglected.join(', ') || 'none'}`,
        ],
  )
}

async function statementLines(day: string): Promise<string[]> {
  const { items } = await answer(told.runtime, on(day), listStatements, {})
  return items
    .flatMap(({ programmeName, approved }) => [
      `Statement of ${programmeName.en}: ${
        approved ? `version ${approved.number}: ${said(approved.totals)}` : 'none approved'
      }`,
    ])
    .sort()
}

async function trackerLines(day: string): Promise<string[]> {
  const { items } = await answer(told.runtime, on(day), listTrackers, {})
  const lines: string[] = []
  for (const { programmeId } of items) {
    const { programmeName, totals, duties } = await answer(told.runtime, on(day), getTracker, {
      id: programmeId,
    })
    lines.push(`Documents of ${programmeName.en}: ${said(totals)}`)
    for (const one of duties) if (one.basis === 'clause') lines.push(`  ${one.key}: ${one.state}`)
  }
  return lines
}

async function picture(day: string): Promise<string> {
  const lines = [`# ${day}`, ...(await riskLines(day)), ...(await balanceLines(day))]
  lines.push(...(await statementLines(day)), ...(await trackerLines(day)))
  return `${lines.join('\n')}\n`
}

const versions = () =>
  reading(told.database, organisationId, (tx) =>
    tx
      .selectFrom('soaVersion as v')
      .innerJoin('programme as p', 'p.id', 'v.programmeId')
      .select(['v.id', 'p.key', 'p.id as programmeId', 'v.number'])
      .orderBy('p.key')
      .orderBy('v.number')
      .execute(),
  )

const codes = (risks: readonly RiskAnswer[]) => risks.map((one) => one.code)

describe('the management system of the story', () => {
  it('stands as written down on each of three days', async () => {
    for (const day of ['2022-07-31', '2023-03-31', today])
      await expect(await picture(day)).toMatchFileSnapshot(`../../tests/golden/demo-isms-${day}.txt`)
  })

  it('gives a reason for each control that is in, and for each that is out', async () => {
    const all = await versions()
    expect(all.map((one) => `${one.key} ${one.number}`)).toEqual([
      ...['isms-2013 8', 'isms-2013 9', 'isms-2022 1', 'isms-2022 2'],
    ])
    for (const { id } of all) {
      const { gaps } = await answer(told.runtime, on(today), getVersion, { id })
      expect(gaps.filter(({ kind }) => kind !== 'owner-missing')).toEqual([])
    }
    const running = all.at(-1)?.programmeId ?? ''
    const { gaps } = await answer(told.runtime, on(today), getStatement, { id: running })
    expect(gaps.filter(({ kind }) => kind !== 'owner-missing')).toEqual([])
  })

  it('tells what changed from one statement to the next', async () => {
    const [eight, nine, one, two] = await versions()
    const changed = async (id = '', to = '') =>
      (await answer(told.runtime, on(today), getDifference, { id, to })).changes
        .filter(({ fields }) => fields.includes('applicable'))
        .map(({ reference, after }) => `${reference} ${after?.applicable ? 'in' : 'out'}`)
    expect(await changed(eight?.id, nine?.id)).toEqual(['A.11.1.6 in'])
    expect(await changed(one?.id, two?.id)).toEqual(['A.8.30 in'])
  })

  it('has a certificate that cites the statement of its audit', async () => {
    const { items } = await answer(told.runtime, on(today), listCertificates, { limit: 200 })
    const cited = items.flatMap(({ terms }) => terms.map(({ soaVersion }) => soaVersion))
    expect(cited).toContain('8')
  })

  it('has risks that were accepted as they no longer are', async () => {
    const stale = (await risksOf(today)).filter((one) => one.acceptanceState === 'stale')
    expect(codes(stale)).toContain('R-011')
    expect(codes((await risksOf('2022-07-31')).filter((one) => one.acceptanceState === 'stale'))).toEqual([])
  })

  it('shows which assets are neglected in availability', async () => {
    const held = await reading(told.database, organisationId, (tx) =>
      tx
        .selectFrom('asset')
        .select(['id', 'key'])
        .where('key', 'in', ['power-supplier', 'user-messages'])
        .orderBy('key')
        .execute(),
    )
    const neglected = async ({ id }: { id: string }) =>
      (await answer(told.runtime, on(today), assetBalance, { id })).neglected
    expect(await Promise.all(held.map(neglected))).toEqual([['availability'], []])
  })
})
