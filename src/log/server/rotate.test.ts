import { access } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCheckpoint, parseVerifierKey } from '#tlog'
import { temporaryDirectory } from '../../../tests/support/directory.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { reading } from '../../db/transaction.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { execute } from '../../server/execute.ts'
import { recordTypes } from '../../server/nouns.ts'
import { readBundle } from '../bundle.ts'
import { verifyBundle } from '../verify.ts'
import { factsOf } from './facts.ts'
import { fsck } from './fsck.ts'
import { createProver, proofParts } from './prove.ts'
import { beginRotation, finishRotation, type RotationStep, rotationSteps } from './rotate.ts'
import { createSealer, type Sealer } from './seal.ts'
import { keyPath } from './signer.ts'
import { tileStore } from './store.ts'

let world: World
let home: Home
let directory: ReturnType<typeof temporaryDirectory>
let sealer: Sealer

const parts = (after?: (step: RotationStep) => void) => ({
  database: world.database,
  clock: world.clock,
  random: world.runtime.random,
  directory: directory.path,
  ...(after ? { after } : {}),
})

beforeEach(async () => {
  world = await makeWorld('rotate')
  home = await foundHome(world)
  directory = temporaryDirectory('rotate')
  sealer = createSealer({ ...parts(), log: () => undefined })
  await sealer.sealNow(home.organisationId)
})
afterEach(async () => {
  await world.close()
  directory.remove()
})

let counter = 0
const change = async () => {
  await execute(world.runtime, home.manager, createEntity, {
    key: `entity-${++counter}`,
    parentId: home.root.id,
    kind: 'site',
    name: { en: `Entity ${counter}` },
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  })
  return sealer.sealNow(home.organisationId)
}

const published = async () => (await tileStore(directory.path, home.organisationId).checkpoint()) ?? ''
const signersOf = async (...keys: string[]) =>
  (await openCheckpoint(await published(), keys.map(parseVerifierKey))).signers.length

const bundle = async () => {
  const proof = await reading(world.database, home.organisationId, (tx) =>
    proofParts(tx, home.organisationId, [0]),
  )
  return readBundle(await createProver(directory.path, sealer.signer)(proof))
}

const findings = async () =>
  (
    await fsck({
      database: world.database,
      directory: directory.path,
      organisationId: home.organisationId,
      recordTypes,
    })
  ).findings

describe('a rotation of the log key', () => {
  it('goes from one key over two to the other, and every proof stays sound', async () => {
    const before = await bundle()
    const first = await verifyBundle(before)
    const { own, next } = await beginRotation(parts(), home.organisationId)
    expect(await signersOf(own, next)).toBe(2)
    await change()
    expect(await signersOf(own, next)).toBe(2)
    expect(await finishRotation(parts(), home.organisationId)).toEqual({ former: own, own: next })
    await change()
    await expect(signersOf(own)).rejects.toThrow('no known key')
    expect(await signersOf(next)).toBe(1)
    expect(await findings()).toEqual([])
    // A reader who knows the first key only, from a pin or from elsewhere, is led to the next one.
    const after = await bundle()
    for (const options of [{ keys: [own] }, { keys: [next] }, {}]) {
      expect(await verifyBundle(after, options)).toMatchObject({ sound: true })
      expect(await verifyBundle(before, options)).toMatchObject({ sound: options.keys?.[0] !== next })
    }
    const pinned = await verifyBundle(after, { pin: first.pin })
    expect(pinned).toMatchObject({ sound: true, pin: { vkey: own } })
    const { keys, endorsements } = { keys: [own], endorsements: [] }
    expect(await verifyBundle({ ...after, endorsements }, { keys })).toMatchObject({ sound: false })
  })

  it('refuses the next key for checkpoints of before it, and the former for those after', async () => {
    const early = await published()
    const { own, next } = await beginRotation(parts(), home.organisationId)
    await finishRotation(parts(), home.organisationId)
    const { known } = await sealer.signer(home.organisationId)
    expect(known).toMatchObject([{ from: 2 }, { upTo: 3 }])
    expect(early).toContain(`\n2\n`)
    expect(own).not.toBe(next)
  })

  it('can be done twice, and a reader of the first key follows both', async () => {
    const { own } = await beginRotation(parts(), home.organisationId)
    await finishRotation(parts(), home.organisationId)
    await beginRotation(parts(), home.organisationId)
    await finishRotation(parts(), home.organisationId)
    await change()
    expect(await verifyBundle(await bundle(), { keys: [own] })).toMatchObject({ sound: true })
    expect(await findings()).toEqual([])
  })

  it.each(rotationSteps)('goes on after being killed at "%s"', async (step) => {
    const killed = parts((now) => {
      if (now === step) throw new Error('killed')
    })
    const rotate = async (with_: typeof killed) => {
      await beginRotation(with_, home.organisationId)
      return finishRotation(with_, home.organisationId)
    }
    await expect(rotate(killed)).rejects.toThrow('killed')
    // A working state: entries are sealed, proofs are sound, and nothing is wrong.
    await change()
    expect(await verifyBundle(await bundle())).toMatchObject({ sound: true })
    expect(await findings()).toEqual([])
    const done =
      step === 'replaced' ? { own: (await sealer.signer(home.organisationId)).vkey } : await rotate(parts())
    await change()
    expect(await signersOf(done.own)).toBe(1)
    expect(await findings()).toEqual([])
    const facts = await reading(world.database, home.organisationId, (tx) =>
      factsOf(tx, home.organisationId, 'log.key_added'),
    )
    expect(facts.map(({ record }) => record.vkey)).toEqual([done.own])
    await expect(access(`${keyPath(directory.path, home.organisationId)}.next`)).rejects.toThrow('ENOENT')
  })

  it('refuses to finish what has not begun', async () => {
    await expect(finishRotation(parts(), home.organisationId)).rejects.toThrow('no rotation is under way')
  })
})
