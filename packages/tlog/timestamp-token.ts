import { encodeHex } from './bytes.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import {
  children,
  contextConstructed,
  contextPrimitive,
  type Der,
  expectTag,
  integerOctets,
  oidOf,
  readDer,
  smallInteger,
  TAG,
  timeOf,
} from './der.ts'
import { malformed, TlogError } from './error.ts'
import { digestName } from './pki-signature.ts'

/** Hash that a time-stamp is about; `algorithm` is a WebCrypto name such as SHA-256. */
export type Imprint = { readonly algorithm: string; readonly hash: Uint8Array }

/** What a time-stamping authority states (RFC 3161 section 2.4.2); times in milliseconds. */
export type TimestampInfo = {
  readonly policy: string
  readonly imprint: Imprint
  readonly serial: string
  readonly time: number
  /** Half-width of the interval around `time`; 0 when the authority states none. */
  readonly accuracy: number
  readonly nonce: string | undefined
}

/** A decoded time-stamp token; nothing about it is verified. */
export type TimestampToken = {
  readonly info: TimestampInfo
  readonly content: Uint8Array
  readonly certificates: readonly Certificate[]
  readonly signer: SignerInfo
}

/** CMS SignerInfo (RFC 5652 section 5.3). */
export type SignerInfo = {
  readonly id: Der
  readonly digest: string
  readonly attributes: Der
  readonly algorithm: Der
  readonly signature: Uint8Array
}

const SIGNED_DATA = '1.2.840.113549.1.7.2'
export const TST_INFO = '1.2.840.113549.1.9.16.1.4'

/** MessageImprint ::= SEQUENCE { hashAlgorithm, hashedMessage } */
export function readImprint(element: Der | undefined): Imprint {
  const [algorithm, hash] = children(element)
  return { algorithm: digestName(algorithm), hash: expectTag(hash, TAG.octetString).body }
}

function readAccuracy(element: Der | undefined): number {
  if (element?.tag !== TAG.sequence) return 0
  const value = (tag: number): number => {
    const part = children(element).find((candidate) => candidate.tag === tag)
    return part ? smallInteger({ ...part, tag: TAG.integer }) : 0
  }
  return value(TAG.integer) * 1000 + value(contextPrimitive(0)) + value(contextPrimitive(1)) / 1000
}

function readInfo(content: Uint8Array): TimestampInfo {
  const [version, policy, imprint, serial, time, ...rest] = children(readDer(content))
  if (smallInteger(version) !== 1) throw malformed('a time-stamp of an unknown version')
  const nonce = rest.find((element) => element.tag === TAG.integer)
  return {
    policy: oidOf(policy),
    imprint: readImprint(imprint),
    serial: encodeHex(integerOctets(serial)),
    time: timeOf(time),
    accuracy: readAccuracy(rest[0]),
    nonce: nonce && encodeHex(integerOctets(nonce)),
  }
}

function readSigner(element: Der | undefined): SignerInfo {
  const [version, id, digest, attributes, algorithm, signature] = children(element)
  // RFC 5652 section 5.3: 1 names the certificate by issuer and serial number, 3 by its key identifier.
  const expected = id?.tag === contextPrimitive(0) ? 3 : 1
  if (!id || !algorithm || smallInteger(version) !== expected) throw malformed('not a CMS signer')
  return {
    id,
    digest: digestName(digest),
    attributes: expectTag(attributes, contextConstructed(0)),
    algorithm,
    signature: expectTag(signature, TAG.octetString).body,
  }
}

/** The single element inside an explicit context tag. */
const inside = (element: Der | undefined, number: number): Der =>
  readDer(expectTag(element, contextConstructed(number)).body)

/** Decodes a time-stamp token, a CMS SignedData around a TSTInfo; throws `malformed` or `unsupported`. */
export function readToken(token: Der | undefined): TimestampToken {
  const [type, wrapped] = children(token)
  if (oidOf(type) !== SIGNED_DATA) throw malformed('a time-stamp token is not signed data')
  const [version, digests, encapsulated, ...rest] = children(inside(wrapped, 0))
  // RFC 5652 section 5.1: content other than plain data makes it version 3.
  if (smallInteger(version) !== 3) throw malformed('signed data of an unknown version')
  const [contentType, holder] = children(encapsulated)
  if (oidOf(contentType) !== TST_INFO) throw malformed('the signed data is not a time-stamp')
  const content = expectTag(inside(holder, 0), TAG.octetString).body
  const certificates = rest.find((element) => element.tag === contextConstructed(0))
  const signers = children(rest.at(-1), TAG.set)
  // RFC 3161 section 2.4.2: the authority's signature and no other.
  if (signers.length !== 1) throw malformed('a time-stamp has one signature')
  const signer = readSigner(signers[0])
  if (!children(digests, TAG.set).map(digestName).includes(signer.digest)) {
    throw malformed('the signed data does not announce its digest algorithm')
  }
  return {
    info: readInfo(content),
    content,
    certificates: certificates
      ? children(certificates, contextConstructed(0)).map((der) => readCertificate(der.raw))
      : [],
    signer,
  }
}

/** The token in a time-stamp response; throws `untrusted` when the authority refused (RFC 3161 2.4.2). */
export function readResponse(response: Uint8Array): TimestampToken {
  const [statusInfo, token] = children(readDer(response))
  const status = smallInteger(children(statusInfo)[0])
  if (status > 1 || !token) throw new TlogError('untrusted', `the authority refused with status ${status}`)
  return readToken(token)
}
