import type { Context } from '../../db/context.ts'
import type { Digest } from '../../db/objects.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { Problem } from '../../kernel/error.ts'
import {
  type Collection,
  collectionFormat,
  collectionSchema,
  type Item,
  UnreadableOutput,
} from '../collection.ts'
import { isObject, readJson } from '../tools/json.ts'
import { jsonParsers } from '../tools/parsers.ts'

/** Largest structured data that a check reads, in bytes. */
export const dataLimit = 32 * 1024 * 1024

/** What checks are asked about: the items, the tool that saw them, and when it had seen all of them. */
export type Data = { items: Item[]; tool: Record<string, unknown>; endedAt: string | null }

const ofCollection = ({ tool, host, startedAt, endedAt, items }: Collection): Data => ({
  items,
  tool: { ...tool, host, startedAt, endedAt },
  endedAt,
})

/** Reads structured data: the normal form, or what a tool of that kind prints. Throws {@link UnreadableOutput}. */
export function readData(kind: string, bytes: Uint8Array): Data {
  if (bytes.length > dataLimit) throw new UnreadableOutput('too-large', `larger than ${dataLimit} bytes`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableOutput('not-it', 'it is not UTF-8')
  }
  if (text.includes(collectionFormat)) {
    const value = readJson(text)
    if (isObject(value) && value.format === collectionFormat) {
      const parsed = collectionSchema.safeParse(value)
      const [issue] = parsed.error?.issues ?? []
      if (!parsed.success)
        throw new UnreadableOutput(
          'not-it',
          `${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'no collection'}`,
        )
      return ofCollection(parsed.data)
    }
  }
  const { items, tool, endedAt } = (jsonParsers[kind] ?? jsonParsers.json)(text, null)
  return { items, tool: { ...tool }, endedAt }
}

/** The data of an item of evidence. Throws {@link UnreadableOutput} where it is not there any more, or cannot be read. */
export async function dataOf(ctx: Context, one: Evidence): Promise<Data> {
  if (one.data === null) throw new UnreadableOutput('empty', 'the evidence has no structured data')
  if (one.data.size > dataLimit) throw new UnreadableOutput('too-large', `larger than ${dataLimit} bytes`)
  if (one.disposed !== null)
    throw new UnreadableOutput('gone', `the evidence was disposed of on ${one.disposed.on}`)
  return readData(one.data.kind, await stored(ctx, one.data.digest))
}

/** An object that is lost or damaged is the trouble of what needs it, not of everything that is asked with it. */
async function stored(ctx: Context, digest: Digest): Promise<Uint8Array> {
  try {
    return await ctx.objects.get(digest)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.kind === 'not_found') throw new UnreadableOutput('gone', 'its bytes are not in the store')
    if (error.code === 'object.damaged')
      throw new UnreadableOutput('damaged', 'its bytes are not what was stored')
    throw error
  }
}
