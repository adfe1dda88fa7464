import type { Day } from '../kernel/day.ts'
import { inLanguage, type Language, type LocalText } from '../kernel/language.ts'
import type { DueState } from './due.ts'

type Told = { title: LocalText; dueOn: Day; state: DueState; person: { name: LocalText } | null }

export type Digest = {
  day: Day
  language: Language
  organisation: LocalText
  name: LocalText
  /** Where the reader goes on: the calendar of the application. */
  url: string
  overdue: readonly Told[]
  dueSoon: readonly Told[]
  /** What others have left overdue, told to those who manage. */
  escalated: readonly Told[]
}

/** Lines of one part: more are counted and not listed, so that a mail stays a mail. */
const mostLines = 30

const words = {
  en: {
    overdue: 'Overdue',
    dueSoon: 'Due soon',
    escalated: 'Overdue for long, of others',
    hello: (name: string) => `Hello ${name},`,
    intro: (organisation: string) => `this is what waits for you at ${organisation}.`,
    due: (day: Day) => `due ${day}`,
    more: (count: number) => `and ${count} more`,
    go: 'Open the calendar',
    why: 'You get one mail on days on which something is due. You can turn it off in the calendar.',
    nobody: 'nobody',
    subject: (overdue: number, soon: number, escalated: number) =>
      [
        ...(overdue > 0 ? [`${overdue} overdue`] : []),
        ...(soon > 0 ? [`${soon} due soon`] : []),
        ...(escalated > 0 ? [`${escalated} escalated`] : []),
      ].join(', '),
  },
  ja: {
    overdue: '期限超過',
    dueSoon: '期限間近',
    escalated: '他の担当者の長期超過',
    hello: (name: string) => `${name} 様`,
    intro: (organisation: string) => `${organisation} で対応をお待ちしている項目です。`,
    due: (day: Day) => `期限 ${day}`,
    more: (count: number) => `ほか ${count} 件`,
    go: 'カレンダーを開く',
    why: '期限のある日に1日1通だけお送りしています。カレンダー画面で停止できます。',
    nobody: '担当者なし',
    subject: (overdue: number, soon: number, escalated: number) =>
      [
        ...(overdue > 0 ? [`期限超過 ${overdue} 件`] : []),
        ...(soon > 0 ? [`期限間近 ${soon} 件`] : []),
        ...(escalated > 0 ? [`要対応 ${escalated} 件`] : []),
      ].join('、'),
  },
} as const

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A mail says nothing when nothing is due. */
export const isEmptyDigest = ({ overdue, dueSoon, escalated }: Digest): boolean =>
  overdue.length + dueSoon.length + escalated.length === 0

type Part = { title: string; lines: string[]; more: string | null }

function partsOf(digest: Digest): Part[] {
  const { language } = digest
  const say = words[language]
  const part = (title: string, all: readonly Told[], others: boolean): Part[] =>
    all.length === 0
      ? []
      : [
          {
            title: `${title} (${all.length})`,
            lines: all.slice(0, mostLines).map((one) => {
              const whose = one.person ? inLanguage(one.person.name, language) : say.nobody
              return `${inLanguage(one.title, language)} – ${say.due(one.dueOn)}${others ? ` – ${whose}` : ''}`
            }),
            more: all.length > mostLines ? say.more(all.length - mostLines) : null,
          },
        ]
  return [
    ...part(say.overdue, digest.overdue, false),
    ...part(say.dueSoon, digest.dueSoon, false),
    ...part(say.escalated, digest.escalated, true),
  ]
}

// A title may hold a tab or a line break where its noun allows them; a line of a mail holds neither.
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** The day's mail: subject, plain text and plain HTML that say the same, nothing to load and nothing that counts readers. */
export function digestMail(digest: Digest): { subject: string; text: string; html: string } {
  const { language, organisation, name, url } = digest
  const say = words[language]
  const parts = partsOf(digest).map((part) => ({ ...part, lines: part.lines.map(oneLine) }))
  const hello = oneLine(say.hello(inLanguage(name, language)))
  const intro = oneLine(say.intro(inLanguage(organisation, language)))
  const text = [
    hello,
    '',
    intro,
    ...parts.flatMap(({ title, lines, more }) => [
      '',
      title,
      ...lines.map((line) => `- ${line}`),
      ...(more ? [`  ${more}`] : []),
    ]),
    '',
    `${say.go}: ${url}`,
    '',
    say.why,
    '',
  ].join('\n')
  const list = parts
    .map(
      ({ title, lines, more }) =>
        `<h2 style="font-size:15px">${escaped(title)}</h2><ul>${lines
          .map((line) => `<li>${escaped(line)}</li>`)
          .join('')}</ul>${more ? `<p>${escaped(more)}</p>` : ''}`,
    )
    .join('')
  const html = `<!doctype html><html lang="${language}"><meta charset="utf-8"><body style="font:14px/1.5 sans-serif;color:#1d1d1f">
<p>${escaped(hello)}</p><p>${escaped(intro)}</p>${list}
<p><a href="${escaped(url)}">${escaped(say.go)}</a></p><p style="color:#666">${escaped(say.why)}</p></body></html>
`
  const subject = `Assay: ${say.subject(digest.overdue.length, digest.dueSoon.length, digest.escalated.length)}`
  return { subject, text, html }
}
