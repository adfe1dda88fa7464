import { createHash } from 'node:crypto'
import type { Digest } from '../../db/objects.ts'
import type { EvidenceFile, FileFacts } from '../../evidence/file.ts'
import { lookAt } from '../../evidence/server/look.ts'
import { Problem } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { judged } from '../evidence-intake.ts'
import { locatedAt, type Run } from './run.ts'

type Path = readonly PropertyKey[]

type Part = { file?: string | undefined; text?: string | undefined; name?: string | undefined }

/** What the file says an item holds, before any byte is kept. */
export type Content = { name: string; digest: Digest; bytes: Uint8Array | null }

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

const digestOf = (bytes: Uint8Array): Digest => createHash('sha256').update(bytes).digest('hex')

/** A file by its digest; one that was not sent yet is noted, and refused unless this is a rehearsal. */
export function contentOf(run: Run, part: Part): Content | null {
  if (part.text !== undefined) {
    const bytes = Buffer.from(part.text, 'utf8')
    return { name: part.name ?? 'text.txt', digest: digestOf(bytes), bytes }
  }
  const named = part.file ?? ''
  const digest = Object.hasOwn(run.files, named) ? run.files[named] : undefined
  return digest === undefined ? null : { name: part.name ?? baseName(named), digest, bytes: null }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

async function facts(run: Run, { name, digest, bytes }: Content): Promise<FileFacts> {
  const look = lookAt(name, '')
  const all = bytes ?? (await run.ctx.objects.get(digest))
  await look.push(all)
  const found = await judged(look, name, 'files')
  if (bytes !== null) run.texts.set(digest, bytes)
  return { name, digest, size: all.length, ...found }
}

// An object is durable when it is stored, which is mostly waiting: many wait together.
const atOnce = 32

/** Stores the texts that stood in the file, once nothing in it is refused any more. */
export async function keepTexts({ ctx, texts }: Run): Promise<void> {
  const all = [...texts.values()]
  for (let from = 0; from < all.length; from += atOnce)
    await Promise.all(
      all.slice(from, from + atOnce).map((bytes) => ctx.objects.put(once(bytes), bytes.length)),
    )
  texts.clear()
}

/**
 * Takes a file into an item: it is looked at as every upload is, and refused with its place when it holds card numbers.
 * Null where a rehearsal lacks the bytes.
 */
export async function taken(
  run: Run,
  content: Content | null,
  part: Part,
  path: Path,
  received: ReadonlySet<Digest>,
) {
  const id = newId(run.ctx.random)
  return locatedAt(run, path, async (): Promise<EvidenceFile | null> => {
    const isHere =
      content !== null &&
      (content.bytes !== null ||
        (received.has(content.digest) && (await run.ctx.objects.has(content.digest))))
    if (!isHere) {
      if (content) run.missing.add(content.digest)
      if (run.rehearsal) return null
      throw new Problem('invalid', 'programme.file_missing', { path: part.file ?? '' })
    }
    return { id, ...(await facts(run, content)) }
  })
}

/** Data that stands in the programme, as the bytes of a JSON file. */
export const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
