import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startingScale } from '../../src/assets/starting-scale.ts'
import type { Id } from '../../src/kernel/id.ts'
import { startingMethod } from '../../src/risks/starting-method.ts'
import { type IsmsWorld, makeIsmsWorld, type Said } from '../support/isms-world.ts'
import { callerWith } from '../support/world.ts'

// What people get wrong, or try, in the management system over HTTP: each is refused in words that say what is wrong,
// and leaves no trace in the log.

let isms: IsmsWorld
let entityId: Id

const text = { en: 'Something', ja: 'なにか' }
const value = (likelihood: number, consequence: number) => ({ likelihood, consequence })

beforeAll(async () => {
  isms = await makeIsmsWorld('isms-hostile')
  entityId = isms.home.root.id
})
afterAll(() => isms.world.close())
beforeEach(() => isms.as(isms.clerk.caller))

/** The work is refused as expected, with a text for people, and nothing was written. */
async function refused(work: () => Promise<Said>, status: number, ...codes: string[]): Promise<Said> {
  const before = await isms.entries()
  const said = await work()
  const found = said.code === 'input.invalid' ? said.fields : [said.code]
  expect([said.status, ...found], JSON.stringify(said.body)).toEqual([status, ...codes])
  expect(said.detail).not.toMatch(/[{}]/)
  expect(said.detail.length).toBeGreaterThan(10)
  expect(await isms.entries()).toBe(before)
  return said
}

async function made(url: string, body: object): Promise<{ id: Id; version: number; [key: string]: unknown }> {
  const said = await isms.ask('POST', url, body)
  expect(said.status, JSON.stringify(said.body)).toBe(200)
  return said.body
}

const assetBody = (key: string, parts: object = {}) => ({
  key,
  name: text,
  kind: 'system',
  entityId,
  ...parts,
})

const riskBody = (parts: object = {}) => ({
  ...{ name: text, scenario: text, approach: 'event', threat: null, vulnerability: null, quantity: null },
  ...{ affects: ['integrity'], entityId, serviceIds: [], assetIds: [], issueIds: [], obligationIds: [] },
  ...{ ownerId: null, identifiedOn: '2023-01-10', reviewMonths: null },
  ...parts,
})

const controlBody = (code: string) => ({
  ...{ code, name: text, objective: text, practice: null, ownerId: null },
  ...{ requirementLinks: [], controlLinks: [], together: [] },
})

const objectiveBody = (key: string) => ({
  ...{ key, name: text, why: text, programmeIds: [], entityIds: [], ownerId: null, plan: null },
  measure: {
    ...{ name: text, method: text, unit: text, direction: 'up', everyMonths: 3 },
    ...{ measuredById: null, evaluatedById: null },
  },
  ...{ targets: [{ by: '2023-12-31', value: 9, upper: null }], from: '2023-01-01', to: null },
})

const obligationBody = (key: string, parts: object = {}) => ({
  ...{ key, name: text, entityIds: [], ownerId: null, reviewMonths: null, from: '2023-01-01', to: null },
  ...{ kind: 'legal', source: text, jurisdiction: 'JP', demands: text, partyId: null },
  ...{ serviceIds: [], requirements: [], ...parts },
})

const partyBody = (key: string) => ({
  ...{ key, name: text, entityIds: [], ownerId: null, reviewMonths: null, from: '2023-01-01', to: null },
  ...{ kind: 'regulator', needs: [] },
})

const roleBody = (key: string) => ({
  ...{ key, name: text, responsibilities: text, authority: null, clauses: [], entityId: null, holders: [] },
  ...{ from: '2023-01-01', to: null },
})

const programmeBody = (key: string) => ({
  ...{ key, name: text, edition: 'iso27001-2022', categories: [], audiences: [], services: [] },
  entities: [{ entityId, from: null, to: null }],
  cycles: [{ from: '2022-01-01', to: '2024-12-31', auditOn: null }],
  ...{ ownerId: null, certificateId: null },
})

