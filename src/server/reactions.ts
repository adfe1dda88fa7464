import { run } from '../checks/run.ts'
import { runMatching } from '../checks/server/run-checks.ts'
import type { Context } from '../db/context.ts'
import { evidence } from '../evidence/evidence.ts'

/**
 * What follows from the entries of a command, in its own transaction: it can neither be lost nor happen alone. New
 * evidence with structured data is put before the checks that read that kind, unless the command did so itself.
 */
export async function react(ctx: Context): Promise<void> {
  const asked = new Set(
    ctx.entries.flatMap(({ noun, record }) => (noun === run.noun ? [record.evidenceId] : [])),
  )
  for (const { noun, type, id, record } of [...ctx.entries]) {
    if (noun !== evidence.noun || !['evidence.added', 'evidence.revised'].includes(type)) continue
    // Most have no data, and no check reads them.
    if (record.data !== null && !asked.has(id)) await runMatching(ctx, evidence.schema.parse(record))
  }
}
