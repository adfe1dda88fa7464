import { describe, expect, it } from 'vitest'
import { Problem } from '../../kernel/error.ts'
import { readYaml, yamlLimit } from './yaml.ts'

/** The code and place of the refusal, or 'read'. */
function refusal(text: string): string {
  try {
    readYaml(text)
    return 'read'
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const [field] = error.fields
    return field ? `${field.code} ${field.params?.line}:${field.params?.column}` : error.code
  }
}

describe('YAML', () => {
  it('keeps texts texts: no Norway problem, no dates, no sexagesimals', () => {
    const text = 'a: yes\nb: no\nc: 2026-01-01\nd: 2023-02-30\ne: 1_000\nf: 1:30\ng: on\nh: 12\ni: true\nj: ~'
    expect(readYaml(text).value).toEqual({
      ...{ a: 'yes', b: 'no', c: '2026-01-01', d: '2023-02-30', e: '1_000', f: '1:30', g: 'on' },
      ...{ h: 12, i: true, j: null },
    })
  })

  it('refuses tags, because a tag is a wish to build something', () => {
    for (const tag of [
      '!!js/function "x"',
      '!!binary aGk=',
      '!!timestamp 2001-01-01',
      '!own x',
      '!!python/object:os x',
    ]) {
      expect(refusal(`a: 1\nb: ${tag}`)).toMatch(/^programme\.(tag|yaml_fault) 2:/)
    }
  })

  it('refuses bombs, circles and floods of aliases, and reads a few', () => {
    const nine = (name: string) => `[${Array(9).fill(`*${name}`).join(', ')}]`
    const names = [...'abcdefghi']
    const bomb = names.map(
      (name, at) => `${name}: &${name} ${at === 0 ? '[lol]' : nine(names[at - 1] ?? '')}`,
    )
    expect(refusal(bomb.join('\n'))).toMatch(/^programme\.too_many_aliases/)
    const short = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...[...'bcde'].map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcd'[at]}`).join(', ')}]`),
    ]
    expect(refusal(short.join('\n'))).toMatch(/^programme\.too_many_aliases/)
    expect(refusal('a: &a [1, *a]')).toMatch(/^programme\.too_many_aliases 1:11/)
    expect(readYaml('a: &name { en: One }\nb: *name').value).toEqual({ a: { en: 'One' }, b: { en: 'One' } })
  })

  it('refuses what can be read in two ways: twin keys, two documents, YAML 1.1, keys that are no texts', () => {
    expect(refusal('a: 1\nb: 2\na: 3')).toBe('programme.key_twice 3:1')
    expect(refusal('a: 1\n---\nb: 2')).toMatch(/^programme\.yaml_fault 2:/)
    expect(refusal('%YAML 1.1\n---\na: yes')).toMatch(/^programme\.yaml_fault/)
    expect(refusal('? [a, b]\n: 1')).toMatch(/^programme\.key_not_text 1:/)
    expect(refusal('a:\n\t- b')).toMatch(/^programme\.yaml_fault 2:/)
    expect(refusal('a: 1\n  b: 2')).toMatch(/^programme\.yaml_fault/)
  })

  it('refuses depth and size before they cost anything', () => {
    expect(refusal('['.repeat(1_000_000))).toMatch(/^programme\.too_deep/)
    expect(refusal('['.repeat(30) + ']'.repeat(30))).toMatch(/^programme\.too_deep 1:/)
    expect(refusal(Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'))).toMatch(
      /^programme\.(too_deep|yaml_fault)/,
    )
    expect(refusal('a: 1\n'.repeat(300_000))).toMatch(/^programme\.too_many_parts/)
    expect(refusal(`a: ${'x'.repeat(yamlLimit)}`)).toBe('input.too_large')
  })

  it('leaves the prototype of everything alone', () => {
    const { value } = readYaml('__proto__: { polluted: 1 }\nconstructor: 2')
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('knows where each part stands', () => {
    const { placeOf } = readYaml('a:\n  - b: 1\n    c: { d: 2 }\n')
    expect(placeOf(['a', 0, 'b'])).toEqual({ line: 2, column: 8 })
    expect(placeOf(['a', 0, 'c', 'd'])).toEqual({ line: 3, column: 13 })
    expect(placeOf(['a', 0, 'absent', 'deeper'])).toEqual({ line: 2, column: 5 })
    expect(placeOf(['nothing'])).toEqual({ line: 1, column: 1 })
  })
})
