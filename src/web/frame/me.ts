import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import { useReadNow } from '../data.ts'
import { useIsPast } from './times.ts'

/** Who is signed in, and what they may do somewhere: the answer of GET /api/me. */
export type Me = {
  person: { id: string; name: LocalText; email: string } | null
  organisation: { id: string; name: LocalText; timeZone: string }
  today: Day
  demo: boolean
  /** Permissions (`noun.action`) that some grant of this actor allows somewhere. */
  permissions: readonly string[]
  /** For somebody who may do nothing: the owners, whom they can ask. */
  ask: readonly { name: LocalText; email: string }[]
}

export const useMe = () => useReadNow<Me>('/api/me')

/** True when a grant allows the permission somewhere. What it allows on one record, the record's abilities say. */
export function useMay(): (permission: string) => boolean {
  const { data } = useMe()
  return (permission) => data?.permissions.includes(permission) ?? false
}

/** As {@link useMay}, and never in the past. */
export function useMayNow(): (permission: string) => boolean {
  const may = useMay()
  const past = useIsPast()
  return (permission) => !past && may(permission)
}
