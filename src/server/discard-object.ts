import { sql } from 'kysely'
import type { Digest } from '../db/objects.ts'
import { reading } from '../db/transaction.ts'
import { overlayRecord } from '../frameworks/overlay-record.ts'
import { logIds } from '../log/server/seal.ts'
import { isReferenced } from './referenced-objects.ts'
import type { Runtime } from './runtime.ts'

/**
 * Removes an object that no record of any organisation needs: equal bytes are one object, so what one record gives up
 * may be a document of another. Bytes that are being stored again in this moment may go with it; whoever attaches them
 * is then told that they are not there, and sends them once more.
 */
export async function discardObject(
  runtime: Pick<Runtime, 'database' | 'objects'>,
  digest: Digest,
): Promise<void> {
  for (const organisation of await logIds(runtime.database)) {
    if (await reading(runtime.database, organisation, (tx) => isReferenced(tx, digest))) return
  }
  await runtime.objects.remove(digest)
}

/**
 * Removes the licensed texts that were taken off or replaced and whose bytes are still here, because the process ended
 * between commit and removal. Their digests stay in the log.
 */
export async function discardAtStart(
  runtime: Runtime,
  log: (line: Record<string, unknown>) => void,
): Promise<void> {
  for (const organisation of await logIds(runtime.database)) {
    try {
      const { rows } = await reading(runtime.database, organisation, (tx) =>
        sql<{
          digest: Digest
        }>`select distinct statement::jsonb #>> '{record,digest}' as digest from log_entry
          where organisation_id = ${organisation}::uuid and noun = ${overlayRecord.noun} and statement is not null`.execute(
          tx,
        ),
      )
      for (const { digest } of rows)
        if (await runtime.objects.has(digest)) await discardObject(runtime, digest)
    } catch (error) {
      log({ level: 'error', event: 'objects_not_discarded', organisation, reason: String(error) })
    }
  }
}
