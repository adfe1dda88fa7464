import { useRead } from '../../web/data.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State, type Tone } from '../../web/ui/State.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { ControlState } from './shapes.ts'

type Answer = {
  units: { entityId: string; serviceId: string | null }[]
  controls: { controlId: string; states: ControlState[] }[]
}

export const controlTones: Record<ControlState, Tone> = {
  effective: 'met',
  'not-assessed': 'unknown',
  failing: 'failing',
  absent: 'none',
}

// The weakest that says something goes first; where there is nothing, nothing can fail.
const order: readonly ControlState[] = ['failing', 'not-assessed', 'effective', 'absent']

export type Standings = { of: (controlId: string) => readonly ControlState[] }

/** How every control stands at the units in view; null until it is known. */
export function useStandings(below: (entityId: string, top: string) => boolean): Standings | null {
  const read = useRead<Answer>('/api/posture/controls')
  const entity = useEntityScope()
  if (!read.data) return null
  const { units, controls } = read.data
  const columns = units.flatMap((unit, at) => (!entity || below(unit.entityId, entity) ? [at] : []))
  const byId = new Map(controls.map((one) => [one.controlId, one.states]))
  return { of: (id) => columns.flatMap((at) => byId.get(id)?.[at] ?? []) }
}

/** The weakest state of a control with the number of places that are in it. */
export function Standing({ states }: { states: readonly ControlState[] }) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const there = states.filter((state): state is ControlState => state !== 'absent')
  const worst = order.find((state) => there.includes(state))
  if (!worst) return <span className="quiet">—</span>
  const count = there.filter((state) => state === worst).length
  return (
    <span className={css.standing}>
      <State tone={controlTones[worst]}>{t.stateOf[worst]}</State>
      {there.length > 1 && count < there.length ? (
        <small className="quiet">{t.weakest(format.number(count), format.number(there.length))}</small>
      ) : null}
    </span>
  )
}
