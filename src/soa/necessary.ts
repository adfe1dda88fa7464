import type { Obligation } from '../context/obligation.ts'
import type { Risk } from '../risks/risk.ts'
import type { Standing } from '../risks/standing.ts'

/** Open risks with the controls that their treatment of the day makes necessary (ISO/IEC 27001 6.1.3 b). */
export const necessaryFor = (risks: readonly { risk: Risk; standing: Standing }[]) =>
  risks.flatMap(({ risk: { id, code, entityId }, standing: { view } }) => {
    if (view.closed !== null) return []
    const chosen = view.treatment?.controlIds ?? []
    const acted = view.actions.flatMap((action) => action.controlId ?? [])
    return [{ id, code, entityId, controlIds: [...new Set([...chosen, ...acted])] }]
  })

/** Obligations that bind some entity of a programme; one that names none binds all. */
export const bindingFor = (
  obligations: readonly Obligation[],
  entityIds: ReadonlySet<string>,
): Obligation[] =>
  obligations.filter((one) => one.entityIds.length === 0 || one.entityIds.some((id) => entityIds.has(id)))
