import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { createAsset } from '../../assets/server/commands.ts'
import { check } from '../../checks/check.ts'
import { run } from '../../checks/run.ts'
import { adoptControls, createControl, retireControl, updateControl } from '../../controls/server/commands.ts'
import {
  createImplementation,
  endImplementation,
  updateImplementation,
} from '../../controls/server/implementation-commands.ts'
import { performOccurrence, planOccurrences } from '../../controls/server/occurrence-commands.ts'
import { listOccurrences } from '../../controls/server/occurrence-queries.ts'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { evidence } from '../../evidence/evidence.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import { newId } from '../../kernel/id.ts'
import type { RecordOf, RecordType } from '../../kernel/record.ts'
import type { Entity } from '../../organisation/entity.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import {
  createProgramme,
  decideApplicability,
  endProgramme,
  updateProgramme,
} from '../../programmes/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { currentHeld } from './current.ts'
import { loadPosture } from './load.ts'
import { breaks, overview, programmePosture, requirementPosture, trend } from './queries.ts'

let world: World
let home: Home
let company: Entity

// Where the clock of the test's world stands.
const today = '2023-07-31'
const days: readonly Day[] = [today, '2023-06-15', '2023-03-31']
const text = { en: 'Something', ja: 'なにか' }

beforeAll(async () => {
  world = await makeWorld('posture')
  home = await foundHome(world)
  company = await execute(world.runtime, home.owner, createEntity, {
    key: 'company',
    parentId: home.root.id,
    kind: 'company',
    name: text,
    country: null,
    memberFrom: null,
    memberTo: null,
  })
})
afterAll(() => world.close())

const does = <I, O>(command: Command<Context, I, O>, input: unknown): Promise<O> =>
  execute(world.runtime, home.owner, command, input)
const asks = <I, O>(query: Query<Context, I, O>, input: unknown, caller: Partial<Caller> = {}): Promise<O> =>
  answer(world.runtime, { ...home.owner, ...caller }, query, input)

/** Writes a record as it is, past the rules of its noun, which have tests of their own. */
const put = <R extends RecordType>(
  type: R,
  record: Omit<RecordOf<R>, 'id' | 'version'> & { id?: string; version?: number },
) =>
  execute(
    world.runtime,
    home.system,
    {
      kind: 'command',
      noun: 'organisation',
      action: 'found',
      input: z.any(),
      output: z.any(),
      scope: () => 'organisation',
      run: (ctx: Context, one: RecordOf<R>) => save(ctx, type, `${type.noun}.planted`, one),
    } as Command<Context, RecordOf<R>, RecordOf<R>>,
    { id: newId(world.runtime.random), version: 0, ...record },
  )

/** Both the posture that was kept and followed the log, and one read from the start, on several days. */
const compare: Query<Context, Record<string, never>, { kept: string; fresh: string }> = {
  kind: 'query',
  noun: 'posture',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ kept: z.string(), fresh: z.string() }),
  scope: () => 'filtered',
  async run(ctx) {
    const [kept, fresh] = [await currentHeld(ctx), await loadPosture(ctx)]
    const told = ({ posture }: typeof kept) =>
      JSON.stringify(days.map((day) => [posture.all(day), posture.controls(day), posture.breaks(day)]))
    return { kept: told(kept), fresh: told(fresh) }
  },
}

const place = (controlId: string, changed: Record<string, unknown> = {}) => ({
  controlId,
  entityId: home.root.id,
  serviceId: null,
  inheritable: true,
  ownerId: null,
  description: text,
  frequency: null,
  evidenceDays: 90,
  phases: [{ from: '2023-01-01', stance: 'operating', reason: null }],
  ...changed,
})

const item = (implementationId: string, about: Day, changed: Partial<RecordOf<typeof evidence>> = {}) => ({
  title: `About ${about}`,
  description: null,
  location: null,
  entityId: home.root.id,
  source: 'uploaded' as const,
  collector: null,
  collectorId: null,
  addedById: null,
  aboutFrom: about,
  aboutTo: about,
  collectedOn: about,
  collectedAt: null,
  validUntil: addDays(about, 90),
  validityStated: true,
  toleranceDays: 0,
  files: [],
  data: null,
  implementationIds: [implementationId],
  occurrenceIds: [],
  requirements: [],
  assetIds: [],
  review: { verdict: 'accepted' as const, personId: newId(world.runtime.random), on: about, note: null },
  replaces: null,
  withdrawn: null,
  retainUntil: null,
  hold: null,
  disposed: null,
  ...changed,
})

