import { decodeBase64, encodeHex, equalBytes } from './bytes.ts'
import {
  bitStringOctets,
  children,
  contextConstructed,
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
import { verifyPkiSignature } from './pki-signature.ts'

/** What the check of a time-stamp needs of an X.509 certificate (RFC 5280); times in epoch milliseconds. */
export type Certificate = {
  readonly raw: Uint8Array
  readonly tbs: Uint8Array
  readonly serial: string
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: Der
  readonly algorithm: Der
  readonly signature: Uint8Array
  readonly extensions: ReadonlyMap<string, Extension>
}

export type Extension = { readonly critical: boolean; readonly value: Uint8Array }

export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
} as const

const UNDERSTOOD: ReadonlySet<string> = new Set(Object.values(EXTENSION))

function readExtensions(tail: readonly Der[]): Map<string, Extension> {
  const found = new Map<string, Extension>()
  const holder = tail.find((element) => element.tag === contextConstructed(3))
  if (!holder) return found
  for (const extension of children(readDer(holder.body))) {
    const [id, second, third] = children(extension)
    const critical = second?.tag === TAG.boolean
    if (critical && second.body[0] !== 0xff) throw malformed('an extension has a malformed critical flag')
    const name = oidOf(id)
    if (found.has(name)) throw malformed(`a certificate has extension ${name} twice`)
    found.set(name, { critical, value: expectTag(critical ? third : second, TAG.octetString).body })
  }
  return found
}

/** Reads a DER certificate of version 3; throws `malformed`. */
export function readCertificate(der: Uint8Array): Certificate {
  const [tbs, algorithm, signature] = children(readDer(der))
  const [version, serial, inner, issuer, validity, subject, publicKey, ...tail] = children(tbs)
  if (!tbs || !algorithm || !inner || !issuer || !subject || !publicKey) throw malformed('not a certificate')
  expectTag(version, contextConstructed(0))
  // RFC 5280 section 4.1.1.2: the algorithm outside, which is not signed, must be the one inside.
  if (!equalBytes(algorithm.raw, inner.raw)) throw malformed('a certificate names two signature algorithms')
  const [notBefore, notAfter] = children(validity)
  return {
    raw: der,
    tbs: tbs.raw,
    serial: encodeHex(integerOctets(serial)),
    issuer: issuer.raw,
    subject: subject.raw,
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKey: expectTag(publicKey, TAG.sequence),
    algorithm,
    signature: bitStringOctets(signature),
    extensions: readExtensions(tail),
  }
}

/** The DER certificates in PEM text; throws `malformed` when there is none. */
export function readPem(text: string): Uint8Array[] {
  const blocks = text.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g)
  const found = [...blocks].map((block) => decodeBase64((block[1] ?? '').replace(/\s/g, '')))
  if (found.length === 0) throw malformed('no PEM certificate')
  return found
}

const KEY_CERT_SIGN = 0x04

function mayIssue(certificate: Certificate, depth: number): boolean {
  const constraints = certificate.extensions.get(EXTENSION.basicConstraints)
  const usage = certificate.extensions.get(EXTENSION.keyUsage)
  if (!constraints) return false
  const [ca, pathLength] = children(readDer(constraints.value))
  if (ca?.tag !== TAG.boolean || ca.body[0] !== 0xff) return false
  if (pathLength && smallInteger(pathLength) < depth) return false
  return !usage || ((readDer(usage.value).body[1] ?? 0) & KEY_CERT_SIGN) !== 0
}

function checkUsableAt(certificate: Certificate, time: number): void {
  if (time < certificate.notBefore || time > certificate.notAfter) {
    throw new TlogError('untrusted', 'a certificate of the chain was not valid at the time')
  }
  for (const [name, { critical }] of certificate.extensions) {
    if (critical && !UNDERSTOOD.has(name)) throw new TlogError('unsupported', `critical extension ${name}`)
  }
}

const MAX_CHAIN = 6

/**
 * Checks that `leaf` chains to one of `anchors` through `others`, each certificate valid at `time` (epoch
 * milliseconds): RFC 5280 section 6 without policies, name constraints and revocation (a critical extension
 * for any of them is refused). Returns the chain, leaf first. Throws `untrusted` when there is none.
 */
export async function verifyChain(
  leaf: Certificate,
  others: readonly Certificate[],
  anchors: readonly Certificate[],
  time: number,
): Promise<Certificate[]> {
  const chain = [leaf]
  for (let current = leaf; chain.length <= MAX_CHAIN; ) {
    checkUsableAt(current, time)
    if (anchors.some((anchor) => equalBytes(anchor.raw, current.raw))) return chain
    const depth = chain.length - 1
    const issuer = await findIssuer(current, [...anchors, ...others], depth)
    if (!issuer || chain.includes(issuer)) break
    chain.push(issuer)
    current = issuer
  }
  throw new TlogError('untrusted', 'no chain leads to a trusted certificate')
}

async function findIssuer(
  certificate: Certificate,
  candidates: readonly Certificate[],
  depth: number,
): Promise<Certificate | undefined> {
  for (const candidate of candidates) {
    if (!equalBytes(candidate.subject, certificate.issuer) || !mayIssue(candidate, depth)) continue
    const { algorithm, tbs, signature } = certificate
    if (await verifyPkiSignature(candidate.publicKey, algorithm, tbs, signature)) return candidate
  }
  return undefined
}
