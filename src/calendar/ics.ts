import type { Instant } from '../kernel/clock.ts'
import { addDays, type Day } from '../kernel/day.ts'
import type { Language } from '../kernel/language.ts'

/** An entry of a calendar: a whole day, whoever looks and in whatever zone. */
export type CalendarEntry = {
  /** Stable over time and unlike any other in the world (RFC 5545, 3.8.4.7; RFC 7986, 5.3). */
  uid: string
  day: Day
  summary: string
  description: string
  category: string
  url: string
}

export type CalendarFile = {
  name: string
  language: Language
  at: Instant
  entries: readonly CalendarEntry[]
}

const widest = 75

/** Lines are at most 75 octets; a longer one goes on after a line break and a space, and no character is cut (3.1). */
export function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const size = utf8Size(character)
    if (octets + size > widest) {
      parts.push(part)
      part = ' '
      octets = 1
    }
    part += character
    octets += size
  }
  return [...parts, part].join('\r\n')
}

function utf8Size(character: string): number {
  const point = character.codePointAt(0) ?? 0
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
}

// What RFC 5545 leaves out of a text: controls other than a line break, which is written as a backslash and n.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g

/** A TEXT value (3.3.11): nothing in it can end the line and begin another property. */
export const textValue = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(controls, '')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')

const dateValue = (day: Day) => day.replaceAll('-', '')

const instantValue = (at: Instant) => `${at.slice(0, 19).replace(/[-:]/g, '')}Z`

const eventLines = (one: CalendarEntry, { at, language }: CalendarFile): string[] => [
  'BEGIN:VEVENT',
  `UID:${textValue(one.uid)}`,
  `DTSTAMP:${instantValue(at)}`,
  `DTSTART;VALUE=DATE:${dateValue(one.day)}`,
  `DTEND;VALUE=DATE:${dateValue(addDays(one.day, 1))}`,
  `SUMMARY;LANGUAGE=${language}:${textValue(one.summary)}`,
  `DESCRIPTION;LANGUAGE=${language}:${textValue(one.description)}`,
  `CATEGORIES;LANGUAGE=${language}:${textValue(one.category)}`,
  `URL:${one.url}`,
  // Something to do is no time that is taken.
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
]

/** A calendar as a file (RFC 5545) of whole days. */
export function icsOf(file: CalendarFile): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Assay//Assay calendar//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME;LANGUAGE=${file.language}:${textValue(file.name)}`,
    `X-WR-CALNAME:${textValue(file.name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT4H',
    'X-PUBLISHED-TTL:PT4H',
    ...file.entries.flatMap((one) => eventLines(one, file)),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
