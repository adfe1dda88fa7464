import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carriedOut, itemInput, sentFile } from '../../../tests/support/evidence.ts'
import { refusal } from '../../../tests/support/refusal.ts'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../../tests/support/world.ts'
import type { Implementation } from '../../controls/implementation.ts'
import { raiseOccurrence } from '../../controls/server/occurrence-commands.ts'
import type { Problem } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { addEvidence, reviseEvidence } from './commands.ts'
import { getEvidence } from './detail-query.ts'
import { listFiles } from './files.ts'
import {
  disposeEvidence,
  holdEvidence,
  releaseEvidence,
  retainEvidence,
  withdrawEvidence,
} from './keeping-commands.ts'
import { linkEvidence, linkMany, unlinkEvidence } from './link-commands.ts'
import { listProposals } from './proposal-query.ts'
import { listEvidence } from './queries.ts'
import { reviewEvidence, reviewMany } from './review-commands.ts'

let world: World
let home: Home
let review: Implementation

beforeAll(async () => {
  world = await makeWorld('evidence')
  home = await foundHome(world)
  review = await carriedOut(world, home, 'ACC-01')
})
afterAll(() => world.close())

const codesOf = ({ fields }: Problem) => fields.map(({ pointer, code }) => `${pointer} ${code}`)

async function add(
  changed: Record<string, unknown> = {},
  caller: Caller = home.manager,
  content = 'It was so.',
) {
  const file = await sentFile(world, caller, content)
  return execute(world.runtime, caller, addEvidence, {
    ...itemInput(home, changed),
    files: [file.id],
  })
}

const listed = async (input: Record<string, unknown>, caller: Caller = home.manager) =>
  (await answer(world.runtime, caller, listEvidence, input)).items.map(({ id }) => id)

describe('an item of evidence', () => {
  it('takes the files over that were sent for it, once', async () => {
    const file = await sentFile(world, home.manager)
    const waiting = await answer(world.runtime, home.manager, listFiles, {})
    expect(waiting.items.map(({ id }) => id)).toContain(file.id)
    const input = { ...itemInput(home), files: [file.id] }
    const one = await execute(world.runtime, home.manager, addEvidence, input)
    expect(one.files).toEqual([file])
    expect(await answer(world.runtime, home.manager, listFiles, {})).toEqual({ items: [] })
    const again = await refusal(execute(world.runtime, home.manager, addEvidence, input))
    expect(codesOf(again)).toEqual(['/files/0 evidence.file_unknown'])
  })

  it('takes nobody else’s files, and gives them back when the item is refused', async () => {
    const file = await sentFile(world, home.owner)
    const input = { ...itemInput(home), files: [file.id] }
    const foreign = await refusal(execute(world.runtime, home.manager, addEvidence, input))
    expect(codesOf(foreign)).toEqual(['/files/0 evidence.file_unknown'])
    const wrong = await refusal(
      execute(world.runtime, home.owner, addEvidence, { ...input, aboutTo: '2023-08-01' }),
    )
    expect(codesOf(wrong)).toContain('/aboutTo evidence.in_future')
    await execute(world.runtime, home.owner, addEvidence, input)
  })

  it('speaks as long as the implementation with the shortest time says, unless it says so itself', async () => {
    const monthly = await carriedOut(world, home, 'ACC-02', { evidenceDays: 30 })
    const alone = await add()
    expect(alone.validUntil).toBe('2024-06-29')
    const one = await add({ implementationIds: [review.id] })
    expect([one.validUntil, one.validityStated]).toEqual(['2023-09-28', false])
    const both = await execute(world.runtime, home.manager, linkEvidence, {
      id: one.id,
      version: one.version,
      implementationIds: [monthly.id],
    })
    expect(both.validUntil).toBe('2023-07-30')
    const back = await execute(world.runtime, home.manager, unlinkEvidence, {
      id: one.id,
      version: both.version,
      implementationIds: [monthly.id],
    })
    expect([back.validUntil, back.implementationIds]).toEqual(['2023-09-28', [review.id]])
    const stated = await add({ implementationIds: [monthly.id], validUntil: '2023-12-31' })
    expect([stated.validUntil, stated.validityStated]).toEqual(['2023-12-31', true])
  })

  it('names every wrong link, and takes none outside the actor’s grant', async () => {
    const stranger = newId(world.runtime.random)
    const wrong = await refusal(
      add({
        implementationIds: [stranger, review.id, review.id],
        occurrenceIds: [stranger],
        assetIds: [stranger],
        requirements: [{ edition: 'iso27001-2022', requirement: 'A.99' }],
      }),
    )
    expect(codesOf(wrong)).toEqual([
      '/implementationIds/2 evidence.link_twice',
      '/implementationIds/0 record.reference_unknown',
      '/occurrenceIds/0 record.reference_unknown',
      '/assetIds/0 record.reference_unknown',
      '/requirements/0 record.reference_unknown',
    ])
    const part = await execute(world.runtime, home.owner, createEntity, {
      key: 'part',
      parentId: home.root.id,
      kind: 'company',
      name: { en: 'Part' },
      country: null,
      memberFrom: null,
      memberTo: null,
    })
    const limited = callerWith(
      home.organisationId,
      [{ role: 'contributor', entityId: part.id, certificateId: null }],
      world.runtime.random,
    )
    const outside = await refusal(add({ entityId: part.id, implementationIds: [review.id] }, limited))
    expect(codesOf(outside)).toEqual(['/implementationIds/0 evidence.entity_elsewhere'])
    expect((await refusal(add({}, limited))).kind).toBe('not_found')
    const own = await add({ entityId: part.id }, limited)
    expect(await listed({}, limited)).toEqual([own.id])
    expect((await listed({ entity: home.root.id })).length).toBeGreaterThan(1)
    expect(await listed({ entity: part.id })).toEqual([own.id])
  })
})

