import { decodeHex, encodeHex, equalBytes } from './bytes.ts'
import { type Certificate, EXTENSION, readCertificate, verifyChain } from './certificate.ts'
import {
  children,
  contextPrimitive,
  type Der,
  expectTag,
  integerOctets,
  oidOf,
  readDer,
  smallInteger,
  TAG,
  writeDer,
} from './der.ts'
import { malformed, mismatch, TlogError } from './error.ts'
import { digest, digestName, verifyPkiSignature } from './pki-signature.ts'
import { HASH_BYTES } from './sha256.ts'
import {
  type Imprint,
  readImprint,
  readResponse,
  type TimestampInfo,
  type TimestampToken,
  TST_INFO,
} from './timestamp-token.ts'

/** A time-stamp request (RFC 3161 section 2.4.1). */
export type TimestampQuery = {
  readonly imprint: Imprint
  readonly policy: string | undefined
  readonly nonce: string | undefined
}

const ATTRIBUTE = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const SHA256_ALGORITHM = decodeHex('300d06096086480165030402010500')

/** DER request for a time-stamp over a SHA-256 `hash`; asks for the certificate. `nonce` is random bytes. */
export function encodeQuery(hash: Uint8Array, nonce: Uint8Array): Uint8Array {
  if (hash.length !== HASH_BYTES) throw malformed('a SHA-256 hash is 32 bytes long')
  if (nonce.length === 0) throw malformed('a nonce needs at least one byte')
  // A leading 0x01 keeps the integer positive and minimal whatever the random bytes are.
  return writeDer(
    TAG.sequence,
    writeDer(TAG.integer, Uint8Array.of(1)),
    writeDer(TAG.sequence, SHA256_ALGORITHM, writeDer(TAG.octetString, hash)),
    writeDer(TAG.integer, Uint8Array.of(1), nonce),
    writeDer(TAG.boolean, Uint8Array.of(0xff)),
  )
}

/** Decodes a time-stamp request; throws `malformed`. */
export function decodeQuery(query: Uint8Array): TimestampQuery {
  const [version, imprint, ...rest] = children(readDer(query))
  if (smallInteger(version) !== 1) throw malformed('a time-stamp request of an unknown version')
  const policy = rest.find((element) => element.tag === TAG.oid)
  const nonce = rest.find((element) => element.tag === TAG.integer)
  return {
    imprint: readImprint(imprint),
    policy: policy && oidOf(policy),
    nonce: nonce && encodeHex(integerOctets(nonce)),
  }
}

const equalImprints = (a: Imprint, b: Imprint): boolean =>
  a.algorithm === b.algorithm && equalBytes(a.hash, b.hash)

/** Throws `mismatch` unless the time-stamp answers the request: imprint, nonce and any policy asked for. */
export function checkAnswers(info: TimestampInfo, query: TimestampQuery): void {
  if (!equalImprints(info.imprint, query.imprint)) throw mismatch('the time-stamp is about another hash')
  if (info.nonce !== query.nonce) throw mismatch('the time-stamp answers another request')
  if (query.policy && info.policy !== query.policy) throw mismatch('the time-stamp has another policy')
}

function readAttributes(token: TimestampToken): Map<string, Der> {
  const attributes = new Map<string, Der>()
  for (const attribute of children({ ...token.signer.attributes, tag: TAG.set }, TAG.set)) {
    const [type, values] = children(attribute)
    const name = oidOf(type)
    const [value, ...more] = children(values, TAG.set)
    if (attributes.has(name) || !value || more.length > 0) throw malformed('a signed attribute is ambiguous')
    attributes.set(name, value)
  }
  return attributes
}

/** Whether ESSCertID(V2) in the signed attributes names `signer` (RFC 5816; RFC 2634 for SHA-1). */
async function namesSigner(attributes: ReadonlyMap<string, Der>, signer: Certificate): Promise<boolean> {
  const newer = attributes.get(ATTRIBUTE.signingCertificateV2)
  const [first, second] = children(
    children(children(newer ?? attributes.get(ATTRIBUTE.signingCertificate))[0])[0],
  )
  const stated = newer && first?.tag === TAG.sequence
  const algorithm = stated ? digestName(first) : newer ? 'SHA-256' : 'SHA-1'
  const hash = expectTag(stated ? second : first, TAG.octetString).body
  return equalBytes(await digest(algorithm, signer.raw), hash)
}

async function verifySigned(token: TimestampToken, signer: Certificate): Promise<void> {
  const { signer: info, content } = token
  const attributes = readAttributes(token)
  if (oidOf(attributes.get(ATTRIBUTE.contentType)) !== TST_INFO) throw mismatch('the signed type differs')
  const stated = expectTag(attributes.get(ATTRIBUTE.messageDigest), TAG.octetString).body
  if (!equalBytes(await digest(info.digest, content), stated)) throw mismatch('the signed digest differs')
  if (!(await namesSigner(attributes, signer))) throw mismatch('the signature names another certificate')
  // RFC 5652 section 5.4: what is signed is the attributes under the universal SET tag.
  const message = writeDer(TAG.set, info.attributes.body)
  if (!(await verifyPkiSignature(signer.publicKey, info.algorithm, message, info.signature, info.digest))) {
    throw new TlogError('bad_signature', 'the signature of the time-stamp does not verify')
  }
}

/** RFC 3161 section 2.3: the certificate is for time-stamping, for nothing else, and says so critically. */
function checkPurpose(signer: Certificate): void {
  const usage = signer.extensions.get(EXTENSION.extendedKeyUsage)
  const purposes = usage ? children(readDer(usage.value)).map(oidOf) : []
  if (!usage?.critical || purposes.length !== 1 || purposes[0] !== TIME_STAMPING) {
    throw new TlogError('untrusted', 'the certificate is not one for time-stamping alone')
  }
}

function isSigner(certificate: Certificate, id: Der): boolean {
  if (id.tag === contextPrimitive(0)) {
    const own = certificate.extensions.get(EXTENSION.subjectKeyIdentifier)
    return own !== undefined && equalBytes(expectTag(readDer(own.value), TAG.octetString).body, id.body)
  }
  const [issuer, serial] = children(id)
  if (!issuer) return false
  return equalBytes(issuer.raw, certificate.issuer) && encodeHex(integerOctets(serial)) === certificate.serial
}

/** Certificates of a check, DER: those trusted, and those that may be missing from the response. */
export type TimestampTrust = {
  readonly anchors: readonly Uint8Array[]
  readonly others?: readonly Uint8Array[]
}

/**
 * Verifies a time-stamp response over `content`: imprint, CMS signature with its signed attributes, the
 * signer's purpose, and its chain to a trusted certificate at the stated time. Revocation is not checked.
 * Throws `malformed`, `mismatch`, `bad_signature`, `untrusted` or `unsupported`.
 */
export async function verifyTimestamp(
  response: Uint8Array,
  content: Uint8Array,
  trust: TimestampTrust,
): Promise<TimestampInfo> {
  const token = readResponse(response)
  const { algorithm, hash } = token.info.imprint
  if (!equalBytes(await digest(algorithm, content), hash))
    throw mismatch('the time-stamp is about other bytes')
  const anchors = trust.anchors.map(readCertificate)
  const others = [...token.certificates, ...(trust.others ?? []).map(readCertificate)]
  const signer = [...others, ...anchors].find((certificate) => isSigner(certificate, token.signer.id))
  if (!signer) throw new TlogError('untrusted', 'the certificate of the time-stamp is missing')
  await verifySigned(token, signer)
  checkPurpose(signer)
  await verifyChain(signer, others, anchors, token.info.time)
  return token.info
}
