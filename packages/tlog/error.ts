/**
 * Why something was refused.
 * - `malformed`: the bytes do not have the form that their specification requires
 * - `mismatch`: well formed, but a hash, proof, name or opening does not match
 * - `bad_signature`: a signature by a known key does not verify
 * - `untrusted`: nobody known signed it, or too few did
 * - `unsupported`: a valid form that this library does not implement
 * - `range`: the caller asked for an impossible index or size
 */
export type TlogErrorCode = 'malformed' | 'mismatch' | 'bad_signature' | 'untrusted' | 'unsupported' | 'range'

/** The only error this library throws on purpose; verification functions return nothing or throw it. */
export class TlogError extends Error {
  readonly code: TlogErrorCode

  constructor(code: TlogErrorCode, message: string) {
    super(message)
    this.name = 'TlogError'
    this.code = code
  }
}

export const malformed = (message: string): TlogError => new TlogError('malformed', message)
export const mismatch = (message: string): TlogError => new TlogError('mismatch', message)
