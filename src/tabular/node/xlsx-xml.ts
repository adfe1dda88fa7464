import { setImmediate } from 'node:timers/promises'
import { type SaxesAttributePlain, SaxesParser } from 'saxes'
import { refuseWhole } from '../table.ts'
import type { MemberStream } from './zip.ts'

/** What a reader of a part is told. Names come without their prefix; text comes in whole pieces between tags. */
export type XmlReader = {
  open?(name: string, attributes: ReadonlyMap<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

const deepest = 64
const mostAttributes = 256
// Bytes that are parsed at once: a large workbook must not keep everyone else waiting.
const slice = 64 * 1024
// One text or tag may be this long; a cell holds far less.
const longest = 4 * 1024 * 1024

const local = (name: string) => name.slice(name.indexOf(':') + 1)

/** Attributes as a map, so that no name of a stranger becomes a property; `r:id` and `id` stay apart. */
const attributesOf = (
  attributes: Record<string, SaxesAttributePlain | string>,
): ReadonlyMap<string, string> =>
  new Map(Object.entries(attributes).map(([name, value]) => [name, String(value)]))

/** The part as text in slices that end between characters; throws a `TypeError` where it is not UTF-8. */
async function* texts({ parts }: MemberStream): AsyncGenerator<{ text: string; bytes: number }> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  for await (const part of parts) {
    for (let at = 0; at < part.length; at += slice) {
      const piece = part.subarray(at, at + slice)
      bytes += piece.length
      yield { text: decoder.decode(piece, { stream: true }), bytes }
    }
  }
  yield { text: decoder.decode(), bytes }
}

/**
 * Reads one part of a workbook. A workbook has no document type, hence none is accepted: no entity can be declared and
 * nothing outside can be fetched. Throws `invalid` naming the part. `reached` is told which
 * share of it has been read, and gives others their turn.
 */
export async function readXml(
  member: string,
  content: MemberStream,
  reader: XmlReader,
  reached: (share: number) => Promise<void> = () => setImmediate(),
): Promise<void> {
  const refuse = (reason: string): never =>
    refuseWhole('tabular.xml', { member: member.slice(0, 200), reason })
  const parser = new SaxesParser()
  let depth = 0
  let attributes = 0
  let heard = 0
  let at = 0
  const hear = () => {
    heard = at
  }
  parser.on('doctype', () => refuse('it declares a document type'))
  parser.on('attribute', () => {
    hear()
    attributes += 1
    if (attributes > mostAttributes) refuse(`more than ${mostAttributes} attributes`)
  })
  parser.on('opentag', (tag) => {
    hear()
    attributes = 0
    depth += 1
    if (depth > deepest) refuse(`more than ${deepest} levels`)
    reader.open?.(local(tag.name), attributesOf(tag.attributes))
  })
  parser.on('text', (text) => reader.text?.(text))
  parser.on('cdata', (text) => reader.text?.(text))
  parser.on('closetag', ({ name }) => {
    hear()
    depth -= 1
    reader.close?.(local(name))
  })
  parser.on('error', (error) => refuse(error.message.slice(0, 200)))
  try {
    for await (const { text, bytes } of texts(content)) {
      parser.write(text)
      at += text.length
      if (at - heard > longest) refuse(`a text or tag of more than ${longest} characters`)
      await reached(content.size === 0 ? 1 : bytes / content.size)
    }
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      refuse('it is not UTF-8')
    throw error
  }
  parser.close()
}
