import type { Change } from './facts.ts'
import type { Store } from './store.ts'

/** What a change has to have looked at again. */
export type Parts = {
  /** Controls whose implementations changed, or what was collected for them. */
  own: readonly string[]
  /** Controls whose checks say something else. */
  checked: readonly string[]
  /** Controls whose checks look at what is elsewhere now, and say of it what they said. */
  seeing: readonly string[]
  resources: readonly string[]
  programmes: readonly string[]
}

/** `mapping`: what controls reach, but no control; `everything`: places moved. */
export type Touched = Parts | 'mapping' | 'everything'

const nothing: Parts = { own: [], checked: [], seeing: [], resources: [], programmes: [] }

const both = <One>({ before, after }: { before: One | null; after: One | null }): One[] =>
  [before, after].filter((one) => one !== null)

/** The controls with a check that ever looked at a resource. */
const controlsSeeing = (store: Store, resourceId: string): string[] =>
  [...store.checks.values()]
    .filter(({ id }) => store.timelines.get(id)?.has(resourceId))
    .map(({ controlId }) => controlId)

export function touchedBy(store: Store, change: Change): Touched {
  switch (change.kind) {
    case 'implementations':
      return { ...nothing, own: both(change).map((one) => one.controlId) }
    case 'evidence':
    case 'occurrences': {
      const slots = both<{ implementationId: string }>(change).map((one) =>
        store.slots.get(one.implementationId),
      )
      return { ...nothing, own: slots.flatMap((slot) => slot?.fact?.controlId ?? []) }
    }
    case 'checks':
      return { ...nothing, checked: both(change).map((one) => one.controlId) }
    case 'results': {
      const checks = both(change).map((one) => store.checks.get(one.checkId))
      return { ...nothing, checked: checks.flatMap((check) => check?.controlId ?? []) }
    }
    case 'resources': {
      const resources = both(change).map(({ id }) => id)
      return { ...nothing, resources, seeing: resources.flatMap((id) => controlsSeeing(store, id)) }
    }
    case 'decisions':
      return { ...nothing, programmes: both(change).map((one) => one.programmeId) }
    case 'entities':
    case 'services':
      return 'everything'
    default:
      return 'mapping'
  }
}

/** A control to which evidence, or a result, belonged only before the change is touched as well. */
export function touchedByBoth(before: Touched, after: Touched): Touched {
  if (typeof before === 'string' || typeof after === 'string') return after
  const union = (part: keyof Parts) => [...new Set([...before[part], ...after[part]])]
  return {
    own: union('own'),
    checked: union('checked'),
    seeing: union('seeing'),
    resources: union('resources'),
    programmes: union('programmes'),
  }
}
