import type { z } from 'zod'
import { parseVerifierKey } from '#tlog'
import { Problem } from '../../kernel/error.ts'
import { type FormerKey, type KnownKey, valuedFrom } from '../../log/server/former-keys.ts'
import { endorsedKeys } from '../../log/succession.ts'
import { checkedBytes } from './check.ts'
import {
  archiveLimits,
  endorsementsName,
  endorsementsSchema,
  fileOf,
  keysName,
  keysSchema,
  type Manifest,
} from './format.ts'
import type { ArchiveSource } from './source.ts'

const wrong = (reason: string) => new Problem('invalid', 'archive.log_wrong', { reason })

async function readJson<T>(
  source: ArchiveSource,
  manifest: Manifest,
  name: string,
  schema: z.ZodType<T>,
): Promise<T> {
  const parts: Uint8Array[] = []
  const file = fileOf(manifest, name)
  if (file.size > archiveLimits.manifest)
    throw new Problem('invalid', 'archive.too_large', { name, limit: archiveLimits.manifest })
  for await (const part of checkedBytes(source, file)) parts.push(part)
  try {
    return schema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')))
  } catch {
    throw wrong(`${name} holds no keys`)
  }
}

function keyOf({ vkey, upTo }: FormerKey, { origin, size }: Manifest): KnownKey {
  let key: KnownKey
  try {
    key = { ...parseVerifierKey(vkey), upTo }
  } catch {
    throw wrong('a verifier key is not one')
  }
  if (key.name !== origin || upTo > size)
    throw wrong(`${vkey} is not a key of ${origin} up to ${size} entries`)
  return key
}

export type ArchivedKeys = {
  former: FormerKey[]
  /** Notes in which a key of the log vouched for the next one; each by keys of the archive. */
  endorsements: string[]
  /** The keys with the sizes for which each counts. */
  keys: KnownKey[]
}

/** The keys of an archive as keys of its log. Throws `archive.log_wrong` where one is of another log, or vouched for by none. */
export async function archivedKeys(source: ArchiveSource, manifest: Manifest): Promise<ArchivedKeys> {
  const former = await readJson(source, manifest, keysName, keysSchema)
  const keys = former.map((one) => keyOf(one, manifest))
  const endorsements = manifest.files.some(({ name }) => name === endorsementsName)
    ? await readJson(source, manifest, endorsementsName, endorsementsSchema)
    : []
  const vouched = await endorsedKeys(keys, endorsements)
  if (vouched.length !== endorsements.length)
    throw wrong(`${endorsementsName} holds a note by no key of the log`)
  return { former, endorsements, keys: valuedFrom(keys, vouched) }
}
