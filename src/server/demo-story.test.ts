import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeWorld, type World } from '../../tests/support/world.ts'
import type { Totals } from '../posture/overview.ts'
import { overview, programmePosture } from '../posture/server/queries.ts'
import { loadDemo } from './demo.ts'
import { systemCaller } from './doors.ts'
import { answer } from './execute.ts'

let world: World
let organisationId: string

const directory = fileURLToPath(new URL('../../demo/', import.meta.url))
const parts = { directory, accountFor: async (_: string, email: string) => `account of ${email}` }

beforeAll(async () => {
  world = await makeWorld('demo-story')
  organisationId = (await loadDemo(world.runtime, parts)) ?? ''
})
afterAll(() => world.close())

const said = (totals: Totals) =>
  ['met', 'partial', 'failing', 'not-assessed', 'not-applicable', 'applicable']
    .map((name) => `${name} ${totals[name as keyof Totals]}`)
    .join(', ')

/** The picture of a day in words that a person can compare. */
async function picture(day: string): Promise<string[]> {
  const caller = { ...systemCaller(organisationId), asOf: day }
  const { programmes } = await answer(world.runtime, caller, overview, {})
  const lines = [`# ${day}`]
  for (const one of programmes) {
    lines.push('', `${one.name.en} (${one.edition}), next audit ${one.nextAudit}`, `  ${said(one.totals)}`)
    for (const unit of one.units) lines.push(`  ${unit.name.en}: ${said(unit.totals)}`)
    const { requirements } = await answer(world.runtime, caller, programmePosture, { id: one.programmeId })
    for (const row of requirements.filter((each) => each.state === 'failing'))
      lines.push(`  failing: ${row.requirement} ${row.title.en}`)
  }
  return lines
}

describe('the story behind the page', () => {
  it('stands as written down on both of its days', async () => {
    const text = [...(await picture('2023-03-31')), '', ...(await picture('2023-07-31')), ''].join('\n')
    await expect(text).toMatchFileSnapshot('../../tests/golden/demo-posture.txt')
  })
})
