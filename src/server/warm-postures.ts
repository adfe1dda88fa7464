import { reading } from '../db/transaction.ts'
import type { Id } from '../kernel/id.ts'
import { logIds } from '../log/server/seal.ts'
import { mostHeld } from '../posture/server/current.ts'
import { warmPosture } from '../posture/server/warm.ts'
import { answer } from './execute.ts'
import type { Runtime } from './runtime.ts'
import { systemCaller } from './system-caller.ts'

/** The organisations whose postures take longest to make: as many as are kept, the one with the most entries last. */
async function largest({ database }: Runtime): Promise<Id[]> {
  const sizes = new Map<Id, number>()
  for (const id of await logIds(database))
    sizes.set(id, await reading(database, id, async (_tx, logSize) => logSize ?? 0))
  return [...sizes]
    .sort(([, a], [, b]) => a - b)
    .slice(-mostHeld)
    .map(([id]) => id)
}

/**
 * Reads the postures of the largest organisations after a start, one after another and beside other work, so that
 * nobody's first question waits for it. What goes wrong here is met, and told, by whoever asks.
 */
export async function warmPostures(
  runtime: Runtime,
  log: (line: Record<string, unknown>) => void,
  stopping: AbortSignal,
): Promise<void> {
  try {
    for (const organisation of await largest(runtime)) {
      if (stopping.aborted) return
      await answer(runtime, systemCaller(organisation), warmPosture, {})
    }
  } catch (error) {
    if (!stopping.aborted) log({ level: 'warning', event: 'posture_not_ready', reason: String(error) })
  }
}
