/**
 * The few things this library takes from its surroundings. Neither Node nor DOM types are visible here,
 * so the parts in use are declared by hand; everything else in the library is plain ECMAScript.
 */

/** An opaque WebCrypto or Node key. */
export type PlatformKey = { readonly algorithm?: unknown }

type Algorithm = string | { readonly name: string; readonly [parameter: string]: unknown }
type KeyUsage = 'sign' | 'verify'

/** The part of WebCrypto's SubtleCrypto that signature checks need. */
export type Subtle = {
  importKey(
    format: 'raw' | 'pkcs8' | 'spki',
    data: Uint8Array,
    algorithm: Algorithm,
    extractable: boolean,
    usages: readonly KeyUsage[],
  ): Promise<PlatformKey>
  exportKey(format: 'jwk', key: PlatformKey): Promise<{ readonly x?: string }>
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>
  sign(algorithm: Algorithm, key: PlatformKey, data: Uint8Array): Promise<ArrayBuffer>
  verify(algorithm: Algorithm, key: PlatformKey, signature: Uint8Array, data: Uint8Array): Promise<boolean>
}

type DerKey = { readonly key: Uint8Array; readonly format: 'der'; readonly type: 'pkcs8' | 'spki' }

/** The part of node:crypto that is faster than what every platform has. */
export type NodeCrypto = {
  hash(algorithm: 'sha256', data: Uint8Array, outputEncoding: 'latin1'): string
  createPrivateKey(key: DerKey): PlatformKey
  createPublicKey(key: DerKey | PlatformKey): PlatformKey & { export(as: { format: 'jwk' }): { x?: string } }
  sign(algorithm: null, data: Uint8Array, key: PlatformKey): Uint8Array
  verify(algorithm: null, data: Uint8Array, key: PlatformKey, signature: Uint8Array): boolean
}

type Utf8Encoder = { encode(text: string): Uint8Array }
type Utf8Decoder = { decode(bytes: Uint8Array): string }

type Surroundings = {
  readonly process?: { readonly getBuiltinModule?: (id: string) => unknown }
  readonly crypto?: { readonly subtle?: Subtle }
  readonly TextEncoder: new () => Utf8Encoder
  readonly TextDecoder: new (label: string, options: { fatal: boolean; ignoreBOM: boolean }) => Utf8Decoder
}

const surroundings = globalThis as unknown as Surroundings

function findNodeCrypto(): NodeCrypto | undefined {
  const found = surroundings.process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined
  return typeof found?.hash === 'function' ? found : undefined
}

/** node:crypto where there is one (Node 22 and later), else undefined; looked up without an import. */
export const nodeCrypto: NodeCrypto | undefined = findNodeCrypto()

/** WebCrypto. Browsers offer it only in a secure context; throws an Error where it is missing. */
export function subtle(): Subtle {
  const found = surroundings.crypto?.subtle
  if (!found) throw new Error('WebCrypto is not available here (a secure context is needed)')
  return found
}

export const utf8Encoder: Utf8Encoder = new surroundings.TextEncoder()

/** Strict: throws a TypeError at invalid UTF-8, and keeps a byte order mark instead of dropping it. */
export const utf8Decoder: Utf8Decoder = new surroundings.TextDecoder('utf-8', {
  fatal: true,
  ignoreBOM: true,
})
