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

export type ScrubReport = {
  objects: number
  bytes: number
  /** The first {@link mostNamed} findings; where a whole store is gone, a list of everything helps nobody. */
  rot: Rot[]
  /** How many there are beyond those, some of which may have been disposed of meanwhile. */
  unnamed: number
}

const mostNamed = 1000

/** Every object that a record of one organisation needs, with who needs it. */
async function neededBy(database: Database, organisationId: Id): Promise<Map<Digest, string[]>> {
  const needed = new Map<Digest, string[]>()
  await reading(database, organisationId, async (tx) => {
    for await (const { digest, by } of referencedObjects(tx)) {
      const known = needed.get(digest)
      if (known) known.push(by)
      else needed.set(digest, [by])
    }
  })
  return needed
}

/** Every object that some record of any organisation needs. */
export async function neededObjects({ database }: Pick<Parts, 'database'>): Promise<Needed> {
  const needed = new Map<Digest, { organisationId: Id; by: string }[]>()
  for (const organisationId of await logIds(database))
    for (const [digest, users] of await neededBy(database, organisationId)) {
      const all = users.map((by) => ({ organisationId, by }))
      needed.set(digest, [...(needed.get(digest) ?? []), ...all])
    }
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

/** Names who needs an object that rots, unless it was disposed of since the scrub began: nobody misses it then. */
async function report(
  parts: Parts,
  said: ScrubReport,
  found: Omit<Rot, 'by' | 'title' | 'file'>,
  users: string[],
) {
  const { organisationId, digest } = found
  if (said.rot.length >= mostNamed) {
    said.unnamed += users.length
    return
  }
  if (!(await reading(parts.database, organisationId, (tx) => isReferenced(tx, digest)))) return
  for (const by of users)
    if (said.rot.length < mostNamed)
      said.rot.push({ ...found, by, ...(await nameOf(parts, organisationId, by, digest)) })
    else said.unnamed += 1
}

// Half as long as in hexadecimal: an installation has millions.
const short = (digest: Digest): string => Buffer.from(digest, 'hex').toString('latin1')

/**
 * Reads every object that a record needs and compares it with its digest: what rots in storage is found before somebody
 * asks for it. `told` hears of each object, for progress. Nothing is changed. One organisation after another, so that
 * memory holds what one of them needs; an object that several need is read once and reported to each of them.
 */
export async function scrub(parts: Parts, told: (done: number, of: number) => void = () => undefined) {
  const said: ScrubReport = { objects: 0, bytes: 0, rot: [], unnamed: 0 }
  const sound = new Set<string>()
  const rotten = new Map<Digest, Rot['what']>()
  for (const organisationId of await logIds(parts.database)) {
    const needed = await neededBy(parts.database, organisationId)
    let fresh = 0
    for (const digest of needed.keys()) if (!sound.has(short(digest)) && !rotten.has(digest)) fresh += 1
    const of = said.objects + fresh
    for (const [digest, users] of needed) {
      if (sound.has(short(digest))) continue
      const known = rotten.get(digest)
      const found = known ?? (await examined(parts.objects, digest))
      if (known === undefined) {
        said.objects += 1
        told(said.objects, of)
      }
      if (typeof found === 'number') {
        said.bytes += found
        sound.add(short(digest))
      } else {
        rotten.set(digest, found)
        await report(parts, said, { digest, what: found, organisationId }, users)
      }
    }
  }
  return said
}
