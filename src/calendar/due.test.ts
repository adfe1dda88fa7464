import { describe, expect, it } from 'vitest'
import { digestMail, isEmptyDigest } from './digest.ts'
import { dueStateOn, isEscalatedOn, isHiddenFrom, isSnoozedOn } from './due.ts'
import { folded, icsOf, textValue } from './ics.ts'
import { monthAfter, weeksOf } from './web/month-days.ts'

const one = { dueOn: '2024-03-01', leadDays: 14 }

describe('a due thing', () => {
  it('asks for attention from its lead time, and is overdue only after its day', () => {
    expect(dueStateOn(one, '2024-02-15')).toBe('upcoming')
    // 2024 is a leap year: 14 days before 1 March is 16 February.
    expect(dueStateOn(one, '2024-02-16')).toBe('due-soon')
    expect(dueStateOn(one, '2024-03-01')).toBe('due-soon')
    expect(dueStateOn(one, '2024-03-02')).toBe('overdue')
    expect(dueStateOn({ ...one, leadDays: 0 }, '2024-02-29')).toBe('upcoming')
    expect(dueStateOn({ ...one, leadDays: 0 }, '2024-03-01')).toBe('due-soon')
  })

  it('escalates on the day that the organisation chose', () => {
    expect(isEscalatedOn(one, 7, '2024-03-07')).toBe(false)
    expect(isEscalatedOn(one, 7, '2024-03-08')).toBe(true)
  })

  it('that is snoozed is hidden from who is to do it through the last day, and from no manager', () => {
    const snoozed = { snoozedUntil: '2024-03-10', personId: 'hana' }
    expect(isSnoozedOn(snoozed, '2024-03-10')).toBe(true)
    expect(isSnoozedOn(snoozed, '2024-03-11')).toBe(false)
    const seen = (personId: string | null, manages: boolean) =>
      isHiddenFrom(snoozed, { personId, manages }, '2024-03-10')
    expect([seen('hana', false), seen('hana', true), seen('ren', false), seen(null, false)]).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(
      isHiddenFrom({ ...snoozed, personId: null }, { personId: null, manages: false }, '2024-03-10'),
    ).toBe(false)
  })
})

describe('a calendar file', () => {
  it('folds at 75 octets and cuts no character', () => {
    for (const character of ['a', 'é', 'あ', '𠮷']) {
      const line = `SUMMARY:${character.repeat(200)}`
      const parts = folded(line).split('\r\n')
      for (const part of parts) expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(75)
      expect(parts.map((part, index) => (index === 0 ? part : part.slice(1))).join('')).toBe(line)
    }
    expect(folded('a'.repeat(75))).toBe('a'.repeat(75))
    expect(folded('a'.repeat(76))).toBe(`${'a'.repeat(75)}\r\n a`)
  })

  it('holds no text that ends its line', () => {
    expect(textValue('a\r\nEND:VEVENT\rb\nc;d,e\\f\u0000\u001b')).toBe('a\\nEND:VEVENT\\nb\\nc\\;d\\,e\\\\f')
    const file = icsOf({
      name: 'x\r\nMETHOD:REQUEST',
      language: 'en',
      at: '2024-02-28T23:59:59.000Z',
      entries: [
        { uid: 'u', day: '2024-02-29', summary: 's', description: 'd', category: 'c', url: 'https://e.org/' },
      ],
    })
    expect(file).not.toMatch(/\r\nMETHOD:REQUEST/)
    expect(file).toContain('\r\nDTSTAMP:20240228T235959Z\r\n')
    expect(file).toContain('\r\nDTSTART;VALUE=DATE:20240229\r\nDTEND;VALUE=DATE:20240301\r\n')
  })
})

describe('a month', () => {
  it('is whole weeks from Monday', () => {
    expect(weeksOf('2021-02').length).toBe(4)
    expect(weeksOf('2023-07')[0]?.[0]).toBe('2023-06-26')
    expect(weeksOf('2023-07').at(-1)?.at(-1)).toBe('2023-08-06')
    expect(weeksOf('2024-09')[0]?.[0]).toBe('2024-08-26')
    expect([monthAfter('2023-12', 1), monthAfter('2024-01', -1)]).toEqual(['2024-01', '2023-12'])
  })
})

describe('the mail of a day', () => {
  const base = {
    day: '2024-03-01',
    language: 'ja' as const,
    organisation: { en: 'Example' },
    name: { ja: '山田' },
    url: 'https://e.org/?a=1&b="2"',
    overdue: [],
    dueSoon: [],
    escalated: [],
  }
  const told = {
    title: { en: 'A <script>\nB' },
    dueOn: '2024-02-01',
    state: 'overdue' as const,
    person: null,
  }

  it('is not written when nothing is due', () => {
    expect(isEmptyDigest(base)).toBe(true)
    expect(isEmptyDigest({ ...base, escalated: [told] })).toBe(false)
  })

  it('counts what it does not list, and lets no title become markup or a line', () => {
    const { subject, text, html } = digestMail({ ...base, overdue: Array.from({ length: 31 }, () => told) })
    expect(subject).toBe('Assay: 期限超過 31 件')
    expect(text.split('\n').filter((line) => line.startsWith('- ')).length).toBe(30)
    expect(text).toContain('- A <script> B – 期限 2024-02-01\n')
    expect(text).toContain('ほか 1 件')
    expect(html).not.toContain('<script>')
    expect(html).toContain('href="https://e.org/?a=1&#38;b=&#34;2&#34;"')
  })
})
