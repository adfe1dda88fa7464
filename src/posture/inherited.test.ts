import { describe, expect, it } from 'vitest'
import type { Facts, Implementation } from './facts.ts'
import { createPosture } from './posture.ts'

const group = 'group'
const company = 'company'

const implementation = (inheritable: boolean): Implementation => ({
  id: 'one',
  controlId: 'control',
  entityId: group,
  serviceId: null,
  inheritable,
  stances: [{ from: null, to: null, stance: 'operating', reason: null }],
  frequency: null,
})

const facts = (one: Implementation): Facts => ({
  entities: [
    { id: group, parentId: null, kind: 'company' },
    { id: company, parentId: group, kind: 'company' },
  ],
  services: [{ id: 'service', entityId: group }],
  requirements: [],
  programmes: [],
  decisions: [],
  links: [],
  together: [],
  implementations: [one],
  occurrences: [],
  evidence: [],
  checks: [],
  resources: [],
  results: [],
})

const stateAt = (inheritable: boolean, entityId: string, serviceId: string | null = null) =>
  createPosture(facts(implementation(inheritable))).control('control', { entityId, serviceId }, '2023-07-31')
    .state

describe('an implementation', () => {
  it('that is inheritable holds for the entities below', () => {
    expect(stateAt(true, company)).toBe('not-assessed')
  })

  it('that is not holds for its own entity and the services of it, and not below', () => {
    expect(stateAt(false, group)).toBe('not-assessed')
    expect(stateAt(false, group, 'service')).toBe('not-assessed')
    expect(stateAt(false, company)).toBe('absent')
  })
})