describe('the judgement of evidence', () => {
  it('is a named person’s, and never of who collected or added it', async () => {
    const one = await add()
    const verdict = { id: one.id, version: one.version, verdict: 'accepted', note: null }
    expect((await refusal(execute(world.runtime, home.manager, reviewEvidence, verdict))).code).toBe(
      'evidence.own',
    )
    const key = callerWith(home.organisationId, [grantAll('owner')], world.runtime.random, { kind: 'key' })
    expect((await refusal(execute(world.runtime, key, reviewEvidence, verdict))).code).toBe(
      'evidence.review_needs_person',
    )
    const done = await execute(world.runtime, home.owner, reviewEvidence, verdict)
    expect(done.review).toMatchObject({
      verdict: 'accepted',
      personId: home.owner.actor.id,
      on: '2023-07-31',
    })
    expect(await listed({ state: 'valid' })).toContain(one.id)
  })

  it('needs words to reject, and judges many together or none', async () => {
    const [a, b] = [await add(), await add({}, home.owner)]
    const items = [a, b].map(({ id, version }) => ({ id, version }))
    const mute = { items, verdict: 'rejected', note: null }
    expect(codesOf(await refusal(execute(world.runtime, home.owner, reviewMany, mute)))).toEqual([
      '/note evidence.note_missing',
    ])
    const mixed = { items, verdict: 'accepted', note: null }
    expect((await refusal(execute(world.runtime, home.owner, reviewMany, mixed))).code).toBe('evidence.own')
    expect(await listed({ state: 'awaiting' })).toEqual(expect.arrayContaining([a.id, b.id]))
    await execute(world.runtime, home.owner, reviewMany, { ...mute, note: 'Not readable' })
    expect(await listed({ state: 'rejected' })).toEqual(expect.arrayContaining([a.id, b.id]))
  })

  it('of a revision begins anew, and the item before stays as it was', async () => {
    const first = await add({ implementationIds: [review.id] })
    const file = await sentFile(world, home.manager, 'It was really so.')
    const second = await execute(world.runtime, home.manager, reviseEvidence, {
      id: first.id,
      title: 'Access review, corrected',
      aboutFrom: first.aboutFrom,
      aboutTo: first.aboutTo,
      keep: first.files.map(({ id }) => id),
      files: [file.id],
    })
    expect(second).toMatchObject({ replaces: first.id, review: null, implementationIds: [review.id] })
    expect(second.files).toEqual([...first.files, file])
    const again = execute(world.runtime, home.manager, reviseEvidence, {
      id: first.id,
      title: 'Twice',
      aboutFrom: first.aboutFrom,
      aboutTo: first.aboutTo,
      keep: first.files.map(({ id }) => id),
    })
    expect((await refusal(again)).code).toBe('evidence.replaced')
    const detail = await answer(world.runtime, home.manager, getEvidence, { id: first.id })
    expect(detail.revisions.map(({ id }) => id)).toEqual([first.id, second.id])
    expect(detail.linked.implementations).toMatchObject([{ id: review.id, code: 'ACC-01' }])
    expect(await listed({ replaced: 'yes' })).toEqual([first.id])
  })
})

