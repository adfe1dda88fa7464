import { describe, expect, it } from 'vitest'
import { TlogError } from '#tlog'
import { verifyProblems, verifyWords } from '../cli/verify-problems.ts'
import { type ReasonCode, ReasonError, reasonOf, reasonText, reasonTexts, type Texts } from './reason.ts'
import type { Claim, ClaimCode, Verdict } from './verify.ts'
import { claimTexts, verdictLines } from './verify-text.ts'

const holesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

// What is spelled in Latin letters in Japanese too: names of formats, files and options.
const latin = /SHA-256|ZIP|MiB|manifest\.json|--key|--lang|\ben\b|\bja\b/g
const latinWords = (text: string) => text.replaceAll(latin, '').match(/[A-Za-z]{2,}/g) ?? []

const claimWords = Object.entries(claimTexts).flatMap(([code, { what, not }]): [string, Texts][] => [
  [code, what],
  [`${code} does not show`, not],
])

describe.each<[string, Texts]>([
  ...Object.entries(reasonTexts),
  ...Object.entries(verifyProblems),
  ...claimWords,
])('the words for %s', (_, texts) => {
  it('are there in both languages, with the same parameters', () => {
    expect(holesOf(texts.ja)).toEqual(holesOf(texts.en))
    expect(texts.en).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/)
    expect(texts.ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/)
    expect(latinWords(texts.ja.replaceAll(/\{\w+\}/g, ''))).toEqual([])
  })
})

const params = {
  index: 1,
  size: 2,
  from: 1,
  to: 2,
  count: 1,
  name: '１',
  digest: '2',
  key: '3',
  pinned: '4',
  host: '5',
}

const verdictOf = (claims: Claim[], level: Verdict['level']): Verdict => ({
  sound: level > 0,
  level,
  origin: '6',
  size: 2,
  claims,
  said: [],
  pin: null,
})

describe('a whole verdict', () => {
  const codes = Object.keys(claimTexts) as ClaimCode[]
  const reasons = Object.keys(reasonTexts) as ReasonCode[]
  const claims = (['holds', 'fails', 'open'] as const).flatMap((status) =>
    codes.map((code): Claim => ({ rule: 'R9', code, status, params })),
  )
  const failing = reasons.map(
    (code): Claim => ({
      rule: 'R9',
      code: 'opens',
      status: 'fails',
      params,
      reason: { code, params: { where: '7', member: '8', name: '9', path: '10' }, detail: 'English detail' },
    }),
  )

  it.each([0, 1, 2, 3] as const)('at level %i has no English in its Japanese', (level) => {
    const lines = verdictLines(verdictOf([...claims, ...failing], level), 'ja')
    expect(lines.flatMap(latinWords)).toEqual([])
    expect(lines.join('\n')).not.toContain('{')
  })

  it('says in which role an edition was published, in the reader’s language', () => {
    const said = { index: 1, type: 'publication.published', recordedAt: '', actor: 'manager', command: 'x' }
    const verdict = { ...verdictOf([], 1), said: [said] }
    expect(verdictLines(verdict, 'ja')[1]).toContain('管理者')
    expect(verdictLines(verdict, 'en')[1]).toContain('manager')
  })
})

describe('the reason of an error', () => {
  it('is its own where it has one, the kind of the log library’s, or that it was unexpected', () => {
    expect(reasonOf(new ReasonError('file_missing', { name: 'a' }))).toEqual({
      code: 'file_missing',
      params: { name: 'a' },
      detail: 'the bundle has no a',
    })
    for (const code of [
      'malformed',
      'mismatch',
      'bad_signature',
      'untrusted',
      'unsupported',
      'range',
    ] as const)
      expect(reasonOf(new TlogError(code, 'said exactly'))).toMatchObject({
        code: `tlog_${code}`,
        detail: 'said exactly',
      })
    expect(reasonOf(new Error('odd')).code).toBe('unexpected')
  })

  it('cannot move the cursor of a terminal', () => {
    const reason = reasonOf(new ReasonError('zip_damaged', { name: 'a\u001b[31m' }))
    expect(reasonText(reason, 'ja')).toBe('a?[31m が壊れています')
    expect(verifyWords('not_a_file', { path: '\u001b]' }, 'en')).toBe('?] is not a file')
  })
})
