import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { languages } from '../kernel/language.ts'
import { type ReasonParts, reasonWords } from './reason-words.ts'

// From the source, so that a reason added there is asked for its words here even before it is given any.
const source = readFileSync(new URL('./reason.ts', import.meta.url), 'utf8')
const cases = [...source.matchAll(/\{ code: '([a-z.-]+)'; ([^}]*)\}|\{ code: '([a-z.-]+)' \}/g)].map(
  ([, code, fields = '', bare]) => ({ code: code ?? bare ?? '', fields }),
)

const parts: ReasonParts = {
  on: '<on>',
  from: '<from>',
  until: '<until>',
  dueBy: '<dueBy>',
  late: false,
  said: '<said>',
  evidence: '<evidence>',
  check: '<check>',
  asset: '<asset>',
}
const bare: ReasonParts = { ...parts, on: null, from: null, until: null, dueBy: null, said: null }

/** The fields of a reason, as the parts that its words must not leave out. */
const named: readonly [RegExp, string][] = [
  [/\bon: Day/, '<on>'],
  [/\bdueBy: Day/, '<dueBy>'],
  [/\buntil: Day/, '<until>'],
  [/\breason: string/, '<said>'],
  [/\bevidenceId/, '<evidence>'],
  [/\bcheckId/, '<check>'],
  [/\bresourceId/, '<asset>'],
]

describe.each(languages)('the words for reasons in %s', (language) => {
  it('know every reason there is, and no other', () => {
    expect(cases.length).toBeGreaterThan(15)
    expect(Object.keys(reasonWords[language]).sort()).toEqual(cases.map(({ code }) => code).sort())
  })

  it.each(cases)('say what $code knows', ({ code, fields }) => {
    const say = reasonWords[language][code as keyof (typeof reasonWords)['en']]
    const said = say(parts)
    for (const [field, part] of named) if (field.test(fields)) expect(said).toContain(part)
    expect(said).toMatch(/[.。”]$/)
  })

  it.each(cases.filter(({ fields }) => /\| null/.test(fields)))(
    'need nothing that $code may lack',
    ({ code, fields }) => {
      const say = reasonWords[language][code as keyof (typeof reasonWords)['en']]
      const lacking = /until: Day \| null/.test(fields) ? { ...parts, until: null } : { ...parts, said: null }
      expect(say(lacking)).not.toMatch(/null|undefined/)
      expect(say(lacking)).not.toEqual(say(parts))
    },
  )

  it('differ from reason to reason', () => {
    const all = Object.values(reasonWords[language]).map((say) => say(bare))
    expect(new Set(all).size).toBe(all.length)
  })
})
