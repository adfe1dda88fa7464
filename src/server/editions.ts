import { adoptEditions } from '../frameworks/server/commands.ts'
import { logIds } from '../log/server/seal.ts'
import { execute } from './execute.ts'
import type { Runtime } from './runtime.ts'
import { systemCaller } from './system-caller.ts'

/**
 * Logs in each organisation which wording of the shipped editions this version of Assay brings, where it is another
 * one than before. A log that takes no entries is reported and does not keep the application from starting.
 */
export async function adoptAtStart(
  runtime: Runtime,
  log: (line: Record<string, unknown>) => void,
): Promise<void> {
  for (const organisation of await logIds(runtime.database)) {
    try {
      await execute(runtime, systemCaller(organisation), adoptEditions, {})
    } catch (error) {
      log({ level: 'error', event: 'editions_not_adopted', organisation, reason: String(error) })
    }
  }
}
