import { z } from 'zod'

const password = z.string().max(1024)
const nothing = z.strictObject({})

/**
 * One part of the sign-in library that Assay uses. `guess` is what a stranger or a thief of a session could try many
 * times; `fresh` adds a credential, which a session left open long ago must not do.
 */
export type AuthPath = {
  method: 'GET' | 'POST'
  path: string
  body: z.ZodType
  guess?: 'sign-in' | 'signed-in'
  fresh?: boolean
}

const get = (path: string, more: Partial<AuthPath> = {}): AuthPath => ({
  method: 'GET',
  path,
  body: z.undefined(),
  ...more,
})

const post = (path: string, body: z.ZodType, more: Partial<AuthPath> = {}): AuthPath => ({
  method: 'POST',
  path,
  body,
  ...more,
})

/**
 * Everything of the library that exists here, each with exactly the fields that Assay uses: its optional ones, such as
 * addresses to go to next, devices to trust for a month or sessions not to make, are refused.
 */
export const authPaths: readonly AuthPath[] = [
  post('/sign-in/email', z.strictObject({ email: z.string().max(254), password }), { guess: 'sign-in' }),
  post('/sign-out', nothing),
  get('/get-session'),
  get('/list-sessions'),
  post('/revoke-session', z.strictObject({ id: z.string().max(200) })),
  post('/revoke-other-sessions', nothing),
  post(
    '/change-password',
    z.strictObject({
      currentPassword: password,
      newPassword: password,
      revokeOtherSessions: z.literal(true).optional(),
    }),
    { guess: 'signed-in' },
  ),
  post('/two-factor/enable', z.strictObject({ password }), { guess: 'signed-in' }),
  post('/two-factor/disable', z.strictObject({ password }), { guess: 'signed-in' }),
  post('/two-factor/generate-backup-codes', z.strictObject({ password }), { guess: 'signed-in' }),
  post('/two-factor/verify-totp', z.strictObject({ code: z.string().regex(/^\d{6}$/) }), {
    guess: 'sign-in',
  }),
  post('/two-factor/verify-backup-code', z.strictObject({ code: z.string().max(40) }), { guess: 'sign-in' }),
  get('/passkey/generate-register-options', { fresh: true }),
  post(
    '/passkey/verify-registration',
    z.strictObject({ response: z.record(z.string(), z.unknown()), name: z.string().max(100).optional() }),
    { fresh: true },
  ),
  get('/passkey/generate-authenticate-options'),
  post('/passkey/verify-authentication', z.strictObject({ response: z.record(z.string(), z.unknown()) }), {
    guess: 'sign-in',
  }),
  get('/passkey/list-user-passkeys'),
  post('/passkey/delete-passkey', z.strictObject({ id: z.string().max(100) })),
]
