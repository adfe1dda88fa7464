import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Severity } from '../breaks.ts'
import type { ReasonCode } from '../reason.ts'
import type { Relationship } from '../relationship.ts'
import type { ControlState, Level, RequirementState } from '../state.ts'

export type Totals = Record<RequirementState, number> & { applicable: number }

export type UnitName = { entityId: string; serviceId: string | null; name: LocalText }

/** One line of GET /api/posture. */
export type ProgrammeRow = {
  programmeId: string
  name: LocalText
  edition: string
  editionName: LocalText
  totals: Totals
  units: (UnitName & { totals: Totals })[]
  nextAudit: Day | null
}

export type OverviewAnswer = { day: Day; programmes: ProgrammeRow[] }

export type Verdict = { state: RequirementState; coverage: Level; assurance: Level }

export type RequirementRow = Verdict & {
  requirement: string
  edition: string
  title: LocalText
  parent: string | null
  units: Verdict[]
}

/** The answer of GET /api/posture/programmes/:id. */
export type ProgrammePosture = {
  day: Day
  totals: Totals
  units: UnitName[]
  requirements: RequirementRow[]
}

export type TrendPoint = { day: Day; totals: Totals }

export type Named = { id: string; name: LocalText }

export type ReasonAnswer = {
  code: ReasonCode
  days: { on: Day | null; from: Day | null; until: Day | null; dueBy: Day | null }
  late: boolean
  said: LocalText | null
  evidence: { id: string; title: string } | null
  occurrence: string | null
  check: Named | null
  asset: Named | null
}

export type ControlRef = { id: string; code: string; name: LocalText; reviewed: boolean }

export type Reaching = {
  control: ControlRef
  state: ControlState
  relationship: Relationship
  path: { relationship: Relationship; to: string; why: LocalText | null }[]
  implementationId: string | null
  owner: Named | null
  inherited: boolean
  inheritedFrom: UnitName | null
  reasons: ReasonAnswer[]
}

export type Together = {
  state: ControlState
  members: { control: ControlRef; state: ControlState }[]
  why: LocalText | null
}

export type UnitAnswer = Verdict & {
  unit: UnitName
  notApplicable: LocalText | null
  controls: Reaching[]
  together: Together[]
}

/** The answer of GET /api/posture/programmes/:id/requirements/:requirement. */
export type RequirementAnswer = Verdict & {
  programmeId: string
  day: Day
  requirement: string
  edition: string
  title: LocalText
  units: UnitAnswer[]
}

/** One line of GET /api/posture/breaks. */
export type BreakAnswer = {
  control: ControlRef
  unit: UnitName
  severity: Severity
  breaksOn: Day
  requirements: number
  programmes: Named[]
  nextAudit: Day | null
  owner: Named | null
  implementationId: string | null
  reasons: ReasonAnswer[]
}

/** The answer of GET /api/posture/controls/:id/effectiveness. */
export type EffectivenessAnswer = {
  spans: { from: Day; to: Day; state: ControlState }[]
  gaps: { from: Day; to: Day; days: number }[]
}

export const unitKey = (unit: Pick<UnitName, 'entityId' | 'serviceId'>): string =>
  unit.serviceId ?? unit.entityId
