import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { asset, unsaid } from '../../src/assets/asset.ts'
import { feed } from '../../src/calendar/feed.ts'
import { certificate } from '../../src/certificates/certificate.ts'
import { document } from '../../src/certificates/document.ts'
import { check } from '../../src/checks/check.ts'
import { ismsRole } from '../../src/context/isms-role.ts'
import { issue } from '../../src/context/issue.ts'
import { obligation } from '../../src/context/obligation.ts'
import { party } from '../../src/context/party.ts'
import { scopeStatement } from '../../src/context/scope-statement.ts'
import { control } from '../../src/controls/control.ts'
import { implementation } from '../../src/controls/implementation.ts'
import { occurrence } from '../../src/controls/occurrence.ts'
import type { Context } from '../../src/db/context.ts'
import { save } from '../../src/db/save.ts'
import { namedDocument } from '../../src/documented-information/named-document.ts'
import { evidence } from '../../src/evidence/evidence.ts'
import { adoptedEdition } from '../../src/frameworks/adopted-edition.ts'
import { overlayRecord } from '../../src/frameworks/overlay-record.ts'
import { type ActorGrant, type Role, roles } from '../../src/kernel/actor.ts'
import type { Command } from '../../src/kernel/command.ts'
import { newId } from '../../src/kernel/id.ts'
import type { RecordOf, RecordType } from '../../src/kernel/record.ts'
import { erasure } from '../../src/log/erasure.ts'
import { objective } from '../../src/objectives/objective.ts'
import { reading } from '../../src/objectives/reading.ts'
import { createEntity } from '../../src/organisation/server/commands.ts'
import { service } from '../../src/organisation/service.ts'
import { apiKey } from '../../src/people/api-key.ts'
import { person } from '../../src/people/person.ts'
import { roleGrant } from '../../src/people/role-grant.ts'
import { programme } from '../../src/programmes/programme.ts'
import { riskAcceptance } from '../../src/risks/acceptance.ts'
import { riskMethod } from '../../src/risks/method.ts'
import { risk } from '../../src/risks/risk.ts'
import { startingMethod } from '../../src/risks/starting-method.ts'
import { execute } from '../../src/server/execute.ts'
import { createHttp } from '../../src/server/http.ts'
import { routes } from '../../src/server/nouns.ts'
import type { Caller } from '../../src/server/runtime.ts'
import { soaVersion } from '../../src/soa/soa-version.ts'
import { pageText } from '../../src/trust/page-text.ts'
import { reportRequest } from '../../src/trust/report-request.ts'
import { callerWith, foundHome, grantAll, makeWorld, type World } from '../support/world.ts'
import { type Fixture, type IdKind, rows } from './matrix-rows.ts'

// What must never appear in an answer to somebody of the other organisation.
const marker = 'FOREIGN-SECRET'

let world: World
let app: FastifyInstance
let own: Fixture
let other: Fixture
let ended: Fixture
let caller: Caller

/** Writes a record as it is, past the rules of its noun: the matrix asks who may, not what is sensible. */
const plant = <R extends RecordType>(type: R): Command<Context, RecordOf<R>, RecordOf<R>> => ({
  kind: 'command',
  noun: 'organisation',
  action: 'found',
  input: z.any() as unknown as z.ZodType<RecordOf<R>>,
  output: z.any() as unknown as z.ZodType<RecordOf<R>>,
  scope: () => 'organisation',
  run: (ctx, record) => save(ctx, type, `${type.noun}.planted`, record),
})

