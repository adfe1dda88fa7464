import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { IsmsRole } from '../isms-role.ts'
import type { Issue } from '../issue.ts'
import type { Obligation } from '../obligation.ts'
import type { Party } from '../party.ts'
import type { Drift, ScopeState } from '../scope-state.ts'
import type { ScopeStatement } from '../scope-statement.ts'

export type Named = { id: string; name: LocalText }
export type Keeper = Named & { left: boolean }

export type KeptStanding = 'standing' | 'planned' | 'ended'

/** What the API says of an entry on the day asked about. */
export type KeptAnswer = {
  owner: Keeper | null
  standing: KeptStanding
  reviewedOn: Day | null
  reviewDue: Day | null
  abilities: readonly string[]
}

export type PartyAnswer = Party & KeptAnswer
export type IssueAnswer = Issue & KeptAnswer
export type ObligationAnswer = Obligation & KeptAnswer & { party: Named | null }

export type ContextAnswer = {
  climate: readonly Pick<Issue, 'id' | 'name' | 'relevant' | 'effect' | 'from'>[]
  abilities: readonly string[]
}

type ProgrammeName = { id: string; key: string; name: LocalText; edition: string }

export type ScopeLine = {
  programme: ProgrammeName
  editionName: LocalText
  running: boolean
  inForce: { id: string; number: number; effectiveFrom: Day } | null
  openDraft: { id: string; number: number } | null
  drifted: boolean
}

export type ScopeVersion = ScopeStatement & {
  state: ScopeState
  authors: readonly Named[]
  approver: Keeper | null
  abilities: readonly string[]
}

export type ScopeAnswer = {
  programme: ProgrammeName
  running: boolean
  versions: readonly ScopeVersion[]
  inForceId: string | null
  drift: Drift | null
  proposal: { entityIds: string[]; serviceIds: string[] }
  abilities: readonly string[]
}

export type RoleAnswer = IsmsRole & {
  holding: readonly { person: Keeper | null; deputy: Keeper | null; since: Day | null }[]
  people: readonly Keeper[]
  standing: boolean
  gap: 'vacant' | 'left' | null
  abilities: readonly string[]
}

export type RolesAnswer = {
  items: readonly RoleAnswer[]
  unassigned: readonly string[]
  abilities: readonly string[]
}