const written = ({ id: _, version: __, ...rest }: Record<string, unknown>) => rest

let approvedMethod: Promise<Id> | null = null

/** The method in force, approved by somebody who did not write it. */
async function methodInForce(): Promise<Id> {
  approvedMethod ??= (async () => {
    isms.world.clock.set('2023-01-10T03:00:00.000Z')
    const draft = await made('/api/risk-methods', { ...startingMethod, effectiveFrom: '2023-01-01' })
    const other = await isms.somebody('Approver', 'manager')
    isms.as(other.caller)
    const said = await isms.ask('POST', `/api/risk-methods/${draft.id}/approve`, {}, draft.version)
    isms.as(isms.clerk.caller)
    isms.world.clock.set('2023-07-31T03:00:00.000Z')
    expect(said.status).toBe(200)
    return draft.id
  })()
  return approvedMethod
}

describe('a circle of assets', () => {
  it('is refused however long it is, and from whichever end', async () => {
    const a = await made('/api/assets', assetBody('circle-a'))
    const b = await made('/api/assets', assetBody('circle-b', { dependsOn: [a.id] }))
    const c = await made('/api/assets', assetBody('circle-c', { dependsOn: [b.id] }))
    const closing = { ...written(a), dependsOn: [c.id] }
    await refused(
      () => isms.ask('PUT', `/api/assets/${a.id}`, closing, a.version),
      400,
      '/dependsOn asset.circle',
    )
    const itself = { ...written(b), dependsOn: [b.id] }
    const said = await refused(
      () => isms.ask('PUT', `/api/assets/${b.id}`, itself, b.version),
      400,
      '/dependsOn/0 asset.depends_on_itself',
    )
    expect(said.status).toBe(400)
  })

  it('is refused when two editors close it between them', async () => {
    const [a, b] = [
      await made('/api/assets', assetBody('two-a')),
      await made('/api/assets', assetBody('two-b')),
    ]
    const both = await Promise.all([
      isms.ask('PUT', `/api/assets/${a.id}`, { ...written(a), dependsOn: [b.id] }, a.version),
      isms.ask('PUT', `/api/assets/${b.id}`, { ...written(b), dependsOn: [a.id] }, b.version),
    ])
    expect(both.map((said) => said.status).sort()).toEqual([200, 400])
  })
})

describe('a scale that changes', () => {
  it('of assets keeps every level that an asset has', async () => {
    const four = startingScale.levels.map((each) => each.number)
    const highest = Math.max(...four)
    const worth = { confidentiality: highest, integrity: null, availability: null }
    await made('/api/assets', assetBody('worth-most', { value: worth }))
    const { body: now } = await isms.ask('GET', '/api/asset-scale')
    const fewer = startingScale.levels.filter((each) => each.number !== highest)
    const said = await refused(
      () => isms.ask('PUT', '/api/asset-scale', { ...startingScale, levels: fewer }, now.version ?? 0),
      400,
      '/levels asset-scale.level_in_use',
    )
    expect(said.status).toBe(400)
  })

  it('of risks leaves each judged by the version of its day, and says that there is a newer one', async () => {
    const first = await methodInForce()
    const risk = await made('/api/risks', riskBody())
    const judged = {
      ...{ on: '2023-02-01', inherent: value(4, 4), current: value(3, 3), residual: value(1, 2) },
      ...{ rationale: 'Judged in a session', exception: null },
    }
    const assessed = await isms.ask('POST', `/api/risks/${risk.id}/assess`, judged, risk.version)
    expect(assessed.status).toBe(200)
    const shorter = { ...startingMethod, likelihood: startingMethod.likelihood.slice(0, 3) }
    const narrow = {
      ...{ ...shorter, effectiveFrom: '2023-06-01' },
      matrix: startingMethod.matrix.slice(0, 3),
    }
    const draft = await made('/api/risk-methods', narrow)
    const other = await isms.somebody('Second approver', 'manager')
    isms.as(other.caller)
    expect((await isms.ask('POST', `/api/risk-methods/${draft.id}/approve`, {}, draft.version)).status).toBe(
      200,
    )
    isms.as(isms.clerk.caller)
    const { body } = await isms.ask('GET', `/api/risks/${risk.id}`)
    expect(body).toMatchObject({ outdated: true, assessment: { methodId: first, current: value(3, 3) } })
    expect(body.ratings.current).not.toBeNull()
    // The value of before is on no scale of today.
    await refused(
      () =>
        isms.ask(
          'POST',
          `/api/risks/${risk.id}/assess`,
          { ...judged, on: '2023-07-31' },
          assessed.body.version,
        ),
      400,
      '/inherent/likelihood risk.outside_scale',
      '/current/likelihood risk.outside_scale',
    )
  })
})

