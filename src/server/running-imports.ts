import { setImmediate } from 'node:timers/promises'
import type { Actor } from '../kernel/actor.ts'
import { Problem } from '../kernel/error.ts'
import { type Id, newId } from '../kernel/id.ts'
import { type Progress, type Standing, watched } from '../kernel/progress.ts'
import type { Random } from '../kernel/random.ts'
import type { Runtime } from './runtime.ts'

/** An import under way. */
export type RunningImport = {
  id: Id
  progress: Progress
  /** Sees to it that nothing is written; false when it is being committed already and cannot be called off any more. */
  callOff(): boolean
  end(): void
}

type Held = { actor: Pick<Actor, 'kind' | 'id' | 'organisationId'>; callOff(): boolean }

// Each holds its file in memory.
const mostOfOrganisation = 3

/** The imports of this process that are under way: each of them can be called off by who began it. */
function registry() {
  const running = new Map<Id, Held>()

  function begin(random: Random, actor: Actor, tell: (standing: Standing) => void): RunningImport {
    const { kind, organisationId } = actor
    const others = [...running.values()].filter((one) => one.actor.organisationId === organisationId)
    if (others.length >= mostOfOrganisation)
      throw new Problem('limited', 'tabular.busy', { limit: mostOfOrganisation, seconds: 10 })
    const id = newId(random)
    let calledOff = false
    let committing = false
    const refuse = () => {
      if (calledOff) throw new Problem('precondition', 'tabular.called_off')
    }
    const progress = watched({
      tell,
      async pause() {
        await setImmediate()
        refuse()
      },
    })
    const callOff = () => {
      if (!committing) calledOff = true
      return calledOff
    }
    running.set(id, { actor: { kind, id: actor.id, organisationId }, callOff })
    return {
      id,
      callOff,
      progress: {
        ...progress,
        async begin(stage, total) {
          await progress.begin(stage, total)
          // From here on without a pause: whoever calls off is told whether it still counted.
          if (stage !== 'committing') return
          refuse()
          committing = true
        },
      },
      end: () => running.delete(id),
    }
  }

  return {
    begin,
    /** Whether it was called off in time; null where this actor has no such import under way. */
    callOff(id: string, actor: Actor): boolean | null {
      const found = running.get(id)
      const own =
        found?.actor.kind === actor.kind &&
        found.actor.id === actor.id &&
        found.actor.organisationId === actor.organisationId
      return own ? found.callOff() : null
    },
  }
}

const registries = new WeakMap<Runtime, ReturnType<typeof registry>>()

/** Those of an installation. */
export function runningImports(runtime: Runtime): ReturnType<typeof registry> {
  const known = registries.get(runtime) ?? registry()
  registries.set(runtime, known)
  return known
}
