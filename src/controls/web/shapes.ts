import type { Relationship } from '../../frameworks/library.ts'
import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Control } from '../control.ts'
import type { Frequency } from '../frequency.ts'
import type { Implementation, Stance } from '../implementation.ts'
import type { LinkChange } from '../library-news.ts'
import type { Occurrence } from '../occurrence.ts'
import type { OccurrenceState } from '../occurrence-state.ts'

export type Named = { id: string; name: LocalText }

/** One line of GET /api/controls. */
export type ControlAnswer = Control & {
  implementations: number
  owner: Named | null
  reviewer: Named | null
  abilities: string[]
}

export type ImplementationAnswer = Implementation & {
  stance: Stance | null
  abilities: string[]
  owner: Named | null
}

export type PlaceAnswer = {
  entityId: string
  serviceId: string | null
  kind: 'own' | 'inherited' | 'none'
  stance: Stance | null
  reason: LocalText | null
  implementationId: string | null
  fromEntityId: string | null
  overridesEntityId: string | null
}

type Reach = {
  relationship: Relationship
  rationale: 'syntactic' | 'semantic' | 'functional'
  why: LocalText
}

export type LinkAnswer = Reach & { requirement: string; title: LocalText; source: 'library' | 'own' }

export type GroupAnswer = {
  requirement: string
  title: LocalText
  controls: { id: string | null; code: string }[]
  why: LocalText
  source: 'library' | 'own'
}

export type EditionLinks = {
  edition: string
  name: LocalText
  links: LinkAnswer[]
  together: GroupAnswer[]
}

export type ControlLinkAnswer = Reach & { id: string; code: string; name: LocalText }

/** The answer of GET /api/controls/:id. */
export type ControlRecord = ControlAnswer & {
  carriedOut: ImplementationAnswer[]
  places: PlaceAnswer[]
  links: { editions: EditionLinks[]; serves: ControlLinkAnswer[]; servedBy: ControlLinkAnswer[] }
  libraryNews: { version: string; changes: LinkChange[] } | null
}

/** One line of GET /api/occurrences. */
export type OccurrenceAnswer = Occurrence & {
  state: OccurrenceState
  hadFailure: boolean
  control: { id: string; code: string; name: LocalText }
  entityId: string
  serviceId: string | null
  owner: Named | null
  people: Named[]
  abilities: string[]
}

export type Task = OccurrenceAnswer & {
  objective: LocalText
  practice: LocalText | null
  description: LocalText
  frequency: Frequency | null
  last: { occurrenceId: string; on: Day; note: string | null; by: Named | null } | null
}

export type Unreviewed = Pick<Control, 'id' | 'version' | 'code' | 'name' | 'objective' | 'practice'> & {
  abilities: string[]
}

/** The answer of GET /api/tasks. */
export type Tasks = {
  day: Day
  person: Named | null
  items: Task[]
  total: number
  unreviewed: Unreviewed[]
}

/** How a control stands at a place, as the posture says. */
export type ControlState = 'absent' | 'failing' | 'not-assessed' | 'effective'
