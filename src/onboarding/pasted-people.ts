import type { LocalText } from '../kernel/language.ts'
import { folded, namesIn } from './pasted.ts'

export type PersonFate = 'new' | 'there' | 'twice' | 'address' | 'columns'

export type PersonLine = {
  line: number
  email: string
  name: LocalText
  /** The name was made of the address, because the list has none. */
  guessed: boolean
  fate: PersonFate
}

const address = /[^\s<>,;"'、；，()]+@[^\s<>,;"'、；，()]+/
const whole = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/

/** `ken.morita@example.org` is somebody whom others may know as Ken Morita. */
function nameFrom(email: string): string {
  const parts = (email.split('@')[0] ?? '')
    .replace(/\+.*$/, '')
    .split(/[._-]+/)
    .map((part) => part.replace(/\d+$/, ''))
    .filter(Boolean)
  const name = parts.map((part) => part[0]?.toUpperCase() + part.slice(1)).join(' ')
  return name || email
}

/** Several people in one line, as a mail program copies them; a line with one address is one person. */
function peopleOf(line: string): string[] {
  const addresses = line.match(new RegExp(address, 'g')) ?? []
  if (addresses.length < 2) return [line]
  return line
    .split(/[;；]|,(?=[^,]*@)|、(?=[^、]*@)|，(?=[^，]*@)/)
    .map((part) => part.trim())
    .filter(Boolean)
}

/** Reads a list of people: addresses with or without names before, behind or around them. Lines count from 1. */
export function peoplePasted(text: string, existing: readonly { email: string }[]): PersonLine[] {
  const there = new Set(existing.map((one) => one.email.toLowerCase()))
  const seen = new Set<string>()
  const lines = text
    .split(/\r\n|\r|\n/)
    .flatMap((each, index) => peopleOf(each.trim()).map((part) => ({ line: index + 1, part })))
    .filter(({ part }) => part !== '')
  return lines.map(({ line, part }) => {
    const found = address.exec(part)?.[0] ?? ''
    const email = folded(found)
    const cells = part
      .replace(found, '')
      .split(/[\t,;、；，<>()"]+/)
      .map((cell) => cell.trim())
      .filter(Boolean)
    const said = cells.length === 0 ? null : namesIn(cells)
    const fate: PersonFate = !whole.test(email)
      ? 'address'
      : there.has(email)
        ? 'there'
        : seen.has(email)
          ? 'twice'
          : cells.length > 0 && said === null
            ? 'columns'
            : 'new'
    seen.add(email)
    const name = said ?? { en: email ? nameFrom(email) : part }
    return { line, email: email || part, name, guessed: said === null, fate }
  })
}
