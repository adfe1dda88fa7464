import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

type Cbor = string | number | Uint8Array | ReadonlyMap<Cbor, Cbor>

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255])
}

/** The part of CBOR (RFC 8949) that WebAuthn needs. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)])])
}

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest()
const base64url = (bytes: Buffer) => bytes.toString('base64url')

export type AuthenticatorSettings = { origin: string; rpId: string; userVerified?: boolean }

/** A passkey held in memory: ES256, no attestation (WebAuthn Level 3 sections 6.1, 6.5 and 8.7). */
export function softwareAuthenticator(settings: AuthenticatorSettings) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  let counter = 0
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: settings.origin, crossOrigin: false }))
  const authenticatorData = (attested: Buffer) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter++)
    const flags = 1 | (settings.userVerified === false ? 0 : 4) | (attested.length > 0 ? 64 : 0)
    return Buffer.concat([sha256(settings.rpId), Buffer.from([flags]), count, attested])
  }
  const common = {
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    clientExtensionResults: {},
    authenticatorAttachment: 'platform',
  }
  return {
    /** Answers `navigator.credentials.create`. */
    register({ challenge }: { challenge: string }) {
      const key = cbor(
        new Map<Cbor, Cbor>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      )
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const attestationObject = cbor(
        new Map<Cbor, Cbor>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authenticatorData(attested)],
        ]),
      )
      const response = {
        clientDataJSON: base64url(clientData('webauthn.create', challenge)),
        attestationObject: base64url(attestationObject),
        transports: ['internal'],
      }
      return { ...common, response }
    },
    /** Answers `navigator.credentials.get`. */
    authenticate({ challenge }: { challenge: string }) {
      const data = clientData('webauthn.get', challenge)
      const authData = authenticatorData(Buffer.alloc(0))
      const response = {
        clientDataJSON: base64url(data),
        authenticatorData: base64url(authData),
        signature: base64url(sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey)),
      }
      return { ...common, response }
    },
  }
}
