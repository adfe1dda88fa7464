import {
  type Checkpoint,
  decodeBase64,
  decodeEnvelope,
  decodeLeaf,
  decodeStatement,
  decodeUtf8,
  encodeBase64,
  encodeUtf8,
  formatVerifierKey,
  type Json,
  leafHash,
  openCheckpoint,
  openCommitment,
  parseStrict,
  parseVerifierKey,
  type VerifierKey,
  verifyConsistency,
  verifyEnvelope,
  verifyInclusion,
} from '#tlog'
import { atPointer, type Bundle, type BundleEntry, digestOf } from './bundle.ts'
import { type Reason, ReasonError, reasonOf } from './reason.ts'
import { endorsedKeys } from './succession.ts'
import { keysOf, signerOf, trustOf, witnessClaim } from './trust.ts'

/** `open` is neither yes nor no: there was nothing to check it with. */
export type ClaimStatus = 'holds' | 'fails' | 'open'

export type ClaimCode =
  | 'file_logged'
  | 'file_unknown'
  | 'opens'
  | 'included'
  | 'signed'
  | 'signed_by_unknown'
  | 'envelope'
  | 'witnessed'
  | 'time_stamp'
  | 'continues'
  | 'first_seen'
  | 'key_changed'
  | 'domain'
  | 'current'
  | 'archive_whole'
  | 'archive_opens'
  | 'archive_signed'
  | 'archive_rooted'
  | 'archive_unsealed'
  | 'archive_file'

/** One thing that was looked at. The rule's number is that of docs/spec/grcproof.md. */
export type Claim = {
  rule: string
  code: ClaimCode
  status: ClaimStatus
  params: Readonly<Record<string, string | number>>
  /** Why it fails, where something was refused. */
  reason?: Reason
}

/** The newest checkpoint of an origin that this verifier has seen, and the key that signed it. */
export type Pin = { vkey: string; note: string }

export type VerifyOptions = {
  /** Verifier keys that the reader trusts, got from elsewhere than the bundle. */
  keys?: readonly string[]
  /** A trust policy (C2SP tlog-policy) of the reader's own. */
  policy?: string
  /** Files in the reader's hands whose digests must be logged. */
  files?: readonly { name: string; bytes: Uint8Array }[]
  pin?: Pin | null
  /** Verifier keys that the issuer's own domain serves over TLS, and that domain. */
  domain?: { host: string; keys: readonly string[] }
  /** A proof between two sizes of the log, fetched by the caller; null when it cannot be had. */
  consistency?: (from: number, to: number) => Promise<readonly Uint8Array[] | null>
}

/** What an entry says about itself, once it is known to be what was committed to. */
export type Said = { index: number; type: string; recordedAt: string; actor: string; command: string }

export type Verdict = {
  /** Nothing that was checked fails. */
  sound: boolean
  /** 0 recorded at most, 1 in a signed checkpoint, 2 with a third party's time, 3 with a quorum of witnesses. */
  level: 0 | 1 | 2 | 3
  origin: string
  size: number
  claims: Claim[]
  said: Said[]
  /** What to remember of this origin; null when nothing may be. */
  pin: Pin | null
}

/** A claim that holds unless `work` throws. */
export async function claim(
  rule: string,
  code: ClaimCode,
  params: Claim['params'],
  work: () => unknown,
): Promise<Claim> {
  try {
    await work()
    return { rule, code, status: 'holds', params }
  } catch (error) {
    return { rule, code, status: 'fails', params, reason: reasonOf(error) }
  }
}

const text = (value: Json | undefined) => (typeof value === 'string' ? value : '')