describe('an approval', () => {
  const scope = {
    ...{ scope: text, boundaries: null, serviceIds: [], interfaces: [], exclusions: [] },
    effectiveFrom: '2023-01-01',
  }

  it.each([
    ['a scope statement', '/api/scope-statements', 'approve'],
    ['a risk method', '/api/risk-methods', 'approve'],
  ] as const)('of %s is not its author’s, a key’s or a leaver’s', async (what, url, verb) => {
    const draft =
      what === 'a risk method'
        ? await made(url, { ...startingMethod, effectiveFrom: '2023-07-01' })
        : await made(
            `/api/programmes/${(await made('/api/programmes', programmeBody('approved'))).id}/scope`,
            {
              ...scope,
              entityIds: [entityId],
            },
          )
    const approve = () => isms.ask('POST', `${url}/${draft.id}/${verb}`, {}, draft.version)
    await refused(approve, 400, '/approval approval.own_work')
    const { home, world } = isms
    const key = callerWith(home.organisationId, home.manager.actor.grants.slice(), world.runtime.random, {
      kind: 'key',
    })
    isms.as(key)
    await refused(approve, 403, 'approval.person_only')
    isms.as(isms.clerk.caller)
    const gone = await isms.somebody(`Gone ${what}`, 'manager')
    isms.as(home.owner)
    const left = await isms.ask('POST', `/api/people/${gone.id}/leaving`, { reason: 'Left' }, gone.version)
    expect(left.status).toBe(200)
    // A session that outlived its person, as a mistake in the shell would leave it.
    isms.as(gone.caller)
    await refused(approve, 403, 'approval.left')
    isms.as(isms.clerk.caller)
    await isms.ask('POST', `${url}/${draft.id}/withdraw`, { reason: 'Was a test' }, draft.version)
  })
})

describe('an exclusion', () => {
  it('from the statement or the scope without a justification is refused', async () => {
    const programme = await made('/api/programmes', programmeBody('excluding'))
    const said = { from: '2023-01-01', applicable: false, justification: null, requirements: ['A.7.4'] }
    await refused(
      () => isms.ask('POST', `/api/programmes/${programme.id}/applicability`, said),
      400,
      '/justification applicability.justification_missing',
    )
    const blank = { ...said, justification: { en: '   ' } }
    const refusedBlank = await isms.ask('POST', `/api/programmes/${programme.id}/applicability`, blank)
    expect(refusedBlank.status).toBe(400)
    const scope = {
      ...{ scope: text, boundaries: null, entityIds: [entityId], serviceIds: [], interfaces: [] },
      ...{ exclusions: [{ what: text, justification: {} }], effectiveFrom: '2023-01-01' },
    }
    const without = await isms.ask('POST', `/api/programmes/${programme.id}/scope`, scope)
    expect([without.status, without.fields.map((each) => each.split(' ')[0])]).toEqual([
      400,
      ['/exclusions/0/justification'],
    ])
  })
})