describe('keeping evidence', () => {
  it('ends only after retention and without a hold, and leaves what others need', async () => {
    const shared = await add({}, home.manager, 'shared bytes')
    const other = await add({}, home.manager, 'shared bytes')
    const digest = shared.files[0]?.digest ?? ''
    expect(other.files[0]?.digest).toBe(digest)
    const dispose = async (one: { id: string; version: number }) =>
      execute(world.runtime, home.owner, disposeEvidence, { ...one, basis: 'Retention schedule' })
    const open = { id: shared.id, version: shared.version }
    expect((await refusal(dispose(open))).code).toBe('evidence.retention_open')
    const retained = await execute(world.runtime, home.owner, retainEvidence, {
      ...open,
      retainUntil: '2023-07-31',
    })
    const ready = { id: shared.id, version: retained.version }
    expect((await refusal(dispose(ready))).code).toBe('evidence.retained')
    const sooner = { ...ready, retainUntil: '2023-07-30' }
    const mute = await refusal(execute(world.runtime, home.owner, retainEvidence, sooner))
    expect(codesOf(mute)).toEqual(['/reason evidence.retention_shorter'])
    const over = await execute(world.runtime, home.owner, retainEvidence, { ...sooner, reason: 'Agreed' })
    const reason = 'Litigation'
    const held = await execute(world.runtime, home.owner, holdEvidence, {
      id: shared.id,
      version: over.version,
      reason,
    })
    const stands = await refusal(dispose({ id: shared.id, version: held.version }))
    expect([stands.code, stands.params.reason]).toEqual(['evidence.held', reason])
    const free = await execute(world.runtime, home.owner, releaseEvidence, {
      id: shared.id,
      version: held.version,
      reason: 'Settled',
    })
    const gone = await dispose({ id: shared.id, version: free.version })
    expect(gone.disposed?.on).toBe('2023-07-31')
    expect(gone.files).toEqual(shared.files)
    expect(await world.runtime.objects.has(digest)).toBe(true)
    const last = await execute(world.runtime, home.owner, retainEvidence, {
      id: other.id,
      version: other.version,
      retainUntil: '2023-07-30',
    })
    await dispose({ id: other.id, version: last.version })
    expect(await world.runtime.objects.has(digest)).toBe(false)
  })

  it('goes on after an item is taken back, which shows nothing any more', async () => {
    const one = await add()
    const back = await execute(world.runtime, home.manager, withdrawEvidence, {
      id: one.id,
      version: one.version,
      reason: 'Wrong system',
    })
    expect(await listed({ state: 'withdrawn' })).toEqual([one.id])
    const late = linkMany
    const linking = execute(world.runtime, home.manager, late, {
      items: [{ id: one.id, version: back.version }],
      implementationIds: [review.id],
    })
    expect((await refusal(linking)).code).toBe('evidence.withdrawn')
    expect(await world.runtime.objects.has(one.files[0]?.digest ?? '')).toBe(true)
  })
})

describe('evidence for an occurrence', () => {
  it('is found by it, and by everything else that it is linked to', async () => {
    const onEvent = await carriedOut(world, home, 'INC-01', {
      frequency: { kind: 'event', trigger: { en: 'An incident' }, withinDays: 19 },
    })
    const raised = await execute(world.runtime, home.owner, raiseOccurrence, {
      id: onEvent.id,
      on: '2023-07-01',
      trigger: 'An incident',
    })
    const one = await add({
      occurrenceIds: [raised.id],
      requirements: [{ edition: 'tsc-2017', requirement: 'CC6.1' }],
    })
    expect(await listed({ occurrence: raised.id })).toEqual([one.id])
    expect(await listed({ edition: 'tsc-2017', requirement: 'CC6.1' })).toEqual([one.id])
    expect(one.validUntil).toBe('2023-09-28')
    const detail = await answer(world.runtime, home.manager, getEvidence, { id: one.id })
    expect(detail.linked.occurrences).toMatchObject([{ code: 'INC-01' }])
    expect(detail.linked.requirements[0]?.title.en).toBeTruthy()
  })

  it('is proposed where it could serve too, and says what it was given for', async () => {
    const quarter = { kind: 'event' as const, trigger: { en: 'A change' }, withinDays: 30 }
    const here = await carriedOut(world, home, 'CHG-01', { frequency: quarter })
    const raise = (on: string) =>
      execute(world.runtime, home.owner, raiseOccurrence, { id: here.id, on, trigger: 'A change' })
    const [first, second, early] = [
      await raise('2023-06-01'),
      await raise('2023-06-05'),
      await raise('2023-02-01'),
    ]
    const one = await add({ occurrenceIds: [first.id], collectedOn: '2023-07-03' })
    const rejected = await add({ occurrenceIds: [first.id] })
    await execute(world.runtime, home.owner, reviewEvidence, {
      id: rejected.id,
      version: rejected.version,
      verdict: 'rejected',
      note: 'Another system',
    })
    const proposed = async (occurrence: string) =>
      (await answer(world.runtime, home.manager, listProposals, { occurrence })).items
    expect(await proposed(second.id)).toMatchObject([
      {
        item: { id: one.id },
        because: 'same-implementation',
        given: [
          { occurrenceId: first.id, implementationId: here.id, periodFrom: '2023-06-01', on: '2023-07-03' },
        ],
      },
    ])
    // Given already, or about another time.
    expect([await proposed(first.id), await proposed(early.id)]).toEqual([[], []])
    const both = { implementation: here.id, occurrence: first.id }
    expect(codesOf(await refusal(answer(world.runtime, home.manager, listProposals, both)))).toEqual([
      '/occurrence evidence.proposal_for_one',
    ])
  })
})
