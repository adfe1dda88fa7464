import { unsaid } from '../../src/assets/asset.ts'
import { startingScale } from '../../src/assets/starting-scale.ts'
import type { Home } from '../support/world.ts'
import { riskRows } from './matrix-risks.ts'

/** One record of each kind in an organisation, and one of each that has ended. */
export type Fixture = {
  home: Home
  entity: string
  service: string
  person: string
  grant: string
  key: string
  certificate: string
  document: string
  text: string
  request: string
  erasure: string
  overlay: string
  asset: string
  programme: string
  control: string
  implementation: string
  evidence: string
  check: string
  file: string
  occurrence: string
  feed: string
  statement: string
  party: string
  issue: string
  obligation: string
  scopeStatement: string
  ismsRole: string
  objective: string
  namedDocument: string
  riskMethod: string
  risk: string
  riskAcceptance: string
}

export type IdKind = Exclude<keyof Fixture, 'home'>

type Body = Record<string, unknown>

/** How the matrix calls a route: which record its address names, and a body that its schema accepts. */
export type Row = {
  /** A list about a record that is not here is empty, as for one that never was. */
  empty?: true

  names?: IdKind
  path?: Record<string, string>
  query?: string | ((ids: Fixture) => string)
  body?: (ids: Fixture) => Body
}

const name = { en: 'Changed', ja: '変更後' }
const open = { memberFrom: null, memberTo: null }
const term = {
  basis: 'renewal',
  edition: null,
  standard: 'ISO 22301:2019',
  localEquivalent: null,
  issuer: { name: { en: 'Issuer' }, accreditation: null },
  decisionDate: '2023-06-01',
  issueDate: '2023-06-01',
  effectiveDate: '2023-06-01',
  expiryDate: '2026-05-31',
  soaVersion: null,
  soaDate: null,
  report: null,
  pci: null,
}
const testOf = (ids: Fixture): Body => ({
  key: 'another-test',
  name,
  controlId: ids.control,
  dataKind: 'json',
  expression: 'facts.open == 0',
  severity: 'high',
  everyDays: 7,
  toleranceDays: 1,
  resources: { kinds: [], entityIds: [], serviceIds: [] },
  activeFrom: '2023-01-01',
})
const certificate = (ids: Fixture): Body => ({
  key: 'another',
  kind: 'certificate',
  scheme: 'iso22301',
  number: null,
  initialDate: null,
  predecessors: [],
  holders: [{ entityId: ids.entity, from: null, to: null }],
  services: [],
  scopes: [],
  verificationUrl: null,
  verificationCheckedOn: null,
  terms: [],
  events: [],
})
const wording = {
  section: 'policy',
  place: 9,
  title: null,
  body: { en: 'We protect.', ja: '守ります。' },
  effectiveFrom: null,
  effectiveTo: null,
}
const asset = (ids: Fixture): Body => ({
  ...unsaid,
  key: 'mail-host',
  name,
  kind: 'system',
  entityId: ids.entity,
  identifiers: ['mail.example.org'],
})
const kept = (ids: Fixture, key: string): Body => ({
  ...{ key, name, entityIds: [ids.entity], ownerId: null, reviewMonths: 12, from: '2023-01-01', to: null },
})
const party = (ids: Fixture): Body => ({ ...kept(ids, 'regulator'), kind: 'regulator', needs: [] })
const issue = (ids: Fixture): Body => ({
  ...kept(ids, 'weather'),
  ...{ origin: 'external', topic: 'climate', relevant: false, effect: name },
})
const obligation = (ids: Fixture): Body => ({
  ...kept(ids, 'law'),
  ...{ kind: 'legal', source: name, jurisdiction: 'JP', demands: name, partyId: ids.party },
  ...{ serviceIds: [], requirements: [{ edition: 'iso27001-2022', requirement: 'A.5.31' }] },
})
const statedScope = (ids: Fixture): Body => ({
  ...{ scope: name, boundaries: null, entityIds: [ids.entity], serviceIds: [], interfaces: [] },
  ...{ exclusions: [], effectiveFrom: '2023-01-01' },
})
const ismsRole = (ids: Fixture): Body => ({
  ...{ key: 'officer', name, responsibilities: name, authority: null, clauses: ['5.3 a'] },
  ...{ entityId: ids.entity, holders: [], from: '2023-01-01', to: null },
})
const objective = (ids: Fixture): Body => ({
  ...{ key: 'aim', name, why: name, programmeIds: [], entityIds: [ids.entity], ownerId: null, plan: null },
  measure: {
    ...{ name, method: name, unit: name, direction: 'up', everyMonths: 3 },
    ...{ measuredById: null, evaluatedById: null },
  },
  targets: [{ by: '2023-12-31', value: 9, upper: null }],
  ...{ from: '2023-01-01', to: null },
})
const manyOf = (id: string, change: Body): Body => ({ items: [{ id, version }], change })
const programme = (ids: Fixture): Body => ({
  key: 'isms',
  name,
  edition: 'iso27001-2022',
  categories: [],
  audiences: [],
  entities: [{ entityId: ids.entity, from: null, to: null }],
  services: [],
  cycles: [{ from: '2023-01-01', to: '2025-12-31', auditOn: null }],
  ownerId: null,
  certificateId: null,
})
const control = (code: string): Body => ({
  code,
  name,
  objective: name,
  practice: null,
  requirementLinks: [],
  controlLinks: [],
  together: [],
  ownerId: null,
})
const implementation = (ids: Fixture): Body => ({
  controlId: ids.control,
  entityId: ids.entity,
  serviceId: null,
  inheritable: true,
  ownerId: null,
  description: name,
  frequency: null,
  evidenceDays: 365,
  phases: [{ from: '2023-01-01', stance: 'operating', reason: null }],
})
const item = (ids: Fixture): Body => ({
  title: 'Screenshot',
  description: 'What was seen',
  source: 'observed',
  aboutFrom: '2023-01-01',
  aboutTo: '2023-06-30',
  implementationIds: [ids.implementation],
})
const version = 1
const reason = 'because'

