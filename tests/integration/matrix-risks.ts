import { startingMethod } from '../../src/risks/starting-method.ts'
import type { Fixture, Row } from './matrix-rows.ts'

const name = { en: 'Changed', ja: '変更後' }
const version = 1
const reason = 'because'
const value = { likelihood: 1, consequence: 1 }
const method = { ...startingMethod, effectiveFrom: '2023-01-01' }

const risk = (ids: Fixture) => ({
  ...{ code: 'R-900', name, scenario: name, approach: 'asset', threat: null, vulnerability: null },
  ...{ affects: ['integrity'], entityId: ids.entity, serviceIds: [ids.service], assetIds: [ids.asset] },
  ...{ issueIds: [], obligationIds: [], ownerId: ids.person, identifiedOn: '2023-01-01' },
  ...{ reviewMonths: 6, quantity: null },
})
const action = (ids: Fixture) => ({
  ...{ name, ownerId: ids.person, dueOn: '2023-12-31', cost: null, controlId: ids.control },
})

/** The routes about risks. */
export const riskRows: Readonly<Record<string, Row>> = {
  'GET /api/risk-methods': {},
  'POST /api/risk-methods': { body: () => method },
  'POST /api/risk-methods/start': { body: () => ({}) },
  'GET /api/risk-methods/:id': { names: 'riskMethod' },
  'PUT /api/risk-methods/:id': { names: 'riskMethod', body: () => ({ ...method, version }) },
  'POST /api/risk-methods/:id/approve': { names: 'riskMethod', body: () => ({ version }) },
  'POST /api/risk-methods/:id/withdraw': { names: 'riskMethod', body: () => ({ version, reason }) },
  'GET /api/risks': { query: (ids) => `entity=${ids.entity}` },
  'POST /api/risks': { body: risk },
  'POST /api/risks/change': {
    body: (ids) => ({ items: [{ id: ids.risk, version }], set: { ownerId: ids.person, reviewMonths: 6 } }),
  },
  'GET /api/risks/next-code': {},
  'GET /api/risks/map': { query: (ids) => `from=2023-01-01&entity=${ids.entity}` },
  'GET /api/risks/treatment': { query: (ids) => `state=all&entity=${ids.entity}` },
  'GET /api/risks/:id': { names: 'risk' },
  'PUT /api/risks/:id': { names: 'risk', body: (ids) => ({ ...risk(ids), version, reason }) },
  'GET /api/risks/:id/simulation': { names: 'risk' },
  'POST /api/risks/:id/assess': {
    names: 'risk',
    body: () => ({
      ...{ version, on: '2023-06-01', inherent: value, current: value, residual: value },
      ...{ rationale: reason, exception: null },
    }),
  },
  'POST /api/risks/:id/treat': {
    names: 'risk',
    body: (ids) => ({
      ...{ version, from: '2023-06-01', option: 'modify', why: name, controlIds: [ids.control] },
    }),
  },
  'POST /api/risks/:id/actions': { names: 'risk', body: (ids) => ({ ...action(ids), version }) },
  'PUT /api/risks/:id/actions/:key': {
    ...{ names: 'risk', path: { key: 'a1' } },
    body: (ids) => ({ ...action(ids), version }),
  },
  'POST /api/risks/:id/actions/:key/done': {
    ...{ names: 'risk', path: { key: 'a1' } },
    body: () => ({ version, on: '2023-06-01' }),
  },
  'POST /api/risks/:id/actions/:key/drop': {
    ...{ names: 'risk', path: { key: 'a1' } },
    body: () => ({ version, reason }),
  },
  'POST /api/risks/:id/review': { names: 'risk', body: () => ({ version, note: reason }) },
  'POST /api/risks/:id/close': { names: 'risk', body: () => ({ version, on: '2023-07-01', reason }) },
  'POST /api/risks/:id/reopen': { names: 'risk', body: () => ({ version, reason }) },
  'POST /api/risks/:id/accept': {
    names: 'risk',
    body: () => ({ version, substance: 'a'.repeat(64), note: reason }),
  },
  'POST /api/risk-acceptances/:id/revoke': {
    names: 'riskAcceptance',
    body: () => ({ version, reason }),
  },
}
