import type { ObjectStore } from '../db/objects.ts'
import { maskedName } from '../evidence/card-number/finding.ts'
import type { FileFacts } from '../evidence/file.ts'
import { inspectionOf } from '../evidence/file.ts'
import { cardNumbersFound, cardProblems } from '../evidence/server/card-problem.ts'
import { type Look, lookAt } from '../evidence/server/look.ts'
import { mediaTypeOf } from '../evidence/server/media-type.ts'
import { fieldProblem, Problem } from '../kernel/error.ts'

const nameLimit = 500

/** PostgreSQL stores neither NUL nor half a character; everything else of a name is kept as it came. */
export const storableName = (name: string): string =>
  name.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, nameLimit).toWellFormed() || 'unnamed'

export const emptyFile = (pointer: string, name: string): Problem =>
  new Problem('invalid', 'input.invalid', { count: 1 }, [
    fieldProblem(pointer, 'evidence.file_empty', { name: maskedName(name) }),
  ])

/** The end of a look: what is recorded of the file, or the refusal of one with card numbers. */
export async function judged(
  look: Look,
  name: string,
  pointer: string,
): Promise<Pick<FileFacts, 'mediaType' | 'cardNumbers' | 'notInspected'>> {
  const { content, verdict } = await look.end()
  if (verdict.verdict === 'found') throw cardNumbersFound(1, cardProblems(pointer, maskedName(name), verdict))
  return { mediaType: mediaTypeOf(name, content), ...inspectionOf(verdict) }
}

/**
 * Stores one file of a form while it is looked at. It becomes an object only after the last byte was judged: a refused
 * or broken one leaves nothing in the store. `pointer` names the file in refusals.
 */
export async function takeIn(
  objects: ObjectStore,
  file: { name: string; type: string; bytes: AsyncIterable<Uint8Array> },
  limit: number,
  pointer: string,
): Promise<FileFacts> {
  const name = storableName(file.name)
  const look = lookAt(name, file.type)
  let facts: Awaited<ReturnType<typeof judged>> | undefined
  async function* passing(): AsyncGenerator<Uint8Array> {
    let size = 0
    for await (const part of file.bytes) {
      size += part.length
      await look.push(part)
      yield part
    }
    if (size === 0) throw emptyFile(pointer, name)
    if (size <= limit) facts = await judged(look, name, pointer)
  }
  try {
    const { digest, size } = await objects.put(passing(), limit)
    if (!facts) throw new Error('an object was stored without being looked at')
    return { name, size, digest, ...facts }
  } finally {
    look.abandon()
  }
}
