export type EmbeddedCode =
  | 'already_running'
  | 'wrong_version'
  | 'cannot_write'
  | 'cannot_reach'
  | 'no_binaries'
  | 'cannot_start'

/** Why the embedded PostgreSQL could not be started: `message` is a whole sentence for the person at the terminal. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedCode
  constructor(code: EmbeddedCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EmbeddedError'
    this.code = code
  }
}

const unwritable = new Map([
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['EEXIST', 'a file is in its place'],
])

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Turns a file system failure under `path` into a sentence; everything else is passed through unchanged. */
export function asCannotWrite(error: unknown, path: string): unknown {
  const reason = unwritable.get(errorCode(error) ?? '')
  if (!reason) return error
  const message = `Assay cannot write its data in ${path}: ${reason}. Make room or rights there, or set ASSAY_DATA to another directory.`
  return new EmbeddedError('cannot_write', message, { cause: error })
}

/** The same for what initdb or postgres printed before they ended. */
export function fromOutput(program: string, output: string, path: string): EmbeddedError {
  const reason = [
    [/No space left on device|Disk quota exceeded/i, 'ENOSPC'],
    [/Read-only file system/i, 'EROFS'],
    [/Permission denied|Operation not permitted/i, 'EACCES'],
  ] as const
  for (const [pattern, code] of reason) {
    if (!pattern.test(output)) continue
    const error = asCannotWrite(Object.assign(new Error(output.trim()), { code }), path)
    if (error instanceof EmbeddedError) return error
  }
  const lines = output.trim().split('\n')
  const line = lines.findLast((text) => /FATAL|PANIC|error:/.test(text)) ?? lines.at(-1) ?? ''
  return new EmbeddedError(
    'cannot_start',
    `${program} ended while starting in ${path}: ${line || 'it said nothing'}`,
  )
}