describe('two editors at once', () => {
  const registers: readonly [string, string, () => object][] = [
    ['asset', '/api/assets', () => assetBody('edited')],
    ['risk', '/api/risks', () => riskBody()],
    ['control', '/api/controls', () => controlBody('EDT-01')],
    ['objective', '/api/objectives', () => objectiveBody('edited')],
    ['obligation', '/api/obligations', () => obligationBody('edited')],
    ['interested party', '/api/parties', () => partyBody('edited')],
    ['role', '/api/roles', () => roleBody('edited')],
  ]

  it.each(registers)('of a %s: the second is told, and theirs stays', async (_, url, body) => {
    const one = await made(url, body())
    const edit = (name: string) => {
      const { libraryId: _l, libraryVersion: _v, review: _r, retiredOn: _o, ...content } = written(one)
      const {
        assessments: _a,
        treatments: _t,
        actions: _c,
        reviews: _w,
        closed: _d,
        reopened: _p,
        ...rest
      } = content
      return isms.ask('PUT', `${url}/${one.id}`, { ...rest, name: { en: name } }, one.version)
    }
    expect((await edit('Theirs')).status).toBe(200)
    await refused(() => edit('Mine'), 409, 'record.changed_meanwhile')
    const list = await isms.ask('GET', url)
    const now = list.body.items.find((each: { id: Id }) => each.id === one.id)
    expect(now).toMatchObject({ name: { en: 'Theirs' }, version: 2 })
  })
})

