import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'

export type Thing = {
  noun: string
  id: Id
  version: number
  part: string
  personId: Id
  code: string
  name: LocalText
  pageOf: Id
  entityIds: Id[]
  mayHand: boolean
}

type Keeper = { id: Id; name: LocalText; left: boolean }

export type Handovers = {
  people: { person: Keeper; count: number; byNoun: Record<string, number> }[]
  items: Thing[]
  total: number
}

export const keyOf = ({ noun, id, part }: Thing): string => `${noun} ${id} ${part}`

/** The page on which a thing is seen. */
export function addressOf({ noun, pageOf, part, personId }: Thing): {
  to: string
  search: Record<string, string>
} {
  const page = (to: string, search: Record<string, string> = {}) => ({ to, search })
  const inContext = (tab: string) => page('/app/context', { tab, open: pageOf })
  switch (noun) {
    case 'programme':
      return page(`/app/programmes/${pageOf}`)
    case 'control':
      return page(`/app/controls/${pageOf}`)
    case 'implementation':
      return page(`/app/controls/${pageOf}`, { tab: 'where' })
    case 'risk':
      return page(`/app/risks/${pageOf}`, part === 'owner' ? {} : { tab: 'treatment' })
    case 'check':
      return page(`/app/checks/${pageOf}`)
    case 'arrangement':
      return page('/app/calendar', { view: 'list', person: personId })
    case 'objective':
      return page(`/app/objectives/${pageOf}`)
    case 'interested-party':
      return inContext('parties')
    case 'context-issue':
      return inContext('issues')
    case 'obligation':
      return inContext('obligations')
    case 'isms-role':
      return inContext('roles')
    default:
      return page(`/app/assets/${pageOf}`)
  }
}
