import { concatBytes, encodeUtf8, equalBytes } from './bytes.ts'
import { malformed, mismatch } from './error.ts'
import { HASH_BYTES, sha256 } from './sha256.ts'

/** Bytes of random salt: as many as the digest, so that a short statement cannot be guessed from it. */
export const SALT_BYTES = 32

const DOMAIN = encodeUtf8('assay-commit/v1\0')

/**
 * Hiding, binding commitment to a statement: SHA-256("assay-commit/v1\0" || salt || SHA-256(statement)).
 * Destroying statement and salt erases the content and keeps the log whole. Throws `malformed` unless the
 * salt is 32 bytes.
 */
export function commit(salt: Uint8Array, statement: Uint8Array): Uint8Array {
  if (salt.length !== SALT_BYTES) throw malformed('a salt is not 32 bytes long')
  return sha256(concatBytes(DOMAIN, salt, sha256(statement)))
}

/** Throws `mismatch` unless `salt` and `statement` open `commitment`, `malformed` at a wrong length. */
export function openCommitment(commitment: Uint8Array, salt: Uint8Array, statement: Uint8Array): void {
  if (commitment.length !== HASH_BYTES) throw malformed('a commitment is not 32 bytes long')
  if (!equalBytes(commit(salt, statement), commitment)) throw mismatch('the commitment does not open')
}
