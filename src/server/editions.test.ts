import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { foundHome, makeWorld } from '../../tests/support/world.ts'
import { reading, writing } from '../db/transaction.ts'
import { adoptAtStart } from './editions.ts'

it('brings every organisation up to date at a start, and a frozen one keeps nobody from starting', async () => {
  const world = await makeWorld('editions')
  try {
    const one = await foundHome(world, 'One Corporation', 'one')
    const frozen = await foundHome(world, 'Two Corporation', 'two')
    await writing(world.database, frozen.organisationId, (tx) =>
      sql`update log_head set lost_from = size, lost_to = size + 5`.execute(tx),
    )
    const lines: Record<string, unknown>[] = []
    const start = () => adoptAtStart(world.runtime, (line) => lines.push(line))
    await start()
    await start()
    const adopted = (organisationId: string) =>
      reading(world.database, organisationId, (tx) => tx.selectFrom('edition').select('version').execute())
    const versions = (await adopted(one.organisationId)).map((row) => row.version)
    const { editions, library } = world.runtime.catalogue
    expect(versions).toEqual([...editions.keys(), library.id].map(() => 1))
    expect(await adopted(frozen.organisationId)).toEqual([])
    expect(lines.map((line) => [line.event, line.organisation])).toEqual([
      ['editions_not_adopted', frozen.organisationId],
      ['editions_not_adopted', frozen.organisationId],
    ])
  } finally {
    await world.close()
  }
})
