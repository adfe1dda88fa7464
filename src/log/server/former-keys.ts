import { join } from 'node:path'
import {
  type Checkpoint,
  equalBytes,
  formatVerifierKey,
  openCheckpoint,
  parseStrict,
  parseVerifierKey,
  TlogError,
  type VerifierKey,
} from '#tlog'
import type { Id } from '../../kernel/id.ts'
import type { EndorsedKey } from '../succession.ts'
import { readIfPresent, replaceFile } from './store.ts'

/** A key that may have signed a log: checkpoints of `from` to `upTo` entries; without either, of any size. */
export type KnownKey = VerifierKey & { readonly from?: number; readonly upTo?: number }

/** Text form of a key that signed the log before it was imported here; it signed nothing beyond `upTo` entries. */
export type FormerKey = { vkey: string; upTo: number }

const path = (directory: string, organisationId: Id) =>
  join(directory, 'keys', `log-${organisationId}.former`)

/** Keeps the keys that signed a log on its earlier installations, beside its own key. */
export const rememberFormerKeys = (
  directory: string,
  organisationId: Id,
  keys: readonly FormerKey[],
): Promise<void> => replaceFile(path(directory, organisationId), `${JSON.stringify(keys)}\n`, 0o600)

function parseFormer(value: unknown): KnownKey {
  const { vkey, upTo } = (value ?? {}) as { vkey?: unknown; upTo?: unknown }
  if (typeof vkey !== 'string' || typeof upTo !== 'number')
    throw new Error('the record of the former log keys is damaged')
  return { ...parseVerifierKey(vkey), upTo }
}

/** The keys that signed a log before it came here, oldest first; none when it began here. */
export async function formerKeys(directory: string, organisationId: Id): Promise<KnownKey[]> {
  const text = await readIfPresent(path(directory, organisationId))
  if (!text) return []
  const list = parseStrict(text.toString('utf8'))
  if (!Array.isArray(list)) throw new Error('the record of the former log keys is damaged')
  return list.map(parseFormer)
}

export const formerKeyText = (key: KnownKey & { readonly upTo: number }): FormerKey => ({
  vkey: formatVerifierKey(key),
  upTo: key.upTo,
})

/** The keys, each from the size on from which another key vouched for it. */
export function valuedFrom(keys: readonly KnownKey[], endorsed: readonly EndorsedKey[]): KnownKey[] {
  const begins = new Map(endorsed.map(({ key, from }) => [formatVerifierKey(key), from]))
  return keys.map((key) => {
    const from = begins.get(formatVerifierKey(key))
    return from === undefined ? key : { ...key, from }
  })
}

/** The log's own key and those before it, each key once: back in its old home a log has its old key. */
export const withFormer = (own: VerifierKey, former: readonly KnownKey[]): KnownKey[] => [
  own,
  ...former.filter((key) => !equalBytes(key.publicKey, own.publicKey)),
]

/**
 * The verified checkpoint of a note by one of the keys; throws TlogError. A former key counts up to the size at which
 * the log left it: whoever still holds it cannot speak for what came after.
 */
export async function openKnown(note: string, keys: readonly KnownKey[]): Promise<Checkpoint> {
  const { checkpoint, signers } = await openCheckpoint(note, keys)
  const valid = (signers as readonly KnownKey[]).some(
    ({ from = 0, upTo = checkpoint.size }) => checkpoint.size >= from && checkpoint.size <= upTo,
  )
  if (!valid)
    throw new TlogError('untrusted', 'a key of the log signed outside the sizes for which it is valid')
  return checkpoint
}