async function fixture(home: Fixture['home'], mark: string, over: boolean): Promise<Fixture> {
  const { runtime } = world
  const id = () => newId(runtime.random)
  const text = { en: mark, ja: mark }
  const put = async <R extends RecordType>(
    type: R,
    record: Omit<RecordOf<R>, 'id' | 'version'>,
  ): Promise<string> => {
    const made = { id: id(), version: 0, ...record } as unknown as RecordOf<R>
    return ((await execute(runtime, home.system, plant(type), made)) as { id: string }).id
  }
  const ending = over ? '2023-01-01' : null
  const suffix = over ? '-ended' : ''
  const entity = (
    await execute(runtime, home.owner, createEntity, {
      key: `part${suffix}`,
      parentId: home.root.id,
      kind: 'company',
      name: text,
      country: null,
      memberFrom: null,
      memberTo: ending,
    })
  ).id
  const personId = await put(person, {
    name: text,
    email: `someone${suffix}@example.org`,
    entityId: entity,
    jobTitle: text,
    state: over ? 'left' : 'invited',
    leftOn: null,
    accountId: null,
  })
  const certificateId = await put(certificate, {
    key: `register${suffix}`,
    kind: 'attestation-report',
    scheme: 'soc2',
    number: `${mark}-1${suffix}`,
    initialDate: null,
    predecessors: [],
    holders: [{ entityId: entity, from: null, to: null }],
    services: [],
    scopes: [{ text, from: null, to: null }],
    terms: [],
    events: over ? [{ id: id(), kind: 'withdrawal', on: '2023-01-01', outcome: 'none', note: null }] : [],
    verificationUrl: null,
    verificationCheckedOn: null,
  })
  const controlId = await put(control, {
    former: [{ until: '2023-01-05', was: { ownerId: null } }],
    code: `${mark}-01${suffix}`,
    name: text,
    objective: text,
    practice: null,
    libraryId: null,
    libraryVersion: null,
    review: null,
    protects: { properties: [], kinds: [] },
    requirementLinks: [],
    controlLinks: [],
    together: [],
    ownerId: personId,
    retiredOn: ending,
  })
  const implementationId = await put(implementation, {
    former: [{ until: '2023-01-05', was: { ownerId: null } }],
    controlId,
    entityId: entity,
    serviceId: null,
    inheritable: true,
    ownerId: personId,
    description: text,
    frequency: null,
    evidenceDays: 365,
    phases: [{ from: '2022-01-01', stance: 'operating', reason: null }],
    endedOn: ending,
  })
  const documentId = await put(document, {
    certificateId,
    termId: null,
    kind: 'report',
    title: text,
    fileName: `${mark}.pdf`,
    mediaType: 'application/pdf',
    size: 9,
    digest: 'b'.repeat(64),
    language: null,
    distribution: 'on-request',
    withdrawnOn: ending,
  })
  const programmeId = await put(programme, {
    former: [{ until: '2023-01-05', was: { ownerId: null } }],
    key: `programme${suffix}`,
    name: text,
    edition: 'iso27001-2013',
    categories: [],
    audiences: [],
    entities: [{ entityId: entity, from: null, to: null }],
    services: [],
    cycles: [{ from: '2020-01-01', to: '2022-12-31', auditOn: null }],
    ownerId: personId,
    certificateId,
    endedOn: ending,
  })
  const entry = (key: string) => ({
    ...{ key, name: text, entityIds: [entity], ownerId: personId, reviewMonths: 12 },
    ...{ reviews: [{ on: '2022-02-01', personId, note: mark }], from: '2022-01-01', to: ending },
    former: null,
  })
  const partyId = await put(party, {
    ...entry(`party${suffix}`),
    ...{ kind: 'customer', needs: [{ text, addressed: true, answer: text }] },
  })
  const objectiveId = await put(objective, {
    former: [{ until: '2023-01-05', was: { ownerId: null } }],
    ...{ key: `objective${suffix}`, name: text, why: text, programmeIds: [programmeId], entityIds: [entity] },
    ...{ ownerId: personId, plan: text, targets: [{ by: '2023-12-31', value: 1, upper: null }] },
    measure: {
      ...{ name: text, method: text, unit: text, direction: 'up', everyMonths: 3 },
      ...{ measuredById: personId, evaluatedById: null },
    },
    ...{ from: '2022-01-01', to: ending },
  })
  await put(reading, {
    ...{
      objectiveId,
      on: '2022-06-30',
      value: 5,
      source: mark,
      note: mark,
      readById: personId,
      replaces: null,
    },
  })
  const evidenceId = await put(evidence, {
    title: mark,
    description: mark,
    location: mark,
    entityId: entity,
    source: 'uploaded',
    collector: mark,
    collectorId: personId,
    addedById: personId,
    aboutFrom: '2023-01-01',
    aboutTo: '2023-03-31',
    collectedOn: '2023-04-03',
    collectedAt: null,
    validUntil: '2023-12-31',
    validityStated: true,
    toleranceDays: 0,
    files: [
      {
        id: id(),
        name: `${mark}.txt`,
        mediaType: 'text/plain',
        size: 9,
        digest: 'a'.repeat(64),
        cardNumbers: 'clean',
        notInspected: [],
      },
    ],
    data: null,
    implementationIds: [implementationId],
    occurrenceIds: [],
    requirements: [],
    assetIds: [],
    review: null,
    replaces: null,
    withdrawn: over ? { on: '2023-05-01', reason: mark } : null,
    retainUntil: null,
    hold: null,
    disposed: null,
  })
  const riskMethodId = await put(riskMethod, {
    ...{
      ...startingMethod,
      name: text,
      number: over ? 2 : 1,
      effectiveFrom: '2023-01-01',
      unreviewed: false,
    },
    ...{ authorIds: [personId], draftedOn: '2023-01-01', approval: null },
    withdrawn: over ? { on: '2023-01-02', reason: mark } : null,
  })
  const riskId = await put(risk, {
    former: [{ until: '2023-01-05', was: { ownerId: null } }],
    ...{ code: `${mark}-R${suffix}`, name: text, scenario: text, approach: 'event', threat: text },
    ...{ vulnerability: text, affects: ['integrity'], entityId: entity, serviceIds: [], assetIds: [] },
    ...{ issueIds: [], obligationIds: [], ownerId: personId, identifiedOn: '2023-01-01' },
    ...{ assessments: [], treatments: [], actions: [], reviews: [], reviewMonths: null, quantity: null },
    closed: over ? { on: '2023-05-01', reason: mark } : null,
    reopened: [],
  })
  const at = '2023-07-01T00:00:00.000Z'
  return {
    home,
    entity,
    person: personId,
    certificate: certificateId,
    document: documentId,
    service: await put(service, {
      key: `product${suffix}`,
      entityId: entity,
      kind: 'product',
      name: text,
      offeredFrom: null,
      offeredTo: ending,
    }),
    grant: await put(roleGrant, {
      personId,
      role: 'reader',
      entityId: entity,
      certificateId: null,
      grantedOn: '2022-01-01',
      endedOn: ending,
    }),
    key: await put(apiKey, {
      name: mark,
      prefix: 'assay_xxxxxx',
      digest: (over ? 'c' : mark === marker ? 'd' : 'e').repeat(64),
      role: 'reader',
      entityId: entity,
      scopes: ['entity.read'],
      createdBy: personId,
      expiresAt: '2024-01-01T00:00:00.000Z',
      revokedAt: over ? at : null,
    }),
    text: await put(pageText, {
      section: 'policy',
      place: over ? 2 : 1,
      title: null,
      body: text,
      authorId: null,
      review: null,
      effectiveFrom: null,
      effectiveTo: ending,
    }),
    request: await put(reportRequest, {
      documentId,
      requesterName: mark,
      requesterEmail: 'r@example.org',
      requesterCompany: mark,
      purpose: mark,
      language: 'en',
      termsDigest: 'f'.repeat(64),
      documentDigest: 'b'.repeat(64),
      requestedAt: at,
      state: over ? 'declined' : 'waiting',
      decidedBy: null,
      decidedAt: over ? at : null,
      decisionReason: null,
      linkDigest: null,
      linkExpiresAt: null,
      downloadedAt: null,
    }),
    erasure: await put(erasure, erasureOf(personId, mark, over)),
    overlay: over
      ? await put(adoptedEdition, { key: 'none', digest: 'a'.repeat(64) })
      : await put(overlayRecord, {
          editionKey: 'tsc-2017',
          language: 'ja',
          licenceHolder: mark,
          digest: 'a'.repeat(64),
          texts: 1,
          removed: false,
        }),
    asset: await put(asset, {
      former: null,
      key: `host${suffix}`,
      name: text,
      ...unsaid,
      kind: 'system',
      entityId: entity,
      ownerId: personId,
      identifiers: [`${mark}.example.org`],
      inUseFrom: null,
      inUseTo: ending,
    }),
    control: controlId,
    occurrence: await put(occurrence, {
      implementationId,
      periodFrom: '2023-04-01',
      periodTo: '2023-06-30',
      dueBy: '2023-06-30',
      plannedOn: '2023-03-01',
      trigger: mark,
      attempts: [],
      missed: null,
      cancelled: over ? { reason: mark, on: '2023-03-02' } : null,
    }),
    implementation: implementationId,
    // A waiting file is its sender's alone: to everybody here it is unknown.
    file: id(),
    evidence: evidenceId,
    feed: await put(feed, {
      personId,
      tokenDigest: createHash('sha256').update(`${mark}${suffix}`).digest('hex'),
      reach: 'all',
      language: 'en',
      createdOn: '2023-01-01',
      endedOn: ending,
    }),
    check: await put(check, {
      ...{ ownerId: personId, former: null },
      key: `test${suffix}`,
      name: text,
      controlId,
      dataKind: 'json',
      expression: `facts.mark == "${mark}"`,
      severity: 'low',
      everyDays: 7,
      toleranceDays: 0,
      resources: { kinds: [], entityIds: [entity], serviceIds: [] },
      activeFrom: '2022-01-01',
      activeTo: ending,
    }),
    programme: programmeId,
    party: partyId,
    issue: await put(issue, {
      ...entry(`issue${suffix}`),
      ...{ origin: 'external', topic: 'climate', relevant: true, effect: text },
    }),
    obligation: await put(obligation, {
      ...entry(`obligation${suffix}`),
      ...{ kind: 'legal', source: text, jurisdiction: null, demands: text, partyId },
      ...{ serviceIds: [], requirements: [] },
    }),
    scopeStatement: await put(scopeStatement, {
      ...{ programmeId, number: 1, scope: text, boundaries: text, entityIds: [entity], serviceIds: [] },
      interfaces: [{ name: text, with: text, description: text }],
      exclusions: [{ what: text, justification: text }],
      ...{ effectiveFrom: '2022-01-01', authorIds: [personId], draftedOn: '2021-12-01' },
      ...{ approval: null, withdrawn: over ? { on: '2022-07-01', reason: mark } : null },
    }),
    ismsRole: await put(ismsRole, {
      ...{ key: `role${suffix}`, name: text, responsibilities: text, authority: text, clauses: [mark] },
      ...{ entityId: entity, holders: [{ personId, deputyId: null, from: '2022-01-01', to: null }] },
      ...{ from: '2022-01-01', to: ending },
    }),
    objective: objectiveId,
    riskMethod: riskMethodId,
    risk: riskId,
    riskAcceptance: await put(riskAcceptance, {
      ...{ riskId, riskVersion: 1, substance: 'a'.repeat(64), personId, on: '2023-02-01', until: null },
      ...{ note: mark, revoked: over ? { on: '2023-03-01', reason: mark } : null },
    }),
    namedDocument: await put(namedDocument, {
      ...{ programmeId, duty: 'scope-statement', name: text, label: mark, evidenceId },
      ...{ issuedOn: '2022-06-01', reviewBy: null, namedById: personId, approval: null },
      withdrawn: over ? { on: '2022-07-01', reason: mark } : null,
    }),
    statement: await put(soaVersion, {
      ...{ programmeId, number: 1, edition: 'iso27001-2013', asOf: '2022-06-01', logSize: 1, note: mark },
      rows: [
        {
          ...{ reference: 'A.5.1.1', edition: 'iso27001-2013', applicable: true, reasons: ['baseline'] },
          ...{ justification: text, state: 'planned', since: null, controls: [], ownerIds: [] },
          ...{ risks: [], obligations: [], evidenceIds: [], evidenceCount: 0 },
        },
      ],
      ...{ authorIds: [personId], draftedOn: '2022-06-01', approval: null },
      withdrawn: over ? { on: '2022-07-01', reason: mark } : null,
    }),
  }
}

