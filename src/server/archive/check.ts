import { Problem } from '../../kernel/error.ts'
import { atMost, measure, sha256 } from './digest.ts'
import {
  type ArchiveFile,
  archiveFormat,
  archiveLimits,
  type Manifest,
  manifestName,
  manifestSchema,
  neededNames,
} from './format.ts'
import type { ArchiveSource } from './source.ts'

const damaged = (name: string) => new Problem('invalid', 'archive.damaged', { name })

/** Reads a file as a stream that ends in `damaged`, unless every byte is as the manifest says. */
export async function* checkedBytes(source: ArchiveSource, file: ArchiveFile): AsyncGenerator<Uint8Array> {
  const { name, size, sha256: expected } = file
  const measured = measure()
  let read = 0
  try {
    for await (const part of await source.open(name)) {
      read += part.length
      if (read > size) throw damaged(name)
      measured.add(part)
      yield part
    }
  } catch (error) {
    // Whatever the unpacker says of a file that does not come out: it is the file that is wrong.
    throw error instanceof Problem ? error : damaged(name)
  }
  const found = measured.end()
  if (found.size !== size || found.sha256 !== expected) throw damaged(name)
}

async function manifestBytes(source: ArchiveSource): Promise<Buffer> {
  const parts: Uint8Array[] = []
  try {
    const bytes = await source.open(manifestName)
    for await (const part of atMost(bytes, manifestName, archiveLimits.manifest)) parts.push(part)
  } catch (error) {
    throw error instanceof Problem ? error : damaged(manifestName)
  }
  return Buffer.concat(parts)
}

function parseManifest(bytes: Buffer): Manifest {
  const refuse = (reason: string) => new Problem('invalid', 'archive.manifest_damaged', { reason })
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw refuse('it is not JSON')
  }
  // Before the shape: a newer format may have another shape altogether.
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined
  if (typeof format !== 'string') throw refuse('it names no format')
  if (format !== archiveFormat)
    throw new Problem('invalid', 'archive.format_unknown', { format: format.slice(0, 100) })
  const parsed = manifestSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw refuse(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim())
}

/** Names in the archive and names in the manifest must be the same, and what an import needs among them. */
function refuseNames(manifest: Manifest, names: ReadonlySet<string>): void {
  const named = new Set(manifest.files.map((file) => file.name))
  const missing = [...neededNames, ...named].find((name) => !names.has(name) || !named.has(name))
  if (missing) throw new Problem('invalid', 'archive.missing', { name: missing })
  const unexpected = [...names].find((name) => name !== manifestName && !named.has(name))
  if (unexpected) throw new Problem('invalid', 'archive.unexpected', { name: unexpected })
  let whole = 0
  for (const { name, size, sha256: digest } of manifest.files) {
    if (name.startsWith('objects/') && name !== `objects/${digest}`) throw damaged(name)
    if (name.startsWith('objects/') && size > archiveLimits.object)
      throw new Problem('invalid', 'archive.too_large', { name, limit: archiveLimits.object })
    whole += size
  }
  if (whole > archiveLimits.whole)
    throw new Problem('invalid', 'archive.too_large', { name: 'The archive', limit: archiveLimits.whole })
}

/** A manifest that every file of its archive agrees with, and the SHA-256 of it. */
export type Checked = { manifest: Manifest; digest: string }

/**
 * Reads an archive once from end to end and compares every file with the manifest. Throws `invalid` naming the first
 * file that is missing, damaged or not the manifest's. Answers the manifest and its SHA-256.
 */
export async function checkArchive(source: ArchiveSource): Promise<Checked> {
  if (!source.names.has(manifestName)) throw new Problem('invalid', 'archive.missing', { name: manifestName })
  const bytes = await manifestBytes(source)
  const manifest = parseManifest(bytes)
  refuseNames(manifest, source.names)
  for (const file of manifest.files) for await (const _ of checkedBytes(source, file));
  return { manifest, digest: sha256(bytes) }
}
