import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entitiesPasted, servicesPasted } from './pasted-names.ts'
import { peoplePasted } from './pasted-people.ts'

const anyText = fc.string({ unit: 'grapheme', maxLength: 300 })

describe('a pasted list of names', () => {
  it('is read from a spreadsheet: both languages, kind and country in any order', () => {
    const text =
      'Example Corporation\t株式会社エグザンプル\tJP\n"Example, Inc."\t\tUS\r\n\n大阪センター\t拠点\tJP'
    expect(entitiesPasted(text, [])).toEqual([
      {
        ...{ line: 1, name: { en: 'Example Corporation', ja: '株式会社エグザンプル' }, country: 'JP' },
        ...{ key: 'example-corporation', kind: 'company', fate: 'new' },
      },
      {
        ...{ line: 2, name: { en: 'Example, Inc.' }, country: 'US' },
        ...{ key: 'example-inc', kind: 'company', fate: 'new' },
      },
      {
        ...{ line: 4, name: { ja: '大阪センター' }, country: 'JP', kind: 'site', fate: 'new' },
        key: expect.stringMatching(/^[a-z0-9-]+$/),
      },
    ])
  })

  it('leaves out what is there, what stands twice and what it cannot read', () => {
    const there = [{ key: 'messenger', name: { en: 'Messenger', ja: 'メッセンジャー' } }]
    const text = `ＭＥＳＳＥＮＧＥＲ\nPay\tsystem\npay\nA\tB\n${'x'.repeat(201)}`
    expect(servicesPasted(text, there).map(({ fate, kind }) => `${fate} ${kind}`)).toEqual([
      ...['there product', 'new system', 'twice product', 'columns product', 'long product'],
    ])
  })

  it('gives every line that is new a key of its own that the register takes, whatever is pasted', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, more) => {
        const first = entitiesPasted(text, [])
        const there = first.filter(({ fate }) => fate === 'new')
        const keys = there.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        for (const key of keys) expect(key).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        for (const key of keys) expect(key.length).toBeLessThanOrEqual(80)
        const again = entitiesPasted(`${text}\n${more}`, there)
        expect(again.filter(({ fate, key }) => fate === 'new' && keys.includes(key))).toEqual([])
        expect(again.slice(0, first.length).filter(({ fate }) => fate === 'new')).toEqual([])
      }),
    )
  })
})

describe('a pasted list of people', () => {
  it('is read as mail programs and spreadsheets write it', () => {
    const text = [
      'Hana Sato <Hana.Sato@example.org>; ken.morita2@example.org',
      '"佐藤 花子" <hanako@example.jp>',
      'yuki@example.org\tYuki Ito\t伊藤 由紀',
      'Mori, ai@example.org',
    ].join('\n')
    const read = peoplePasted(text, [])
    expect(read.map(({ email, name, guessed, fate }) => ({ email, name, guessed, fate }))).toEqual([
      { email: 'hana.sato@example.org', name: { en: 'Hana Sato' }, guessed: false, fate: 'new' },
      { email: 'ken.morita2@example.org', name: { en: 'Ken Morita' }, guessed: true, fate: 'new' },
      { email: 'hanako@example.jp', name: { ja: '佐藤 花子' }, guessed: false, fate: 'new' },
      { email: 'yuki@example.org', name: { en: 'Yuki Ito', ja: '伊藤 由紀' }, guessed: false, fate: 'new' },
      { email: 'ai@example.org', name: { en: 'Mori' }, guessed: false, fate: 'new' },
    ])
  })

  it('invites nobody twice, and nobody without an address', () => {
    const text = 'a@example.org\nA@EXAMPLE.ORG\nKen Morita\nken@nowhere\nb@example.org\tOne\tTwo'
    const fates = peoplePasted(text, [{ email: 'b@example.org' }]).map(({ fate }) => fate)
    expect(fates).toEqual(['new', 'twice', 'address', 'address', 'there'])
    expect(peoplePasted('c@example.org\tOne\tTwo', [])[0]?.fate).toBe('columns')
  })

  it('never fails, and each address is new at most once', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, fc.emailAddress()), { maxLength: 8 }), (parts) => {
        const read = peoplePasted(parts.join('\n'), [])
        const fresh = read.filter(({ fate }) => fate === 'new').map(({ email }) => email)
        expect(new Set(fresh).size).toBe(fresh.length)
        for (const { name } of read) expect((name.en ?? name.ja ?? '').length).toBeGreaterThan(0)
      }),
    )
  })
})
