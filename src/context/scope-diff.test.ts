import { describe, expect, it } from 'vitest'
import { isUnchanged, scopeDiff } from './scope-diff.ts'

const text = (en: string) => ({ en, ja: `${en}（日本語）` })

const first = {
  scope: text('Planning of services'),
  boundaries: null,
  entityIds: ['a', 'b'],
  serviceIds: [],
  interfaces: [{ name: text('Cloud'), with: text('Provider'), description: text('Runs the hosts.') }],
  exclusions: [{ what: text('Office X'), justification: text('Leased to others.') }],
}

describe('the difference between two scope statements', () => {
  it('of one with itself is nothing', () => {
    expect(isUnchanged(scopeDiff(first, first))).toBe(true)
  })

  it('names words, entities and parts that came, went or changed', () => {
    const second = {
      ...first,
      scope: { en: 'Planning and development of services', ja: first.scope.ja },
      entityIds: ['b', 'c'],
      interfaces: [{ ...first.interfaces[0], description: text('Runs the hosts and keeps logs.') }],
      exclusions: [],
    } as typeof first
    const diff = scopeDiff(first, second)
    expect(isUnchanged(diff)).toBe(false)
    expect(diff.scope).toEqual([
      {
        language: 'en',
        stretches: [
          { kind: 'kept', text: 'Planning ' },
          { kind: 'added', text: 'and development ' },
          { kind: 'kept', text: 'of services' },
        ],
      },
    ])
    expect(diff.entities).toEqual({ added: ['c'], removed: ['a'] })
    expect(diff.interfaces).toMatchObject([
      { kind: 'changed', changes: [{ language: 'en' }, { language: 'ja' }] },
    ])
    expect(diff.exclusions).toMatchObject([{ kind: 'removed', name: text('Office X') }])
  })
})