const isms = (changed: Record<string, unknown> = {}) => ({
  key: 'isms',
  name: text,
  edition: 'iso27001-2022',
  categories: [],
  audiences: [],
  entities: [
    { entityId: home.root.id, from: null, to: null },
    { entityId: company.id, from: '2023-04-01', to: null },
  ],
  services: [],
  cycles: [{ from: '2023-01-01', to: '2025-12-31', auditOn: '2023-11-15' }],
  ownerId: null,
  certificateId: null,
  ...changed,
})

describe('a posture that follows the log', () => {
  it('says after every kind of change what one read from the start says', async () => {
    const same = async (after: string) => {
      const { kept, fresh } = await asks(compare, {})
      expect(kept, after).toBe(fresh)
    }
    await same('nothing')
    const programme = await does(createProgramme, isms())
    await same('a programme')
    const { items } = await does(adoptControls, { controls: ['ACC-03', 'ACC-02', 'ACC-04', 'NET-01'] })
    await same('adopted controls')
    const [first, second, third, fourth] = items
    if (!(first && second && third && fourth)) throw new Error('nothing was adopted')
    const one = await does(createImplementation, place(first.id))
    const other = await does(createImplementation, place(second.id, { inheritable: false }))
    const rhythm = { kind: 'calendar', every: 'monthly', anchor: '2023-05-01', graceDays: 2 }
    const monthly = await does(createImplementation, place(fourth.id, { frequency: rhythm }))
    await does(planOccurrences, { from: '2023-05-01' })
    await same('implementations and their plan')
    const shown = await put(evidence, item(one.id, '2023-03-01'))
    await put(evidence, item(other.id, '2023-06-01'))
    await put(evidence, item(one.id, '2023-07-01', { review: null }))
    await same('evidence')
    await put(evidence, { ...shown, implementationIds: [other.id], version: 1 })
    await same('evidence of something else')
    await put(evidence, {
      ...shown,
      implementationIds: [other.id],
      version: 2,
      withdrawn: { on: '2023-05-01', reason: 'Wrong' },
    })
    await same('withdrawn evidence')
    const { items: due } = await asks(listOccurrences, { implementation: monthly.id })
    for (const [index, occurrence] of due.filter((each) => each.state !== 'planned').entries())
      await does(performOccurrence, {
        id: occurrence.id,
        version: occurrence.version,
        on: today,
        outcome: index % 2 === 0 ? 'pass' : 'fail',
        note: null,
        personId: null,
      })
    await same('performed occurrences')
    const host = await does(createAsset, {
      key: 'host',
      name: text,
      kind: 'system',
      entityId: company.id,
      serviceIds: [],
      ownerId: null,
      identifiers: [],
      inUseFrom: null,
      inUseTo: null,
    })
    const tested = await put(check, {
      key: 'strong-ciphers',
      name: text,
      controlId: first.id,
      dataKind: 'ssh-audit',
      expression: 'true',
      severity: 'high',
      everyDays: 30,
      toleranceDays: 5,
      resources: { kinds: [], entityIds: [], serviceIds: [] },
      activeFrom: '2023-01-01',
      activeTo: null,
      ...{ ownerId: null, former: null },
    })
    await same('a check')
    for (const outcome of ['fail', 'pass'] as const) {
      const on = outcome === 'fail' ? '2023-06-10' : '2023-07-10'
      await put(run, {
        checkId: tested.id,
        evidenceId: shown.id,
        expression: 'true',
        ranOn: on,
        ranAt: `${on}T00:00:00.000Z`,
        validUntil: addDays(on, 35),
        results: [{ assetId: host.id, outcome, detail: null }],
        unresolved: [],
        unresolvedCount: 0,
        problem: null,
      })
      await same(`a result: ${outcome}`)
    }
    await does(decideApplicability, {
      id: programme.id,
      from: '2023-05-01',
      applicable: false,
      justification: text,
      requirements: ['A.8.20', 'A.7.4'],
    })
    await same('decisions')
    const own = await does(createControl, {
      code: 'OWN-01',
      name: text,
      objective: text,
      practice: null,
      requirementLinks: [],
      controlLinks: [{ controlId: first.id, relationship: 'superset', rationale: 'functional', why: text }],
      together: [],
      ownerId: null,
    })
    await same('a control of its own')
    const { libraryId: _, libraryVersion: __, review: ___, retiredOn: ____, ...facts } = second
    await does(updateControl, {
      ...facts,
      requirementLinks: [
        {
          edition: 'iso27001-2022',
          requirement: 'A.5.16',
          relationship: 'subset',
          rationale: 'semantic',
          why: text,
        },
      ],
      reason: null,
    })
    await same('another judgement of a link')
    await does(retireControl, { id: own.id, version: own.version, on: '2023-07-01', reason: 'Not used' })
    await same('a retired control')
    await does(updateImplementation, {
      ...place(second.id, { inheritable: true }),
      id: other.id,
      version: other.version,
      reason: null,
    })
    await does(endImplementation, { id: one.id, version: one.version, endedOn: '2023-07-15', reason: 'Over' })
    await same('changed and ended implementations')
    const changed = await does(updateProgramme, {
      ...isms({ entities: [{ entityId: company.id, from: null, to: null }] }),
      id: programme.id,
      version: programme.version,
      reason: null,
    })
    await same('another scope')
    await does(endProgramme, {
      id: programme.id,
      version: changed.version,
      endedOn: '2023-07-30',
      reason: 'Replaced',
    })
    await same('an ended programme')
  }, 120_000)

  it('takes in changes without reading everything again', async () => {
    const loads = async (work: () => Promise<unknown>) => {
      const sent = vi.spyOn(pg.Client.prototype, 'query')
      await work()
      const statements = sent.mock.calls.length
      sent.mockRestore()
      return statements
    }
    await asks(overview, {})
    const kept = await loads(() => asks(overview, {}))
    world.runtime.postures.clear()
    const fresh = await loads(() => asks(overview, {}))
    expect(kept).toBeLessThan(16)
    expect(fresh).toBeGreaterThan(kept + 8)
  })
})

