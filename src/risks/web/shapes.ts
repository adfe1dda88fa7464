import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { DraftState } from '../../people/approval.ts'
import type { RiskAcceptance } from '../acceptance.ts'
import type { CurrencyCost } from '../cost.ts'
import type { RiskMethod, Tone } from '../method.ts'
import type { ValueKind } from '../rating.ts'
import type { Action, Assessment, Risk, RiskValue, Treatment } from '../risk.ts'
import type { AcceptanceState, RiskState } from '../state.ts'

export type Named = { id: string; name: LocalText }
export type Owner = Named & { left: boolean }

export type Rating = { index: number; key: string; name: LocalText; tone: Tone; acceptable: boolean }
export type Ratings = Record<ValueKind, Rating | null>

/** One line of GET /api/risks. */
export type RiskAnswer = Omit<Risk, 'assessments' | 'treatments' | 'actions' | 'reviews'> & {
  state: RiskState
  owner: Owner | null
  needsHandover: boolean
  method: { id: string; number: number } | null
  outdated: boolean
  ratings: Ratings
  assessment: Assessment | null
  treatment: Treatment | null
  acceptance: RiskAcceptance | null
  acceptanceState: AcceptanceState
  reviewDue: Day | null
  progress: { actions: number; done: number; open: number; overdue: number }
  abilities: string[]
}

export type ActionAnswer = Action & {
  owner: Owner | null
  overdue: boolean
  open: boolean
}

/** An action on the page of its risk. */
export type ActionRecord = ActionAnswer & { before: { owner: Named | null; dueOn: Day; to: Day }[] }

/** Somebody, or nobody, for some days. */
export type Owned = { person: Named | null; from: Day | null; to: Day | null }

export type PastAssessment = Assessment & { method: number; person: Named | null; ratings: Ratings }

export type Linked = { id: string; key: string; name: LocalText }

export type AcceptanceAnswer = RiskAcceptance & { state: AcceptanceState; person: Named | null }

/** The answer of GET /api/risks/:id. */
export type RiskRecord = RiskAnswer & {
  owners: Owned[]
  substance: string | null
  history: PastAssessment[]
  treatments: Treatment[]
  actions: ActionRecord[]
  dropped: ActionRecord[]
  reviews: { on: Day; person: Named | null; note: string }[]
  acceptances: AcceptanceAnswer[]
  methods: RiskMethod[]
  assets: (Linked & { endedOn: Day | null })[]
  controls: (Linked & { retiredOn: Day | null })[]
  ended: { noun: 'asset' | 'control'; id: string; key: string; on: Day }[]
  issues: Linked[]
  obligations: Linked[]
}

export type PlanLine = ActionAnswer & {
  risk: {
    id: string
    version: number
    code: string
    name: LocalText
    entityId: string
    option: Treatment['option'] | null
    residual: Rating | null
  }
  abilities: string[]
}

/** The answer of GET /api/risks/treatment. */
export type Plan = {
  items: PlanLine[]
  nextCursor: string | null
  total: number
  costs: CurrencyCost[]
  counts: { open: number; done: number; overdue: number }
}

export type MapPoint = Named & {
  code: string
  entityId: string
  before: RiskValue | null
  now: RiskValue | null
  was: Rating | null
  is: Rating | null
}

/** The answer of GET /api/risks/map. */
export type RiskMap = {
  method: RiskMethod | null
  points: MapPoint[]
  unassessed: number
  otherVersions: { id: string; number: number; risks: number }[]
  groups: { entityId: string; risks: number; index: number | null }[]
}

export type MethodAnswer = RiskMethod & {
  state: DraftState
  inForce: boolean
  unreachable: string[]
  authors: Named[]
  approver: Named | null
  risks: number
  abilities: string[]
}

/** The answer of GET /api/risk-methods. */
export type Methods = { items: MethodAnswer[]; abilities: string[] }