/** R2: salt and statement open the leaf's commitment, and the statement is about what the leaf names. */
function openEntry({ leaf, salt, statement }: BundleEntry): void {
  const parsed = decodeLeaf(encodeUtf8(leaf))
  openCommitment(decodeBase64(parsed.c), salt, statement)
  const value = parseStrict(decodeUtf8(statement))
  const id = text(atPointer(value, '/id')).replaceAll('-', '')
  const stream = Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(id.slice(2 * i, 2 * i + 2), 16))
  const fits =
    atPointer(value, '/type') === parsed.t &&
    String(atPointer(value, '/n')) === parsed.n &&
    encodeBase64(stream) === parsed.s
  if (!fits) throw new ReasonError('statement_of_other')
}

function saidBy(entry: BundleEntry): Said {
  const at = (pointer: string) => text(statementAt(entry, pointer))
  return {
    index: entry.index,
    type: at('/type'),
    recordedAt: at('/recordedAt'),
    actor: at('/actor/name'),
    command: at('/command'),
  }
}

/** A value inside a statement; undefined in one that is no JSON, which R2 then says. */
function statementAt({ statement }: BundleEntry, pointer: string): Json | undefined {
  try {
    return atPointer(parseStrict(decodeUtf8(statement)), pointer)
  } catch {
    return undefined
  }
}

/** R1: the digest computed from the bytes stands in the statement, where the manifest says. */
function fileClaims(bundle: Bundle, given: VerifyOptions['files']): Claim[] {
  const claims = bundle.files.map((file): Claim => {
    const entry = bundle.entries.find((one) => one.index === file.entry)
    const digest = file.bytes ? digestOf(file.bytes) : file.sha256
    const logged = entry && statementAt(entry, file.pointer)
    const inHand = file.bytes !== null || given?.some((one) => digestOf(one.bytes) === file.sha256)
    const right = digest === file.sha256 && logged === file.sha256
    const params = { name: file.name, index: file.entry, digest }
    return { rule: 'R1', code: 'file_logged', status: right ? (inHand ? 'holds' : 'open') : 'fails', params }
  })
  for (const { name, bytes } of given ?? []) {
    const digest = digestOf(bytes)
    if (!bundle.files.some((file) => file.sha256 === digest))
      claims.push({ rule: 'R1', code: 'file_unknown', status: 'fails', params: { name, digest } })
  }
  return claims
}

/** R9 in its small form: this checkpoint and the one seen before belong to one history. */
async function pinClaim(
  bundle: Bundle,
  now: Checkpoint,
  signer: VerifierKey,
  options: VerifyOptions,
): Promise<{ claim: Claim; pin: Pin | null }> {
  const fresh: Pin = { vkey: formatVerifierKey(signer), note: bundle.checkpoint }
  if (!options.pin)
    return {
      claim: { rule: 'R9', code: 'first_seen', status: 'open', params: { size: now.size } },
      pin: fresh,
    }
  const pinned = parseVerifierKey(options.pin.vkey)
  const successors = (await endorsedKeys([pinned], bundle.endorsements ?? [])).map((one) => one.key)
  if (![pinned, ...successors].some((key) => formatVerifierKey(key) === fresh.vkey)) {
    const params = { pinned: options.pin.vkey, now: fresh.vkey }
    return { claim: { rule: 'R9', code: 'key_changed', status: 'fails', params }, pin: null }
  }
  const { checkpoint: before } = await openCheckpoint(options.pin.note, [pinned])
  const [small, large] = before.size <= now.size ? [before, now] : [now, before]
  const params = { from: small.size, to: large.size }
  const inBundle =
    before.size === small.size ? bundle.consistency.find((one) => one.from === small.size) : undefined
  const proof =
    small.size === large.size
      ? []
      : (inBundle?.hashes ?? (await options.consistency?.(small.size, large.size)) ?? null)
  if (!proof) return { claim: { rule: 'R9', code: 'continues', status: 'open', params }, pin: options.pin }
  const result = await claim('R9', 'continues', params, () =>
    verifyConsistency(small.size, large.size, proof, small.root, large.root),
  )
  return { claim: result, pin: result.status === 'holds' && now.size >= before.size ? fresh : options.pin }
}