describe('the answers', () => {
  let programmeId: string
  let implementationId: string

  beforeAll(async () => {
    const programme = await does(
      createProgramme,
      isms({ key: 'isms-2', entities: [{ entityId: company.id, from: null, to: null }] }),
    )
    programmeId = programme.id
    const { items } = await does(adoptControls, { controls: ['AST-01'] })
    const [control] = items
    if (!control) throw new Error('nothing was adopted')
    const carried = await does(createImplementation, place(control.id))
    implementationId = carried.id
    await put(evidence, item(implementationId, '2023-03-01'))
  })

  const stateOf = async (caller: Partial<Caller> = {}) => {
    const { requirements } = await asks(programmePosture, { id: programmeId }, caller)
    return requirements.find((row) => row.requirement === 'A.5.9')?.state
  }

  it('of a past day are those of that day, with the reason and whose task it is', async () => {
    expect(await stateOf({ asOf: '2023-03-31' })).toBe('met')
    // Evidence of the first of March speaks for ninety days.
    expect(await stateOf({ asOf: '2023-05-30' })).toBe('met')
    expect(await stateOf({ asOf: '2023-05-31' })).toBe('not-assessed')
    const why = await asks(requirementPosture, { id: programmeId, requirement: 'A.5.9' })
    const [unit] = why.units
    const control = unit?.controls.find((one) => one.control.code === 'AST-01')
    expect(control).toMatchObject({ inherited: true, state: 'not-assessed', implementationId })
    expect(control?.reasons).toMatchObject([
      { code: 'evidence.stale', evidence: { title: 'About 2023-03-01' }, days: { until: '2023-05-30' } },
    ])
    expect(control?.path[0]?.why?.ja).toMatch(/\p{Script=Han}/u)
  })

  it('of what was known at an instant do not change when something is recorded later', async () => {
    world.clock.set('2023-08-01T03:00:00.000Z')
    const knownAt = '2023-07-31T12:00:00.000Z'
    const before = await asks(programmePosture, { id: programmeId }, { asOf: today, knownAt })
    await put(evidence, item(implementationId, '2023-07-20'))
    expect(await stateOf({ asOf: today })).toBe('met')
    expect(await asks(programmePosture, { id: programmeId }, { asOf: today, knownAt })).toEqual(before)
  })

  it('on two screens agree: the counts of the overview are those of the list', async () => {
    const { programmes } = await asks(overview, {})
    const { totals, requirements } = await asks(programmePosture, { id: programmeId })
    expect(programmes.find((one) => one.programmeId === programmeId)?.totals).toEqual(totals)
    expect(requirements.filter((row) => row.state === 'met')).toHaveLength(totals.met)
    const { points } = await asks(trend, { id: programmeId, months: 4 })
    expect(points.at(-1)?.totals).toEqual(totals)
  })

  it('show nothing of an entity that the reader does not reach', async () => {
    const grant = { role: 'reader' as const, entityId: company.id, certificateId: null }
    const reader = callerWith(home.organisationId, [grant], world.runtime.random)
    const { items } = await answer(world.runtime, reader, breaks, {})
    expect(items.every((one) => one.unit.entityId === company.id)).toBe(true)
    const { programmes } = await answer(world.runtime, reader, overview, {})
    expect(programmes.flatMap((one) => one.units.map((unit) => unit.entityId))).toEqual(
      programmes.flatMap((one) => one.units.map(() => company.id)),
    )
  })
})
