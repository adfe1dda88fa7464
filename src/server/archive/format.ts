import { z } from 'zod'

/** The version of the archive's layout; an importer refuses every other. */
export const archiveFormat = 'assay-archive/1'

/** Names inside an archive: nothing else is read, so that no name can lead out of it. */
export const archiveName = /^(?:log\/(?:entries|checkpoints)\.jsonl|log\/keys\.json|objects\/[0-9a-f]{64})$/

const digest = z.string().regex(/^[0-9a-f]{64}$/)

export const manifestSchema = z.strictObject({
  format: z.literal(archiveFormat),
  organisation: z.uuid(),
  origin: z.string().min(1).max(255),
  /** Entries in the log, and the Merkle root over them (RFC 6962), base64. */
  size: z.int().min(1),
  root: z.base64().length(44),
  files: z.array(z.strictObject({ name: z.string().regex(archiveName), size: z.int().min(0), sha256: digest })),
})

export type Manifest = z.output<typeof manifestSchema>