async function envelopeClaim(bundle: Bundle, keys: readonly VerifierKey[]): Promise<Claim | null> {
  const { envelope } = bundle
  if (!envelope) return null
  return claim('R4', 'envelope', {}, async () => {
    const decoded = decodeEnvelope(envelope)
    await verifyEnvelope(
      decoded,
      keys.map((key) => ({ keyid: formatVerifierKey(key), publicKey: key.publicKey })),
    )
    const { subject } = decodeStatement(decoded.payload)
    for (const { name, digest } of subject) {
      if (!bundle.files.some((file) => file.sha256 === digest.sha256))
        throw new ReasonError('subject_unknown', { name })
    }
  })
}

function domainClaim(signer: VerifierKey, domain: VerifyOptions['domain']): Claim {
  const host = domain?.host ?? ''
  if (!domain) return { rule: 'R11', code: 'domain', status: 'open', params: { host } }
  const bound = domain.keys.includes(formatVerifierKey(signer))
  return { rule: 'R11', code: 'domain', status: bound ? 'holds' : 'fails', params: { host } }
}

/**
 * Examines a bundle by the rules of docs/spec/grcproof.md, without a network and without trust in the bundle.
 * Throws TlogError only for keys or a policy of the reader's own that cannot be read.
 */
export async function verifyBundle(bundle: Bundle, options: VerifyOptions = {}): Promise<Verdict> {
  const trust = await trustOf(bundle, options)
  const claims = fileClaims(bundle, options.files)
  for (const entry of bundle.entries)
    claims.push(await claim('R2', 'opens', { index: entry.index }, () => openEntry(entry)))
  let signer: VerifierKey | undefined
  let checkpoint: Checkpoint | undefined
  const signed = await claim('R4', trust.given ? 'signed' : 'signed_by_unknown', {}, async () => {
    const opened = await openCheckpoint(bundle.checkpoint, keysOf(trust))
    if (opened.checkpoint.origin !== bundle.origin) throw new ReasonError('checkpoint_of_other')
    signer = signerOf(opened.signers, opened.checkpoint.size, trust)
    checkpoint = opened.checkpoint
  })
  if (!signer || !checkpoint) {
    const { origin } = bundle
    // Without a trusted root nothing in the tree means anything: only a changed key may explain it.
    const changed = options.pin && !options.keys?.length && !options.policy
    if (changed)
      claims.push({
        rule: 'R9',
        code: 'key_changed',
        status: 'fails',
        params: { pinned: options.pin?.vkey ?? '' },
      })
    return { sound: false, level: 0, origin, size: 0, claims: [...claims, signed], said: [], pin: null }
  }
  const { size, root, origin } = checkpoint
  for (const { index, leaf, proof } of bundle.entries) {
    const included = () => verifyInclusion(leafHash(encodeUtf8(leaf)), index, size, proof.hashes, root)
    claims.push(await claim('R3', 'included', { index, size }, included))
  }
  claims.push({ ...signed, params: { ...signed.params, origin, size, key: formatVerifierKey(signer) } })
  const envelope = await envelopeClaim(bundle, keysOf(trust))
  if (envelope) claims.push(envelope)
  const witness = await witnessClaim(bundle.checkpoint, trust)
  const pinned = await pinClaim(bundle, checkpoint, signer, options)
  claims.push(witness.claim, { rule: 'R6', code: 'time_stamp', status: 'open', params: {} })
  claims.push(pinned.claim, domainClaim(signer, options.domain))
  if (bundle.files.length > 0) claims.push({ rule: 'R12', code: 'current', status: 'open', params: {} })
  const sound = claims.every((one) => one.status !== 'fails')
  return {
    sound,
    level: sound ? witness.level : 0,
    origin,
    size,
    claims,
    said: sound ? bundle.entries.map(saidBy) : [],
    pin: sound ? pinned.pin : null,
  }
}