const erasureOf = (subjectId: string, mark: string, over: boolean) => ({
  subjectNoun: 'person',
  subjectId,
  entries: [0],
  legalBasis: mark,
  state: over ? ('erased' as const) : ('requested' as const),
  requestedBy: null,
  approvedBy: null,
})

beforeAll(async () => {
  world = await makeWorld('matrix')
  const home = await foundHome(world)
  own = await fixture(home, 'Own', false)
  ended = await fixture(home, 'Own', true)
  other = await fixture(await foundHome(world, 'Other', 'other'), marker, false)
  app = createHttp({ runtime: world.runtime, routes, authenticate: async () => caller, log: () => undefined })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const unknown = (): Fixture => {
  const ids = Object.fromEntries(Object.keys(own).map((key) => [key, newId(world.runtime.random)]))
  return {
    ...ids,
    home: { ...own.home, root: { ...own.home.root, id: newId(world.runtime.random) } },
  } as unknown as Fixture
}

async function ask(route: (typeof routes)[number], ids: Fixture) {
  const row = rows[`${route.method} ${route.path}`] ?? {}
  const parts: Record<string, string> = {
    ...row.path,
    ...(row.names ? { id: ids[row.names as IdKind] } : {}),
  }
  const url =
    route.path.replace(/:(\w+)/g, (_, name: string) => parts[name] ?? name) +
    (row.query ? `?${typeof row.query === 'string' ? row.query : row.query(ids)}` : '')
  const body = row.body?.(ids)
  const answer = await app.inject({ method: route.method, url, ...(body ? { payload: body } : {}) })
  return {
    status: answer.statusCode,
    text: answer.body,
    takesIds:
      row.names !== undefined ||
      (body !== undefined && JSON.stringify(body) !== JSON.stringify(row.body?.(unknown()))),
  }
}

const whole = (role: Role): ActorGrant => grantAll(role)

const allowed = (route: (typeof routes)[number], role: Role) =>
  world.runtime.matrix.get(`${route.operation.noun}.${route.operation.action}`)?.has(role) ?? false

describe('the matrix of routes', () => {
  it('has a row for every route, and no row for a route that is gone', () => {
    expect(Object.keys(rows).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort())
  })

  for (const route of routes) {
    const title = `${route.method} ${route.path}`

    it(`${title}: a visitor is asked to sign in`, async () => {
      caller = callerWith(own.home.organisationId, [], world.runtime.random, { kind: 'visitor', id: null })
      for (const ids of [own, other, unknown()]) expect((await ask(route, ids)).status).toBe(401)
    })

    it(`${title}: each role gets what the table says, and nothing of another organisation`, async () => {
      for (const role of roles) {
        caller = callerWith(own.home.organisationId, [whole(role)], world.runtime.random)
        for (const [where, ids] of Object.entries({ foreign: other, unknown: unknown(), own, ended })) {
          const { status, text, takesIds } = await ask(route, ids)
          expect(`${role} ${where}: ${text}`).not.toContain(marker)
          expect(status, `${role} ${where}: ${text}`).toBeLessThan(500)
          if (!allowed(route, role)) expect(status, `${role} ${where}`).toBe(403)
          else if ((where === 'foreign' || where === 'unknown') && takesIds)
            expect(rows[title]?.empty ? [200] : [400, 403, 404, 412], `${role} ${where} ${text}`).toContain(
              status,
            )
          else expect([401], `${role} ${where}`).not.toContain(status)
        }
      }
    })

    it(`${title}: foreign and unknown look alike`, async () => {
      caller = callerWith(own.home.organisationId, [whole('owner')], world.runtime.random)
      const [foreign, absent] = [await ask(route, other), await ask(route, unknown())]
      if (foreign.takesIds) {
        const ids = /[0-9a-f]{8}-[0-9a-f-]{27}/g
        expect(foreign.status).toBe(absent.status)
        expect(foreign.text.replaceAll(ids, '')).toBe(absent.text.replaceAll(ids, ''))
      }
    })
  }
})
