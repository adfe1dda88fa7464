import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalize, parseStrict } from '#tlog'
import { objectEnd } from './fsck-canonical.ts'

const whole = (text: string) => {
  const bytes = Buffer.from(text)
  return objectEnd(bytes, 0, bytes.length) === bytes.length
}

/** The truth by a parser and a writer. */
const canonical = (text: string): boolean => {
  try {
    return text.startsWith('{') && canonicalize(parseStrict(text)) === text
  } catch {
    return false
  }
}

describe('canonical JSON at a glance', () => {
  it.each([
    '{}',
    '{"a":1,"b":[true,false,null,-7,0],"c":{"en":"Site \\"quoted\\" \\\\","ja":"拠点"}}',
    '{"":{},"A":[],"a":"","aa":[[],[{}]]}',
  ])('accepts %s', (text) => {
    expect(canonical(text)).toBe(true)
    expect(whole(text)).toBe(true)
  })

  it.each([
    '{"a": 1}',
    '{"b":1,"a":2}',
    '{"a":1,"a":1}',
    '{"ab":1,"a":1}',
    '{"a":01}',
    '{"a":-0}',
    '{"a":1.50}',
    '{"a":1e3}',
    '{"a":"\\u0041"}',
    '{"a":"\\/"}',
    '{"a":"\\q"}',
    '{"a":"b}',
    '{"a":[1,]}',
    '{"a":1,}',
    '{"a":tru}',
    '{"a"}',
    '{"a":1',
    '{"a":1}}',
    '{"a":\u001f"b"}',
    '[{}]',
    '{"a\u001f":1}',
  ])('does not accept %s', (text) => {
    expect(canonical(text)).toBe(false)
    expect(whole(text)).toBe(false)
  })

  it('accepts nothing that a parser and a writer do not, whatever is changed in it', () => {
    const json = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 })
    let accepted = 0
    fc.assert(
      fc.property(
        json,
        fc.nat(),
        fc.constantFrom('', ' ', ',', '"', '0', '{', '}', '\\', '\n'),
        (value, at, by) => {
          const text = canonicalize(JSON.parse(JSON.stringify(value)))
          const changed = text.slice(0, at % text.length) + by + text.slice((at % text.length) + 1)
          if (whole(text)) accepted += 1
          for (const one of [text, changed]) if (whole(one)) expect(canonical(one)).toBe(true)
        },
      ),
      { seed: 20260101, numRuns: 4000 },
    )
    expect(accepted).toBeGreaterThan(1000)
  })
})
