import {
  type Checkpoint,
  encodeBase64,
  formatVerifierKey,
  openCheckpoint,
  parseVerifierKey,
  type VerifierKey,
} from '#tlog'
import { digestOf } from '../../log/bundle.ts'
import { type KnownKey, openKnown } from '../../log/server/former-keys.ts'
import { endorsedKeys } from '../../log/succession.ts'
import { signerOf, type Trust, trustOf, witnessClaim } from '../../log/trust.ts'
import { type Claim, claim, type Pin, type Verdict, type VerifyOptions } from '../../log/verify.ts'
import type { Checked } from './check.ts'
import { type CheckpointLine, type Manifest, objectName } from './format.ts'
import { archivedKeys } from './keys.ts'
import { logLines } from './lines.ts'
import type { ArchiveSource } from './source.ts'
import { type Walked, walkLog } from './walk-log.ts'

export type ArchiveOptions = Pick<VerifyOptions, 'keys' | 'policy' | 'pin' | 'files'>

type Seen = Walked & { checkpoints: number; trusted: number; pinnedRoot: string | null }

/** The keys that the reader trusts, and those to which they lead, each from its size on. */
const trustedKeys = ({ keys, endorsed }: Trust): KnownKey[] => [
  ...keys,
  ...endorsed.map(({ key, from }) => ({ ...key, from })),
]

/** Reads the log to its end; a contradiction in it is thrown. */
async function readLog(
  source: ArchiveSource,
  manifest: Manifest,
  keys: readonly KnownKey[],
  trust: Trust,
  pinned: number | null,
): Promise<Seen> {
  const trusted = trustedKeys(trust)
  const seen = { checkpoints: 0, trusted: 0, pinnedRoot: null as string | null }
  const walked = await walkLog(manifest, keys, logLines(source, manifest), {
    entry: () => undefined,
    async checkpoint({ note }: CheckpointLine) {
      seen.checkpoints += 1
      if (await openKnown(note, trusted).catch(() => null)) seen.trusted += 1
    },
    root(size, root) {
      if (size === pinned) seen.pinnedRoot = encodeBase64(root())
    },
  })
  return { ...walked, ...seen }
}

async function pinnedCheckpoint(pin: Pin | null | undefined): Promise<Checkpoint | null> {
  if (!pin) return null
  return (await openCheckpoint(pin.note, [parseVerifierKey(pin.vkey)])).checkpoint
}

type Newest = { checkpoint: Checkpoint; signer: VerifierKey; note: string }

/** R9: the archive has every entry, so the root of any smaller size that was seen before can be computed. */
async function pinClaim(
  { checkpoint, signer, note }: Newest,
  before: Checkpoint | null,
  pinnedRoot: string | null,
  { pin = null }: ArchiveOptions,
  endorsements: readonly string[],
): Promise<{ claim: Claim; pin: Pin | null }> {
  const fresh: Pin = { vkey: formatVerifierKey(signer), note }
  const { size } = checkpoint
  if (!before || !pin)
    return { claim: { rule: 'R9', code: 'first_seen', status: 'open', params: { size } }, pin: fresh }
  const pinned = parseVerifierKey(pin.vkey)
  const known = [pinned, ...(await endorsedKeys([pinned], endorsements)).map(({ key }) => key)]
  if (!known.some((key) => formatVerifierKey(key) === fresh.vkey))
    return {
      claim: {
        rule: 'R9',
        code: 'key_changed',
        status: 'fails',
        params: { pinned: pin.vkey, now: fresh.vkey },
      },
      pin: null,
    }
  // An archive older than what was seen has not the entries to show that.
  if (before.size > size)
    return {
      claim: { rule: 'R9', code: 'continues', status: 'open', params: { from: size, to: before.size } },
      pin,
    }
  const params = { from: before.size, to: size }
  const same = before.size === 0 || pinnedRoot === encodeBase64(before.root)
  return {
    claim: { rule: 'R9', code: 'continues', status: same ? 'holds' : 'fails', params },
    pin: same ? fresh : pin,
  }
}

const fileClaims = (manifest: Manifest, given: ArchiveOptions['files']): Claim[] =>
  (given ?? []).map(({ name, bytes }) => {
    const digest = digestOf(bytes)
    const there = manifest.files.some((file) => file.name === objectName(digest))
    return { rule: 'R1', code: 'archive_file', status: there ? 'holds' : 'fails', params: { name, digest } }
  })

function logClaims({ entries, erased, checkpoints, trusted, newest }: Seen, endorsed: number): Claim[] {
  const unsealed = entries - (newest?.size ?? 0)
  return [
    { rule: 'R2', code: 'archive_opens', status: 'holds', params: { entries, erased } },
    { rule: 'R3', code: 'archive_rooted', status: 'holds', params: { checkpoints } },
    {
      rule: 'R3',
      code: 'archive_unsealed',
      status: unsealed === 0 ? 'holds' : 'open',
      params: { count: unsealed },
    },
    {
      rule: 'R4',
      code: 'archive_signed',
      status: trusted === checkpoints ? 'holds' : 'open',
      params: { trusted, checkpoints, endorsed },
    },
  ]
}

/**
 * Examines an archive whose files are those of its manifest: every entry, every checkpoint and every key, from the keys
 * that the reader trusts over the endorsements in it, without a network and without trust in the archive. Throws
 * `archive.log_wrong` where its log contradicts itself.
 */
export async function verifyArchive(
  source: ArchiveSource,
  { manifest, digest }: Checked,
  options: ArchiveOptions,
): Promise<Verdict> {
  const { origin, files } = manifest
  const { keys, endorsements } = await archivedKeys(source, manifest)
  const trust = await trustOf({ keys: keys.map(formatVerifierKey), endorsements }, options)
  const before = await pinnedCheckpoint(options.pin)
  const seen = await readLog(source, manifest, keys, trust, before?.size ?? null)
  const note = seen.newest?.note ?? ''
  const claims: Claim[] = [
    { rule: 'R1', code: 'archive_whole', status: 'holds', params: { files: files.length, digest } },
    ...fileClaims(manifest, options.files),
    ...logClaims(seen, trust.endorsed.length),
  ]
  let newest: Newest | undefined
  const signed = await claim('R4', trust.given ? 'signed' : 'signed_by_unknown', {}, async () => {
    const { checkpoint, signers } = await openCheckpoint(note, [
      ...trust.keys,
      ...trust.endorsed.map(({ key }) => key),
    ])
    newest = { checkpoint, note, signer: signerOf(signers, checkpoint.size, trust) }
  })
  if (!newest)
    return { sound: false, level: 0, origin, size: 0, claims: [...claims, signed], said: [], pin: null }
  const { checkpoint, signer } = newest
  const { size } = checkpoint
  const witness = await witnessClaim(note, trust)
  const pinned = await pinClaim(newest, before, seen.pinnedRoot, options, endorsements)
  claims.push(
    { ...signed, params: { origin, size, key: formatVerifierKey(signer) } },
    witness.claim,
    { rule: 'R6', code: 'time_stamp', status: 'open', params: {} },
    pinned.claim,
  )
  const sound = claims.every(({ status }) => status !== 'fails')
  return {
    sound,
    level: sound ? witness.level : 0,
    origin,
    size,
    claims,
    said: [],
    pin: sound ? pinned.pin : null,
  }
}
