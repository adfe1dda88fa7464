import { afterEach, expect, it } from 'vitest'
import {
  examine,
  exportTo,
  type Installation,
  importFrom,
  makeInstallation,
} from '../../../tests/support/archive.ts'
import { itemInput, sentFile } from '../../../tests/support/evidence.ts'
import { foundHome } from '../../../tests/support/world.ts'
import { addEvidence } from '../../evidence/server/commands.ts'
import { getEvidence } from '../../evidence/server/detail-query.ts'
import { disposeEvidence } from '../../evidence/server/keeping-commands.ts'
import { answer, execute } from '../execute.ts'

const open: Installation[] = []
const installation = async (seed: string) => {
  const one = await makeInstallation(seed)
  open.push(one)
  return one
}
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

it('evidence leaves and comes back with its files, without those that wait or were disposed of', async () => {
  const from = await installation('evidence-leaves')
  const { runtime } = from
  const home = await foundHome(from)
  const file = await sentFile(from, home.manager, 'It was so.', '証拠\u202Efdp.txt')
  const data = await sentFile(from, home.manager, '{"accounts":[]}', 'accounts.json')
  const one = await execute(runtime, home.manager, addEvidence, {
    ...itemInput(home),
    files: [file.id],
    data: { kind: 'access-list', file: data.id },
  })
  const old = await sentFile(from, home.manager, 'kept long enough')
  const gone = await execute(runtime, home.manager, addEvidence, {
    ...itemInput(home, { retainUntil: '2023-07-30' }),
    files: [old.id],
  })
  await execute(runtime, home.owner, disposeEvidence, {
    id: gone.id,
    version: gone.version,
    basis: 'Retention schedule',
  })
  const waiting = await sentFile(from, home.manager, 'waits for its item')
  await from.sealer.sealNow(home.organisationId)
  const into = await installation('evidence-arrives')
  await importFrom(into, await exportTo(from, home.owner))
  const back = await answer(into.runtime, home.manager, getEvidence, { id: one.id })
  expect(back).toMatchObject({ files: [file], data: { kind: 'access-list', digest: data.digest } })
  const there = await Promise.all(
    [file, data, old, waiting].map(({ digest }) => into.runtime.objects.has(digest)),
  )
  expect(there).toEqual([true, true, false, false])
  expect((await examine(into, home.organisationId)).findings).toEqual([])
})
