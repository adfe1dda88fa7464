import { describe, expect, it } from 'vitest'
import type { Implementation, Phase } from './implementation.ts'
import { carriedAt, type Place } from './inheritance.ts'

// group > company > site; a product is operated by the company.
const parents = new Map<string, string | null>([
  ['group', null],
  ['company', 'group'],
  ['site', 'company'],
  ['sister', 'group'],
])

const operating: Phase = { from: '2023-01-01', stance: 'operating', reason: null }

const at = (id: string, entityId: string, changed: Partial<Implementation> = {}): Implementation => ({
  id,
  version: 1,
  former: null,
  controlId: 'control',
  entityId,
  serviceId: null,
  inheritable: true,
  ownerId: null,
  description: { en: 'Somehow' },
  frequency: null,
  evidenceDays: 365,
  phases: [operating],
  endedOn: null,
  ...changed,
})

const entity = (entityId: string): Place => ({ entityId, serviceId: null })

function told(all: Implementation[], place: Place, day = '2023-06-01'): string {
  const found = carriedAt(all, parents, place, day)
  if (found.kind === 'none') return 'none'
  if (found.kind === 'inherited') return `inherited ${found.by.id}`
  return `own ${found.by.id}${found.overrides ? ` over ${found.overrides.id}` : ''}`
}

describe('a place', () => {
  it('follows the nearest way above it, and its own before that', () => {
    const all = [at('of group', 'group'), at('of company', 'company')]
    expect(told(all, entity('group'))).toBe('own of group')
    expect(told(all, entity('company'))).toBe('own of company over of group')
    expect(told(all, entity('site'))).toBe('inherited of company')
    expect(told(all, entity('sister'))).toBe('inherited of group')
    expect(told([], entity('site'))).toBe('none')
  })

  it('does not follow what is not passed on, but its service follows the entity that operates it', () => {
    const all = [at('of group', 'group'), at('own only', 'company', { inheritable: false })]
    expect(told(all, entity('site'))).toBe('inherited of group')
    expect(told(all, { entityId: 'company', serviceId: 'product' })).toBe('inherited own only')
  })

  it('that is a service goes its own way in place of its entity', () => {
    const all = [at('of company', 'company'), at('of product', 'company', { serviceId: 'product' })]
    expect(told(all, { entityId: 'company', serviceId: 'product' })).toBe('own of product over of company')
    expect(told(all, entity('company'))).toBe('own of company')
    expect(told(all, entity('site'))).toBe('inherited of company')
    expect(told([at('of group', 'group')], { entityId: 'company', serviceId: 'product' })).toBe(
      'inherited of group',
    )
  })

  it('that is excluded says so itself and no longer inherits', () => {
    const excluded: Phase = { from: '2023-03-01', stance: 'excluded', reason: { en: 'Has no such systems' } }
    const all = [at('of group', 'group'), at('not here', 'company', { phases: [excluded] })]
    // Before its first day it still inherits.
    expect(told(all, entity('company'), '2023-02-28')).toBe('inherited of group')
    const found = carriedAt(all, parents, entity('company'), '2023-03-01')
    expect(found).toMatchObject({ kind: 'own', phase: { stance: 'excluded' } })
    expect(told(all, entity('site'), '2023-03-01')).toBe('inherited not here')
  })

  it('inherits again from the day after its own way ended, and takes up what followed it', () => {
    const ended = at('first', 'company', { endedOn: '2023-03-31' })
    const next = at('second', 'company', { phases: [{ ...operating, from: '2023-05-01' }] })
    const all = [at('of group', 'group'), ended, next]
    expect(told(all, entity('company'), '2023-03-31')).toBe('own first over of group')
    expect(told(all, entity('company'), '2023-04-01')).toBe('inherited of group')
    expect(told(all, entity('company'), '2023-05-01')).toBe('own second over of group')
  })
})
