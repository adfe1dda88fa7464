import { z } from 'zod'
import type { Context } from '../db/context.ts'
import type { Digest } from '../db/objects.ts'
import { reading } from '../db/transaction.ts'
import type { Command } from '../kernel/command.ts'
import { type Id, idSchema } from '../kernel/id.ts'
import { logIds } from '../log/server/seal.ts'
import { discardObject } from './discard-object.ts'
import { neededObjects } from './evidence-scrub.ts'
import { execute } from './execute.ts'
import type { Runtime } from './runtime.ts'
import { systemCaller } from './system-caller.ts'

type Parts = Pick<Runtime, 'database' | 'objects' | 'clock'>

const day = 86_400_000

export type Reconciled = {
  objects: number
  /** Objects that are older than a day and that no record and no waiting file needs. */
  orphans: Digest[]
  /** Objects that a record needs and that are not there, with who needs them. */
  missing: { digest: Digest; by: string }[]
  /** Bytes that arrive under no upload. */
  strays: string[]
  removed: number
}

/** Objects that wait for their item or for a programme that names them. */
async function awaitedObjects({ database }: Parts): Promise<{ digests: Set<Digest>; arrivals: Set<string> }> {
  const digests = new Set<Digest>()
  const arrivals = new Set<string>()
  for (const organisationId of await logIds(database))
    await reading(database, organisationId, async (tx) => {
      const waiting = await tx.selectFrom('evidenceUpload').select(['id', 'digest', 'state']).execute()
      for (const { id, digest, state } of waiting) {
        if (digest !== null) digests.add(digest)
        if (state === 'receiving') arrivals.add(id)
      }
      for (const { digest } of await tx.selectFrom('programmeFile').select('digest').execute())
        digests.add(digest)
    })
  return { digests, arrivals }
}

/**
 * Compares the object store with the records: no object of more than a day is without somebody who needs it, and none
 * that is needed is missing. With `remove`, orphans and stray bytes go; younger ones may be on their way into a record.
 */
export async function reconcile(runtime: Parts, { remove }: { remove: boolean }): Promise<Reconciled> {
  const { objects, clock } = runtime
  // The store first: what comes to be afterwards is not in the list, and what it cites by then is found below.
  const stored: Digest[] = []
  for await (const digest of objects.list()) stored.push(digest)
  const arriving: string[] = []
  for await (const id of objects.incoming.list()) arriving.push(id)
  const needed = await neededObjects(runtime)
  const awaited = await awaitedObjects(runtime)
  const young = clock.now().getTime() - day
  const report: Reconciled = { objects: stored.length, orphans: [], missing: [], strays: [], removed: 0 }
  for (const digest of stored) {
    if (needed.has(digest) || awaited.digests.has(digest)) continue
    const at = await objects.storedAt(digest)
    if (at !== null && at.getTime() < young) report.orphans.push(digest)
  }
  for (const [digest, users] of needed)
    if (!(await objects.has(digest))) for (const { by } of users) report.missing.push({ digest, by })
  report.strays = arriving.filter((id) => !awaited.arrivals.has(id))
  if (remove) {
    for (const digest of report.orphans) await discardObject(runtime, digest)
    for (const id of report.strays) await objects.incoming.discard(id)
    report.removed = report.orphans.length + report.strays.length
  }
  return report
}

type Ended = { uploads: number; arrivals: Id[] }

/**
 * Ends the uploads of one organisation that have expired. Files that only wait to become evidence are in no log
 * (docs/spec/upload.md), so their end is in none either.
 */
export const expireEvidenceUploads: Command<Context, Record<string, never>, Ended> = {
  kind: 'command',
  noun: 'evidence',
  action: 'expire',
  input: z.strictObject({}),
  output: z.strictObject({ uploads: z.int().min(0), arrivals: z.array(idSchema) }),
  scope: () => 'organisation',
  async run(ctx) {
    const gone = await ctx.tx
      .deleteFrom('evidenceUpload')
      .where('expiresAt', '<=', ctx.clock.now().toISOString())
      .returning(['id', 'digest'])
      .execute()
    for (const { digest } of gone) if (digest !== null) ctx.discard(digest)
    return { uploads: gone.length, arrivals: gone.flatMap(({ id, digest }) => (digest === null ? [id] : [])) }
  },
}

/**
 * Ends what has expired in every organisation: uploads that never came to their end, and files that became no evidence.
 * Returns how many. What a crash leaves between the two steps is an orphan, which {@link reconcile} finds.
 */
export async function expireUploads(runtime: Runtime): Promise<number> {
  let ended = 0
  for (const organisationId of await logIds(runtime.database)) {
    const gone = await execute(runtime, systemCaller(organisationId), expireEvidenceUploads, {})
    for (const id of gone.arrivals) await runtime.objects.incoming.discard(id)
    ended += gone.uploads
  }
  return ended
}
