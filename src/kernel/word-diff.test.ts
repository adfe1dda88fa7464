import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordDiff, wordsOf } from './word-diff.ts'

const side = (stretches: ReturnType<typeof wordDiff>, kind: 'removed' | 'added') =>
  stretches
    .filter((one) => one.kind === 'kept' || one.kind === kind)
    .map((one) => one.text)
    .join('')

describe('a difference of words', () => {
  it('gives back both texts, whatever they are', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 60 })
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const found = wordDiff(before, after)
        expect(side(found, 'removed')).toBe(before)
        expect(side(found, 'added')).toBe(after)
      }),
    )
  })

  it('of a text with itself is nothing, and keeps what is common', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(wordDiff(text, text).every((one) => one.kind === 'kept')).toBe(true)
      }),
    )
    expect(wordDiff('planning and development of services', 'planning, development of web services')).toEqual(
      [
        { kind: 'kept', text: 'planning' },
        { kind: 'removed', text: ' and' },
        { kind: 'added', text: ',' },
        { kind: 'kept', text: ' development of ' },
        { kind: 'added', text: 'web ' },
        { kind: 'kept', text: 'services' },
      ],
    )
  })

  it('cuts Japanese by character and Latin words within it as words', () => {
    expect(wordsOf('LINEの企画')).toEqual(['LINE', 'の', '企', '画'])
    expect(wordDiff('サービスの企画', 'サービスの企画・開発')).toEqual([
      { kind: 'kept', text: 'サービスの企画' },
      { kind: 'added', text: '・開発' },
    ])
  })

  it('of very long texts says that one stands for the other', () => {
    const [before, after] = ['a '.repeat(3000), 'b '.repeat(3000)]
    expect(wordDiff(before, after)).toEqual([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ])
  })
})