/** Every route of the table has its row here; the test fails when one is missing. */
export const rows: Readonly<Record<string, Row>> = {
  ...riskRows,
  'GET /api/log': {},
  'GET /api/log/entries': {},
  'GET /api/log/entries/:index': { path: { index: '0' } },
  'GET /api/log/records/:noun/:id/history': { empty: true, names: 'entity', path: { noun: 'entity' } },
  'POST /api/log/erasures': {
    body: (ids) => ({
      subjectNoun: 'person',
      subjectId: ids.person,
      entries: [0],
      legalBasis: 'GDPR Art. 17',
    }),
  },
  'POST /api/log/erasures/:id/erase': { names: 'erasure', body: () => ({ version }) },
  'GET /api/organisation': {},
  'PUT /api/organisation': {
    body: () => ({ version, name, timeZone: 'Asia/Tokyo', host: null, demoDay: null }),
  },
  'GET /api/entities': {},
  'POST /api/entities': {
    body: (ids) => ({ key: 'new', parentId: ids.entity, kind: 'site', name, country: null, ...open }),
  },
  'GET /api/entities/:id': { names: 'entity' },
  'PUT /api/entities/:id': {
    names: 'entity',
    body: (ids) => ({
      version,
      key: 'part',
      parentId: ids.home.root.id,
      kind: 'company',
      name,
      country: null,
      ...open,
    }),
  },
  'GET /api/services': {},
  'POST /api/services': {
    body: (ids) => ({
      key: 'new-service',
      entityId: ids.entity,
      kind: 'product',
      name,
      offeredFrom: null,
      offeredTo: null,
    }),
  },
  'GET /api/services/:id': { names: 'service' },
  'PUT /api/services/:id': {
    names: 'service',
    body: (ids) => ({
      version,
      key: 'product',
      entityId: ids.entity,
      kind: 'product',
      name,
      offeredFrom: null,
      offeredTo: null,
    }),
  },
  'GET /api/me': {},
  'GET /api/people': {},
  'POST /api/people': {
    body: (ids) => ({ name, entityId: ids.entity, jobTitle: null, email: 'new@example.org' }),
  },
  'GET /api/people/:id': { names: 'person' },
  'PUT /api/people/:id': {
    names: 'person',
    body: (ids) => ({ version, name, entityId: ids.entity, jobTitle: null }),
  },
  'POST /api/people/:id/invitation': { names: 'person', body: () => ({}) },
  'POST /api/people/:id/password-reset': { names: 'person', body: () => ({}) },
  'POST /api/people/:id/address': {
    names: 'person',
    body: () => ({ version, email: 'moved@example.org' }),
  },
  'POST /api/people/:id/leaving': { names: 'person', body: () => ({ version, reason }) },
  'POST /api/people/:id/departure': { names: 'person', body: () => ({ version, leftOver: 'list', reason }) },
  'POST /api/people/:id/erasure': { names: 'person', body: () => ({ version, reason }) },
  'POST /api/grants': {
    body: (ids) => ({ personId: ids.person, role: 'reader', entityId: ids.entity, certificateId: null }),
  },
  'POST /api/grants/:id/end': { names: 'grant', body: () => ({ version }) },
  'GET /api/keys': {},
  'POST /api/keys': {
    body: (ids) => ({
      name: 'Robot',
      role: 'reader',
      entityId: ids.entity,
      scopes: ['entity.read'],
      expiresAt: '2023-12-31T00:00:00.000Z',
    }),
  },
  'POST /api/keys/:id/revocation': { names: 'key', body: () => ({ version }) },
  'GET /api/frameworks': {},
  'GET /api/frameworks/search': { query: 'q=access' },
  'GET /api/frameworks/:key': { path: { key: 'tsc-2017' } },
  'GET /api/frameworks/:key/requirements/:requirement/controls': {
    path: { key: 'tsc-2017', requirement: 'CC6.1' },
  },
  'GET /api/library': {},
  'GET /api/library/:control': { path: { control: 'ACC-03' } },
  'GET /api/mappings/:from/:to': { path: { from: 'iso27001-2013', to: 'iso27001-2022' } },
  'GET /api/schemes': {},
  'POST /api/overlays': { body: () => ({ editionKey: 'tsc-2017', language: 'en', digest: 'a'.repeat(64) }) },
  'POST /api/overlays/:id/remove': { names: 'overlay', body: () => ({ version }) },
  'GET /api/assets': {},
  'POST /api/assets': { body: asset },
  'GET /api/assets/:id': { names: 'asset' },
  'POST /api/assets/changes': {
    body: (ids) => ({ items: [{ id: ids.asset, version }], change: { cardData: true } }),
  },
  'GET /api/assets/:id/balance': { names: 'asset' },
  'GET /api/balance': {},
  'GET /api/balance/reasons': {
    query: (ids) => `by=entity&key=${ids.entity}&property=integrity`,
    empty: true,
  },
  'GET /api/assets/:id/reach': { names: 'asset' },
  'GET /api/assets/graph': { query: (ids) => `focus=${ids.asset}`, empty: true },
  'GET /api/asset-scale': {},
  'PUT /api/asset-scale': { body: () => ({ ...startingScale, version: 0 }) },
  'PUT /api/assets/:id': { names: 'asset', body: (ids) => ({ ...asset(ids), version }) },
  'GET /api/programmes': {},
  'POST /api/programmes': { body: programme },
  'GET /api/programmes/:id': { names: 'programme' },
  'PUT /api/programmes/:id': { names: 'programme', body: (ids) => ({ ...programme(ids), version }) },
  'POST /api/programmes/:id/end': {
    names: 'programme',
    body: () => ({ version, endedOn: '2024-01-01', reason }),
  },
  'GET /api/programmes/:id/requirements': { names: 'programme' },
  'POST /api/programmes/:id/applicability': {
    names: 'programme',
    body: () => ({ from: '2023-01-01', applicable: false, justification: name, requirements: ['A.7.4'] }),
  },
  'GET /api/context': {},
  'GET /api/parties': {},
  'POST /api/parties': { body: party },
  'POST /api/parties/changes': { body: (ids) => manyOf(ids.party, { reviewMonths: 6 }) },
  'GET /api/parties/:id': { names: 'party' },
  'PUT /api/parties/:id': { names: 'party', body: (ids) => ({ version, ...party(ids) }) },
  'POST /api/parties/:id/end': { names: 'party', body: () => ({ version, to: '2023-06-30', reason }) },
  'GET /api/issues': {},
  'POST /api/issues': { body: issue },
  'POST /api/issues/changes': { body: (ids) => manyOf(ids.issue, { reviewMonths: 6 }) },
  'GET /api/issues/:id': { names: 'issue' },
  'PUT /api/issues/:id': { names: 'issue', body: (ids) => ({ version, ...issue(ids) }) },
  'POST /api/issues/:id/end': { names: 'issue', body: () => ({ version, to: '2023-06-30', reason }) },
  'GET /api/obligations': {},
  'POST /api/obligations': { body: obligation },
  'POST /api/obligations/changes': { body: (ids) => manyOf(ids.obligation, { reviewMonths: 6 }) },
  'GET /api/obligations/:id': { names: 'obligation' },
  'PUT /api/obligations/:id': { names: 'obligation', body: (ids) => ({ version, ...obligation(ids) }) },
  'POST /api/obligations/:id/end': {
    names: 'obligation',
    body: () => ({ version, to: '2023-06-30', reason }),
  },
  'GET /api/scopes': {},
  'GET /api/programmes/:id/scope': { names: 'programme' },
  'POST /api/programmes/:id/scope': { names: 'programme', body: statedScope },
  'PUT /api/scope-statements/:id': {
    names: 'scopeStatement',
    body: (ids) => ({ version, ...statedScope(ids) }),
  },
  'POST /api/scope-statements/:id/approve': { names: 'scopeStatement', body: () => ({ version }) },
  'POST /api/scope-statements/:id/withdraw': { names: 'scopeStatement', body: () => ({ version, reason }) },
  'GET /api/roles': {},
  'POST /api/roles': { body: ismsRole },
  'PUT /api/roles/:id': { names: 'ismsRole', body: (ids) => ({ version, ...ismsRole(ids) }) },
  'POST /api/roles/:id/holder': {
    names: 'ismsRole',
    body: () => ({ version, personId: null, from: '2023-07-01' }),
  },
  'GET /api/objectives': {},
  'POST /api/objectives': { body: objective },
  'POST /api/objectives/owners': {
    body: (ids) => ({ items: [{ id: ids.objective, version }], ownerId: null }),
  },
  'GET /api/objectives/:id': { names: 'objective' },
  'PUT /api/objectives/:id': { names: 'objective', body: (ids) => ({ version, ...objective(ids) }) },
  'POST /api/objectives/:id/end': {
    names: 'objective',
    body: () => ({ version, to: '2023-12-31', reason }),
  },
  'POST /api/objectives/:id/readings': {
    names: 'objective',
    body: () => ({ on: '2023-06-30', value: 1, source: 'Count', note: null, replaces: null }),
  },
  'GET /api/statements': {},
  'GET /api/programmes/:id/statement': { names: 'programme' },
  'POST /api/programmes/:id/statement/versions': { names: 'programme', body: () => ({}) },
  'GET /api/statement-versions/:id': { names: 'statement' },
  'GET /api/statement-versions/:id/difference': { names: 'statement' },
  'POST /api/statement-versions/:id/renewals': { names: 'statement', body: () => ({ version }) },
  'POST /api/statement-versions/:id/approval': { names: 'statement', body: () => ({ version }) },
  'POST /api/statement-versions/:id/withdrawal': { names: 'statement', body: () => ({ version, reason }) },
  'GET /api/programmes/:id/transition': {
    names: 'programme',
    query: (ids) => `from=${ids.programme}`,
  },
  'POST /api/programmes/:id/transition': {
    names: 'programme',
    body: () => ({
      from: '2023-01-01',
      decisions: [{ requirement: 'A.7.4', applicable: false, justification: name }],
    }),
  },
  'GET /api/documented-information': {},
  'GET /api/programmes/:id/documented-information': { names: 'programme' },
  'POST /api/programmes/:id/documented-information': {
    names: 'programme',
    body: (ids) => ({
      ...{ duty: 'scope-statement', name, label: '1.0', evidenceId: ids.evidence },
      ...{ issuedOn: '2023-01-01', reviewBy: null },
    }),
  },
  'POST /api/named-documents/:id/approval': { names: 'namedDocument', body: () => ({ version }) },
  'POST /api/named-documents/:id/withdrawal': { names: 'namedDocument', body: () => ({ version, reason }) },
  'GET /api/reports/:kind': {
    path: { kind: 'statement-of-applicability' },
    query: (ids) => `language=en&programme=${ids.programme}`,
  },
  'GET /api/controls': {},
  'POST /api/controls': { body: () => control('OWN-01') },
  'POST /api/controls/adopt': { body: () => ({ controls: ['ACC-03'] }) },
  'POST /api/controls/reviews': { body: (ids) => ({ items: [{ id: ids.control, version }] }) },
  'POST /api/controls/owners': {
    body: (ids) => ({ items: [{ id: ids.control, version }], ownerId: null }),
  },
  'POST /api/controls/protects': {
    body: (ids) => ({
      items: [{ id: ids.control, version }],
      protects: { properties: ['integrity'], kinds: ['system'] },
    }),
  },
  'POST /api/controls/library': {
    body: (ids) => ({ library: '1.2.0', controls: [{ id: ids.control, version }] }),
  },
  'GET /api/tasks': {},
  'GET /api/controls/adopted': {},
  'GET /api/controls/:id': { names: 'control' },
  'PUT /api/controls/:id': { names: 'control', body: () => ({ ...control('OWN-02'), version }) },
  'POST /api/controls/:id/review': { names: 'control', body: () => ({ version }) },
  'POST /api/controls/:id/retire': {
    names: 'control',
    body: () => ({ version, on: '2024-01-01', reason }),
  },
  'GET /api/implementations': {},
  'POST /api/implementations': { body: implementation },
  'GET /api/implementations/:id': { names: 'implementation' },
  'PUT /api/implementations/:id': {
    names: 'implementation',
    body: (ids) => ({ ...implementation(ids), version }),
  },
  'POST /api/implementations/:id/end': {
    names: 'implementation',
    body: () => ({ version, endedOn: '2024-01-01', reason }),
  },
  'POST /api/implementations/:id/events': {
    names: 'implementation',
    body: () => ({ on: '2023-06-01', trigger: 'A new firewall' }),
  },
  'GET /api/due': {
    empty: true,
    query: (ids) => `person=${ids.person}&entity=${ids.entity}&programme=${ids.programme}`,
  },
  'GET /api/due/days': { query: 'from=2023-01-01&to=2023-12-31' },
  'POST /api/due/delegate': {
    body: (ids) => ({ subject: `occurrence:${ids.occurrence}`, personId: ids.person, reason }),
  },
  'POST /api/due/snooze': {
    body: (ids) => ({ subject: `occurrence:${ids.occurrence}`, until: '2023-08-05', reason }),
  },
  'POST /api/due/clear': { body: (ids) => ({ subject: `occurrence:${ids.occurrence}`, reason }) },
  'GET /api/feeds': {},
  'POST /api/feeds': { body: () => ({ reach: 'mine', language: 'en' }) },
  'POST /api/feeds/:id/revoke': { names: 'feed' },
  'GET /api/calendar-rules': {},
  'PUT /api/calendar-rules': {
    body: () => ({
      version: 0,
      escalationDays: 7,
      leadDays: {},
      digestHour: 7,
      digest: true,
      language: 'ja',
    }),
  },
  'GET /api/onboarding': {},
  'PUT /api/onboarding': {
    body: (ids) => ({
      ...{ version: 0, scopeEntityIds: [ids.home.root.id], scopeServiceIds: [ids.service] },
      ...{ skipped: ['risks'], putAway: false },
    }),
  },
  'GET /api/handovers': { query: (ids) => `person=${ids.person}` },
  'POST /api/handovers': {
    body: (ids) => ({
      ...{ from: ids.person, to: ids.person, reason },
      items: [{ noun: 'risk', id: ids.risk, part: 'owner', version }],
    }),
  },
  'GET /api/reminder': {},
  'PUT /api/reminder': { body: () => ({ version: 0, digest: true, language: 'ja' }) },
  'GET /api/occurrences': {},
  'POST /api/occurrences/plan': { body: () => ({ from: null }) },
  'GET /api/occurrences/:id': { names: 'occurrence' },
  'POST /api/occurrences/:id/perform': {
    names: 'occurrence',
    body: () => ({ version, on: '2023-05-01', outcome: 'pass', note: null, personId: null }),
  },
  'POST /api/occurrences/:id/explain': { names: 'occurrence', body: () => ({ version, reason }) },
  'POST /api/occurrences/:id/cancel': { names: 'occurrence', body: () => ({ version, reason }) },
  'GET /api/assets/:id/results': { names: 'asset' },
  'GET /api/checks': {},
  'POST /api/checks': { body: testOf },
  'GET /api/checks/library': {},
  'POST /api/checks/adopt': { body: () => ({ checks: ['ssh-ciphers'] }) },
  'POST /api/checks/try': { body: (ids) => ({ expression: 'true', evidenceId: ids.evidence }) },
  'GET /api/checks/:id': { names: 'check' },
  'PUT /api/checks/:id': { names: 'check', body: (ids) => ({ ...testOf(ids), version }) },
  'POST /api/checks/:id/end': { names: 'check', body: () => ({ version, on: '2023-06-30', reason }) },
  'GET /api/checks/:id/results': { names: 'check' },
  'GET /api/checks/:id/history': { names: 'check', query: (ids) => `assetId=${ids.asset}` },
  'GET /api/checks/:id/runs': { names: 'check' },
  'POST /api/checks/:id/runs': { names: 'check', body: (ids) => ({ evidenceId: ids.evidence }) },
  'GET /api/evidence': {},
  'POST /api/evidence': { body: (ids) => ({ ...item(ids), entityId: ids.entity }) },
  'GET /api/evidence/files': {},
  'DELETE /api/evidence/files/:id': { names: 'file' },
  'GET /api/evidence/uploads': {},
  'POST /api/evidence/uploads': { body: () => ({ name: 'large.log', size: 200_000_000 }) },
  'DELETE /api/evidence/uploads/:id': { names: 'file' },
  'GET /api/evidence/proposals': {},
  'POST /api/evidence/links': {
    body: (ids) => ({ items: [{ id: ids.evidence, version }], assetIds: [ids.asset] }),
  },
  'POST /api/evidence/reviews': {
    body: (ids) => ({ items: [{ id: ids.evidence, version }], verdict: 'accepted', note: null }),
  },
  'GET /api/evidence/:id': { names: 'evidence' },
  'POST /api/evidence/:id/revision': { names: 'evidence', body: item },
  'POST /api/evidence/:id/links': {
    names: 'evidence',
    body: (ids) => ({ version, occurrenceIds: [ids.occurrence] }),
  },
  'POST /api/evidence/:id/unlinks': {
    names: 'evidence',
    body: (ids) => ({ version, implementationIds: [ids.implementation] }),
  },
  'POST /api/evidence/:id/review': {
    names: 'evidence',
    body: () => ({ version, verdict: 'rejected', note: 'Not readable' }),
  },
  'POST /api/evidence/:id/withdrawal': { names: 'evidence', body: () => ({ version, reason }) },
  'POST /api/evidence/:id/hold': { names: 'evidence', body: () => ({ version, reason }) },
  'POST /api/evidence/:id/hold-release': { names: 'evidence', body: () => ({ version, reason }) },
  'POST /api/evidence/:id/retention': {
    names: 'evidence',
    body: () => ({ version, retainUntil: '2024-06-30', reason }),
  },
  'POST /api/evidence/:id/disposal': { names: 'evidence', body: () => ({ version, basis: reason }) },
  'GET /api/posture': {},
  'GET /api/posture/breaks': {},
  'GET /api/posture/controls': {},
  'GET /api/posture/controls/:id/effectiveness': {
    names: 'control',
    query: (ids) => `entity=${ids.entity}&from=2023-01-01&to=2023-06-30`,
    empty: true,
  },
  'GET /api/posture/programmes/:id': { names: 'programme' },
  'GET /api/posture/programmes/:id/trend': { names: 'programme' },
  'GET /api/posture/programmes/:id/requirements/:requirement': {
    names: 'programme',
    path: { requirement: 'A.5.1.1' },
  },
  'GET /api/certificates': {},
  'GET /api/certificates/home': {},
  'POST /api/certificates': { body: certificate },
  'GET /api/certificates/:id': { names: 'certificate' },
  'PUT /api/certificates/:id': {
    names: 'certificate',
    body: (ids) => ({ ...certificate(ids), key: 'register', version }),
  },
  'POST /api/certificates/:id/renewals': { names: 'certificate', body: () => ({ version, term }) },
  'POST /api/certificates/:id/events': {
    names: 'certificate',
    body: () => ({ version, event: { kind: 'stage-1', on: '2023-01-10', outcome: 'passed', note: null } }),
  },
  'POST /api/certificates/:id/suspension': {
    names: 'certificate',
    body: () => ({ version, on: '2023-07-01', reason }),
  },
  'POST /api/certificates/:id/reinstatement': {
    names: 'certificate',
    body: () => ({ version, on: '2023-07-01', reason }),
  },
  'POST /api/certificates/:id/withdrawal': {
    names: 'certificate',
    body: () => ({ version, on: '2023-07-01', reason }),
  },
  'POST /api/certificates/:id/verification': {
    names: 'certificate',
    body: () => ({ version, checkedOn: '2023-07-01' }),
  },
  'POST /api/certificates/verifications': {
    body: (ids) => ({ items: [{ id: ids.certificate, version }], checkedOn: '2023-01-15' }),
  },
  'POST /api/certificates/holder-ends': {
    body: (ids) => ({
      items: [{ id: ids.certificate, version }],
      entityId: ids.entity,
      to: '2024-12-31',
      reason: 'Sold',
    }),
  },
  'POST /api/certificates/:id/restoration': {
    names: 'certificate',
    body: () => ({ version, on: '2023-07-01', term, reason }),
  },
  'POST /api/certificates/:id/transfer': {
    names: 'certificate',
    body: () => ({ version, on: '2023-07-01', term, reason }),
  },
  'GET /api/documents/:id': { names: 'document' },
  'PUT /api/documents/:id': {
    names: 'document',
    body: () => ({ version, kind: 'report', title: name, language: null, distribution: 'internal' }),
  },
  'POST /api/documents/:id/withdrawal': { names: 'document', body: () => ({ version, reason }) },
  'GET /api/trust/texts': {},
  'POST /api/trust/texts': { body: () => wording },
  'PUT /api/trust/texts/:id': { names: 'text', body: () => ({ ...wording, version }) },
  'POST /api/trust/texts/:id/review': { names: 'text', body: () => ({ version, digest: 'a'.repeat(64) }) },
  'GET /api/trust/placeholders': {},
  'GET /api/trust/preview': {},
  'GET /api/trust/status': {},
  'GET /api/trust/publications': {},
  'POST /api/trust/publications': { body: () => ({ asOf: '2023-07-31', note: null }) },
  'GET /api/trust/publications/:number': { path: { number: '1' } },
  'GET /api/trust/publications/:number/changes/:from': { path: { number: '2', from: '1' } },
  'GET /api/trust/requests': {},
  'POST /api/trust/requests/:id/approve': { names: 'request', body: () => ({ version, days: 7 }) },
  'POST /api/trust/requests/:id/decline': {
    names: 'request',
    body: () => ({ version, reason }),
  },
  'GET /api/programme': {},
  'POST /api/programme/plan': { body: () => ({ programme: 'assay: 1' }) },
  'POST /api/programme/apply': { body: () => ({ programme: 'assay: 1' }) },
}
