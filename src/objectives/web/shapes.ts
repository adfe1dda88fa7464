import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Objective, Target } from '../objective.ts'
import type { Reading } from '../reading.ts'
import type { ObjectiveState } from '../state.ts'

type Named = { id: string; name: LocalText }
export type Keeper = Named & { left: boolean }

export type ObjectiveAnswer = Objective & {
  owner: Keeper | null
  state: ObjectiveState
  value: number | null
  readOn: Day | null
  target: Target | null
  next: Target | null
  readingDue: Day | null
  stale: boolean
  running: 'standing' | 'planned' | 'ended'
  abilities: readonly string[]
}

export type ShownReading = Reading & { reader: Named | null; replacedBy: string | null }

export type ObjectiveRecord = ObjectiveAnswer & {
  readings: readonly ShownReading[]
  measuredBy: Keeper | null
  evaluatedBy: Keeper | null
}
