import { call } from '../../web/client.ts'

type RequestOptions = Parameters<typeof PublicKeyCredential.parseRequestOptionsFromJSON>[0]
type CreationOptions = Parameters<typeof PublicKeyCredential.parseCreationOptionsFromJSON>[0]

/** True when this browser can use passkeys and speak about them in JSON (WebAuthn Level 3). */
export const canUsePasskeys = (): boolean =>
  'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential

/** Signs in with a passkey; throws when the person declines or the server does not know the passkey. */
export async function signInWithPasskey(): Promise<void> {
  const options = await call<RequestOptions>('GET', '/api/auth/passkey/generate-authenticate-options')
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const credential = await navigator.credentials.get({ publicKey })
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey was chosen')
  await call('POST', '/api/auth/passkey/verify-authentication', { body: { response: credential.toJSON() } })
}

/** Registers a passkey of this device under a name. */
export async function addPasskey(name: string): Promise<void> {
  const options = await call<CreationOptions>('GET', '/api/auth/passkey/generate-register-options', {
    query: { name },
  })
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = await navigator.credentials.create({ publicKey })
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey was made')
  await call('POST', '/api/auth/passkey/verify-registration', {
    body: { response: credential.toJSON(), name },
  })
}