describe('the end of what others cite', () => {
  it('names them first, and they show it afterwards', async () => {
    await methodInForce()
    const asset = await made('/api/assets', assetBody('cited-host'))
    const control = await made('/api/controls', controlBody('CIT-01'))
    const risk = await made('/api/risks', riskBody({ assetIds: [asset.id] }))
    const judged = {
      ...{ on: '2023-02-01', inherent: value(2, 4), current: value(2, 3), residual: value(1, 2) },
      ...{ rationale: 'Judged in a session', exception: null },
    }
    const assessed = await isms.ask('POST', `/api/risks/${risk.id}/assess`, judged, risk.version)
    const treatment = { from: '2023-02-10', option: 'modify', why: text, controlIds: [control.id] }
    const treated = await isms.ask('POST', `/api/risks/${risk.id}/treat`, treatment, assessed.body.version)
    expect(treated.status, JSON.stringify(treated.body)).toBe(200)
    const code = String(risk.code)

    const retire = (despite: boolean) =>
      isms.ask(
        'POST',
        `/api/controls/${control.id}/retire`,
        { on: '2023-07-31', reason: 'Replaced', ...(despite ? { despite } : {}) },
        control.version,
      )
    expect((await refused(() => retire(false), 412, 'control.cited')).detail).toContain(code)
    const ending = (reason: string | null) =>
      isms.ask(
        'PUT',
        `/api/assets/${asset.id}`,
        { ...written(asset), inUseTo: '2023-07-30', reason },
        asset.version,
      )
    expect((await refused(() => ending(null), 412, 'asset.cited')).detail).toContain(code)

    expect((await retire(true)).status).toBe(200)
    expect((await ending('Switched off')).status).toBe(200)
    const now = await isms.ask('GET', `/api/risks/${risk.id}`)
    expect(now.body.ended).toEqual([
      { noun: 'asset', id: asset.id, key: 'cited-host', on: '2023-07-30' },
      { noun: 'control', id: control.id, key: 'CIT-01', on: '2023-07-31' },
    ])
    const before = await isms.ask('GET', `/api/risks/${risk.id}?asOf=2023-07-29`)
    expect([before.body.ended, before.body.controls[0].retiredOn]).toEqual([[], null])
  })

  it('names the statement of applicability in force, which shows it afterwards', async () => {
    const programme = await made('/api/programmes', programmeBody('stated'))
    const control = await made('/api/controls', {
      ...controlBody('CIT-03'),
      requirementLinks: [
        {
          ...{ edition: 'iso27001-2022', requirement: 'A.5.15', relationship: 'equal' },
          ...{ rationale: 'functional', why: text },
        },
      ],
    })
    const way = await made('/api/implementations', {
      ...{ controlId: control.id, entityId, serviceId: null, inheritable: true, ownerId: null },
      ...{ description: text, frequency: null, evidenceDays: 90 },
      phases: [{ from: '2022-02-01', stance: 'operating', reason: null }],
    })
    const { body: shown } = await isms.ask('GET', `/api/programmes/${programme.id}/statement`)
    const requirements = shown.rows
      .filter((row: { edition: string | null }) => row.edition !== null)
      .map((row: { reference: string }) => row.reference)
    const baseline = { from: '2022-01-01', applicable: true, reasons: ['baseline'], justification: null }
    await made(`/api/programmes/${programme.id}/applicability`, { ...baseline, requirements })
    const draft = await made(`/api/programmes/${programme.id}/statement/versions`, {})
    const retire = (despite: boolean) =>
      isms.ask(
        'POST',
        `/api/controls/${control.id}/retire`,
        { on: '2023-07-31', reason: 'Replaced', ...(despite ? { despite } : {}) },
        control.version,
      )
    await refused(() => retire(false), 412, 'control.still_operating')
    const over = { endedOn: '2023-07-31', reason: 'Replaced' }
    expect((await isms.ask('POST', `/api/implementations/${way.id}/end`, over, way.version)).status).toBe(200)
    const other = await isms.somebody('Approver of statements', 'manager')
    isms.as(other.caller)
    const approved = await isms.ask('POST', `/api/statement-versions/${draft.id}/approval`, {}, draft.version)
    expect(approved.status, JSON.stringify(approved.body)).toBe(200)
    isms.as(isms.clerk.caller)
    const said = await refused(() => retire(false), 412, 'control.cited')
    expect(said.detail).toContain('SoA 1 (stated)')
    expect((await retire(true)).status).toBe(200)
    const { body: version } = await isms.ask('GET', `/api/statement-versions/${draft.id}`)
    expect(version.ended).toContainEqual({ id: control.id, code: 'CIT-03', on: '2023-07-31' })
  })

  it('does not ask where the risk is closed, or the treatment is another one now', async () => {
    const control = await made('/api/controls', controlBody('CIT-02'))
    const asset = await made('/api/assets', assetBody('closed-host'))
    const risk = await made('/api/risks', riskBody({ assetIds: [asset.id] }))
    const closed = await isms.ask(
      'POST',
      `/api/risks/${risk.id}/close`,
      { on: '2023-07-01', reason: 'No more' },
      risk.version,
    )
    expect(closed.status).toBe(200)
    const ended = await isms.ask(
      'PUT',
      `/api/assets/${asset.id}`,
      { ...written(asset), inUseTo: '2023-07-30', reason: null },
      asset.version,
    )
    expect(ended.status).toBe(200)
    const body = { on: '2023-07-31', reason: 'Replaced' }
    expect((await isms.ask('POST', `/api/controls/${control.id}/retire`, body, control.version)).status).toBe(
      200,
    )
  })

  it('is refused while an obligation rests on a party', async () => {
    const party = await made('/api/parties', partyBody('cited-party'))
    await made('/api/obligations', obligationBody('resting', { partyId: party.id }))
    const end = { to: '2023-07-31', reason: 'Gone' }
    await refused(
      () => isms.ask('POST', `/api/parties/${party.id}/end`, end, party.version),
      400,
      '/to party.still_cited',
    )
  })
})

describe('names of records elsewhere', () => {
  it('are as unknown as invented ones', async () => {
    const nobody = '00000000-0000-4000-8000-00000000dead'
    const wrong = { serviceIds: [nobody], assetIds: [nobody], issueIds: [nobody], obligationIds: [nobody] }
    await refused(
      () => isms.ask('POST', '/api/risks', riskBody(wrong)),
      400,
      '/serviceIds/0 record.reference_unknown',
      '/assetIds/0 record.reference_unknown',
      '/issueIds/0 record.reference_unknown',
      '/obligationIds/0 record.reference_unknown',
    )
  })
})
