import { describe, expect, it } from 'vitest'
import { refusalOf } from './reasons.ts'
import { abilities, type EvidenceAnswer } from './shapes.ts'

const me = '00000000-0000-4000-8000-000000000001'

const item = (changed: Partial<EvidenceAnswer>) =>
  ({
    abilities: [],
    collectorId: null,
    addedById: null,
    withdrawn: null,
    disposed: null,
    hold: null,
    retainUntil: null,
    ...changed,
  }) as unknown as EvidenceAnswer

const reader = { personId: me, past: false, replaced: false, may: () => true }

describe('why something cannot be done', () => {
  it('is nothing where the server allows it', () => {
    for (const ability of abilities)
      expect(refusalOf(ability, item({ abilities: [ability] }), reader)).toBeNull()
  })

  it('is the past before everything else', () => {
    const one = item({ abilities: ['accept'] })
    expect(refusalOf('accept', one, { ...reader, past: true })?.key).toBe('past')
  })

  it('is four eyes for who added or collected it, and only for accepting', () => {
    expect(refusalOf('accept', item({ addedById: me }), reader)?.key).toBe('own')
    expect(refusalOf('accept', item({ collectorId: me }), reader)?.key).toBe('own')
    expect(refusalOf('withdraw', item({ collectorId: me }), reader)?.key).toBe('role')
  })

  it('is what happened to the item, and then the role', () => {
    const withdrawn = { on: '2023-05-01', reason: 'x' }
    expect(refusalOf('accept', item({ withdrawn }), reader)).toEqual({ key: 'withdrawn', day: '2023-05-01' })
    expect(refusalOf('retain', item({ withdrawn }), { ...reader, may: () => false })?.key).toBe('role')
    const disposed = { on: '2023-06-01', basis: 'x' }
    expect(refusalOf('hold', item({ disposed }), reader)).toEqual({ key: 'disposed', day: '2023-06-01' })
  })

  it('of disposal is a hold, no end of retention, or its day', () => {
    const hold = { since: '2023-01-02', reason: 'x', personId: me }
    expect(refusalOf('dispose', item({ hold }), reader)).toEqual({ key: 'held', day: '2023-01-02' })
    expect(refusalOf('dispose', item({}), reader)?.key).toBe('retentionOpen')
    expect(refusalOf('dispose', item({ retainUntil: '2030-01-01' }), reader)).toEqual({
      key: 'retained',
      day: '2030-01-01',
    })
  })

  it('of a revision is the newer one', () => {
    const one = item({ abilities: ['revise'] })
    expect(refusalOf('revise', one, { ...reader, replaced: true })?.key).toBe('replaced')
  })
})
