import type { z } from 'zod'
import { Problem } from '../../kernel/error.ts'
import { checkedBytes } from './check.ts'
import {
  archiveLimits,
  checkpointLine,
  checkpointsName,
  entriesName,
  entryLine,
  fileOf,
  type Manifest,
} from './format.ts'
import type { ArchiveSource } from './source.ts'

const newline = 10

async function* byteLines(bytes: AsyncIterable<Uint8Array>, refuse: (reason: string) => Problem) {
  let held: Uint8Array[] = []
  let length = 0
  for await (const part of bytes) {
    let from = 0
    for (let at = part.indexOf(newline); at >= 0; at = part.indexOf(newline, from)) {
      yield Buffer.concat([...held, part.subarray(from, at)])
      held = []
      length = 0
      from = at + 1
    }
    length += part.length - from
    if (length > archiveLimits.line) throw refuse(`it is longer than ${archiveLimits.line} bytes`)
    if (from < part.length) held.push(part.subarray(from))
  }
  if (length > 0) throw refuse('it does not end')
}

/** The lines of a JSON Lines file, each as its schema has it. Throws `archive.line` naming the file and the line. */
export async function* jsonLines<T>(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  schema: z.ZodType<T>,
): AsyncGenerator<T> {
  let line = 1
  const refuse = (reason: string) => new Problem('invalid', 'archive.line', { name, line, reason })
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for await (const text of byteLines(bytes, refuse)) {
    let value: unknown
    try {
      value = JSON.parse(utf8.decode(text))
    } catch {
      throw refuse('it is not JSON')
    }
    const parsed = schema.safeParse(value)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
    }
    yield parsed.data
    line += 1
  }
}

/** The log of an archive, line by line. */
export const logLines = (source: ArchiveSource, manifest: Manifest) => ({
  entries: jsonLines(checkedBytes(source, fileOf(manifest, entriesName)), entriesName, entryLine),
  checkpoints: jsonLines(
    checkedBytes(source, fileOf(manifest, checkpointsName)),
    checkpointsName,
    checkpointLine,
  ),
})
