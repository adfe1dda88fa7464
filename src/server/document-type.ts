import type { Document } from '../certificates/document.ts'
import { type SniffedType, sniffer } from '../evidence/server/sniff.ts'
import { fieldProblem, Problem } from '../kernel/error.ts'

type MediaType = Document['mediaType']

// What each accepted type looks like from outside. A CSV file is plain text to a sniffer; Windows declares it as Excel.
const accepted: readonly {
  type: MediaType
  content: SniffedType
  extensions: readonly string[]
  declared?: readonly string[]
}[] = [
  { type: 'application/pdf', content: 'application/pdf', extensions: ['pdf'] },
  { type: 'image/png', content: 'image/png', extensions: ['png'] },
  { type: 'image/jpeg', content: 'image/jpeg', extensions: ['jpg', 'jpeg'], declared: ['image/pjpeg'] },
  {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    content: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
  },
  {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
  },
  {
    type: 'text/csv',
    content: 'text/plain',
    extensions: ['csv'],
    declared: ['text/plain', 'application/vnd.ms-excel'],
  },
  { type: 'text/plain', content: 'text/plain', extensions: ['txt'] },
]

// What browsers and tools declare when they do not know.
const undeclared = ['', 'application/octet-stream']

/** The last extension of a file name in lower case; a name that ends in a dot or space has none. */
const extensionOf = (fileName: string): string =>
  /\.([a-z0-9]{1,10})$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''

const short = (text: string) => text.slice(0, 80)

/** The type under which a document is kept: name, declared type and content must agree, or it is refused naming them. */
export function documentType(fileName: string, declaredType: string, content: SniffedType): MediaType {
  const extension = extensionOf(fileName)
  const declared = (declaredType.split(';')[0] ?? '').trim().toLowerCase()
  const byContent = accepted.filter((one) => one.content === content)
  const refuse = (code: string, params: Record<string, string>): never => {
    throw new Problem('invalid', 'input.invalid', { count: 1 }, [fieldProblem('/file', code, params)])
  }
  // JSON is text too: what is refused is only its name.
  if (byContent.length === 0) return refuse('document.type_refused', { found: content })
  const found = byContent.find((one) => one.extensions.includes(extension))
  if (!found) return refuse('document.type_mismatch', { found: content, said: short(extension || fileName) })
  if (declared !== found.type && !undeclared.includes(declared) && !found.declared?.includes(declared))
    return refuse('document.type_mismatch', { found: content, said: short(declared) })
  return found.type
}

/**
 * Lets a file through to the object store and looks at it on the way. Once the last byte has passed, `judge` decides;
 * when it throws, the store keeps nothing.
 */
export async function* inspected(
  stream: AsyncIterable<Uint8Array>,
  judge: (content: SniffedType, size: number) => void,
): AsyncIterable<Uint8Array> {
  const look = sniffer()
  let size = 0
  for await (const part of stream) {
    size += part.length
    look.push(part)
    yield part
  }
  judge(look.end(), size)
}
