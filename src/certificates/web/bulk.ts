import type { BulkAnswer, CertificateAnswer } from './shapes.ts'

/** A change of chosen rows that was refused as a whole, and how to try it with others. */
export type RefusedBulk = { answer: BulkAnswer; again: (rows: readonly CertificateAnswer[]) => void }

/** Chosen rows as the API takes them: each at the version that is shown. */
export const itemsOf = (rows: readonly CertificateAnswer[]) =>
  rows.map(({ id, version }) => ({ id, version }))
