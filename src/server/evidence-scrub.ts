import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { Digest, ObjectStore } from '../db/objects.ts'
import { reading } from '../db/transaction.ts'
import { Problem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { logIds } from '../log/server/seal.ts'
import { isReferenced, referencedObjects } from './referenced-objects.ts'

type Parts = { database: Database; objects: ObjectStore }

/** Who needs an object: `evidence <id>` and the like. */
export type Needed = ReadonlyMap<Digest, { organisationId: Id; by: string }[]>

/** A file of an item that nobody can read any more, by its names and not only its digest. */
export type Rot = {
  digest: Digest
  what: 'missing' | 'damaged'
  organisationId: Id
  by: string
  /** Where it is evidence. */
  title: string | null
  file: string | null
}

export type ScrubReport = { objects: number; bytes: number; rot: Rot[] }

/** Every object that some record of any organisation needs. */
export async function neededObjects({ database }: Pick<Parts, 'database'>): Promise<Needed> {
  const needed = new Map<Digest, { organisationId: Id; by: string }[]>()
  for (const organisationId of await logIds(database))
    await reading(database, organisationId, async (tx) => {
      for await (const { digest, by } of referencedObjects(tx)) {
        const known = needed.get(digest)
        if (known) known.push({ organisationId, by })
        else needed.set(digest, [{ organisationId, by }])
      }
    })
  return needed
}

/** Reads an object to its end and says how long it is, or what is wrong with it. */
async function examined(objects: ObjectStore, digest: Digest): Promise<number | Rot['what']> {
  try {
    const { size, bytes } = await objects.read(digest)
    for await (const _ of bytes);
    return size
  } catch (error) {
    if (error instanceof Problem && error.code === 'object.damaged') return 'damaged'
    if (error instanceof Problem && error.kind === 'not_found') return 'missing'
    throw error
  }
}

async function nameOf({ database }: Parts, organisationId: Id, by: string, digest: Digest) {
  const [noun, id] = by.split(' ')
  if (noun !== 'evidence') return { title: null, file: null }
  return reading(database, organisationId, async (tx) => {
    const { rows } = await sql<{ title: string; file: string | null }>`
      select title, (select file ->> 'name' from jsonb_array_elements(files) as file
        where file ->> 'digest' = ${digest} limit 1) as file
      from evidence where id = ${id}::uuid`.execute(tx)
    return rows[0] ?? { title: null, file: null }
  })
}

/**
 * Reads every object that a record needs and compares it with its digest: what rots in storage is found before somebody
 * asks for it. `told` hears of each object, for progress. Nothing is changed.
 */
export async function scrub(parts: Parts, told: (done: number, of: number) => void = () => undefined) {
  const needed = await neededObjects(parts)
  const report: ScrubReport = { objects: 0, bytes: 0, rot: [] }
  for (const [digest, users] of needed) {
    const found = await examined(parts.objects, digest)
    report.objects += 1
    told(report.objects, needed.size)
    if (typeof found === 'number') report.bytes += found
    else
      for (const { organisationId, by } of users) {
        // Disposed of since the scrub began: nobody misses it.
        if (!(await reading(parts.database, organisationId, (tx) => isReferenced(tx, digest)))) continue
        report.rot.push({
          digest,
          what: found,
          organisationId,
          by,
          ...(await nameOf(parts, organisationId, by, digest)),
        })
      }
  }
  return report
}
