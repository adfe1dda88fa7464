const mebibyte = 1024 * 1024

/** What one person, and one request, may send. Sizes in bytes. */
export const uploadLimits = {
  /** Files of one form. */
  filesAtOnce: 200,
  /** Largest file in a form; larger ones are sent in resumable pieces. */
  formFile: 100 * mebibyte,
  /** Largest file at all. */
  file: 5 * 1024 * mebibyte,
  /** Largest piece of a resumable upload. */
  piece: 64 * mebibyte,
  /** Files that wait for their item, and their bytes together. */
  waitingFiles: 1000,
  waitingBytes: 20 * 1024 * mebibyte,
  /** Resumable uploads in progress. */
  open: 20,
} as const

/** How long a file waits for its item, and an upload for its next piece, in milliseconds. */
export const uploadLife = { received: 7 * 86_400_000, receiving: 86_400_000 } as const
