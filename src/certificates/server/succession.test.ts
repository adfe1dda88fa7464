import { afterAll, beforeAll, expect, it } from 'vitest'
import { isms, term } from '../../../tests/support/certificates.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { reading } from '../../db/transaction.ts'
import { addDays, addMonths } from '../../kernel/day.ts'
import { answer, execute } from '../../server/execute.ts'
import { registerCertificate } from './commands.ts'
import { getCertificate } from './queries.ts'
import { restoreCertificate, transferCertificate } from './succession-commands.ts'

let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('succession')
  home = await foundHome(world)
})
afterAll(() => world.close())

let counter = 0
/** A certificate whose only cycle ends on a day. */
const register = (expiryDate: string) => {
  const began = addDays(addMonths(expiryDate, -36), 1)
  const cycle = term({ decisionDate: began, issueDate: began, effectiveDate: began, expiryDate })
  const {
    id: _,
    version: __,
    ...input
  } = isms({
    key: `isms-${++counter}`,
    number: `IS ${counter}`,
    initialDate: null,
    holders: [{ entityId: home.root.id, from: null, to: null }],
    terms: [cycle],
  })
  return execute(world.runtime, home.manager, registerCertificate, input)
}

const next = (basis: 'recertification' | 'transfer' | 'initial', day: string) => {
  const { id: _, ...rest } = term({
    basis,
    decisionDate: day,
    issueDate: day,
    effectiveDate: day,
    expiryDate: '2026-04-30',
  })
  return rest
}

const lastEntry = () =>
  reading(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').selectAll().orderBy('idx', 'desc').limit(1).executeTakeFirstOrThrow(),
  )

const restore = (
  id: string,
  on: string,
  basis: 'recertification' | 'initial' = 'recertification',
  effect = on,
) =>
  execute(world.runtime, home.manager, restoreCertificate, {
    id,
    version: 1,
    on,
    term: { ...next(basis, on), effectiveDate: effect },
    reason: 'Outstanding activities finished',
  })

it('a lapsed certificate is restored within six months, and its gap stays visible', async () => {
  const one = await register('2023-04-30')
  const restored = await restore(one.id, '2023-07-10')
  expect(await lastEntry()).toMatchObject({ type: 'certificate.restored', recordId: one.id, n: 2 })
  expect(restored.events.at(-1)).toMatchObject({ kind: 'restoration', on: '2023-07-10' })
  const stateAt = async (asOf: string) =>
    (await answer(world.runtime, { ...home.manager, asOf }, getCertificate, { id: one.id })).state
  expect([await stateAt('2023-04-30'), await stateAt('2023-06-01'), await stateAt('2023-07-10')]).toEqual([
    'active',
    'lapsed-restorable',
    'active',
  ])
})

it('is refused after six months, while valid, backwards, or as a new initial certification', async () => {
  await expect(restore((await register('2022-12-31')).id, '2023-07-20')).rejects.toMatchObject({
    code: 'certificate.not_in_state',
    params: { state: 'expired' },
  })
  await expect(restore((await register('2023-12-31')).id, '2023-07-20')).rejects.toMatchObject({
    code: 'certificate.not_in_state',
    params: { state: 'active' },
  })
  const { id } = await register('2023-04-30')
  await expect(restore(id, '2023-07-10', 'initial')).rejects.toMatchObject({
    fields: [{ pointer: '/term/basis', code: 'certificate.basis_does_not_fit' }],
  })
  await expect(restore(id, '2023-07-10', 'recertification', '2023-05-01')).rejects.toMatchObject({
    fields: [{ pointer: '/term/effectiveDate', code: 'certificate.effect_before_decision' }],
  })
  await expect(restore(id, '2023-08-01')).rejects.toMatchObject({
    fields: [{ pointer: '/on', code: 'certificate.event_in_future' }],
  })
})

it('a valid certificate moves to another certification body under a new number', async () => {
  const one = await register('2023-12-31')
  const issuer = { name: { en: 'Another Body' }, accreditation: null }
  const moved = await execute(world.runtime, home.manager, transferCertificate, {
    id: one.id,
    version: 1,
    on: '2023-06-01',
    term: { ...next('transfer', '2023-06-01'), issuer },
    number: 'AB 77',
    reason: 'Group contract',
  })
  expect(moved).toMatchObject({ number: 'AB 77', version: 2 })
  expect(moved.terms.map((each) => each.issuer.name.en)).toEqual(['BSI Group Japan', 'Another Body'])
  expect(await lastEntry()).toMatchObject({ type: 'certificate.transferred', n: 2 })
})
