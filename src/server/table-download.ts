import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { csvLines } from '../tabular/csv-write.ts'
import { type Spool, spool } from '../tabular/node/spool.ts'
import { xlsxStream } from '../tabular/node/xlsx-write.ts'
import type { TableStream } from '../tabular/table.ts'
import { sendAttachment } from './attachment.ts'

// Lines that are sent at once: each alone would be a packet.
const portion = 64 * 1024

async function* inPortions(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let open = ''
  for await (const line of lines) {
    open += line
    if (open.length < portion) continue
    yield open
    open = ''
  }
  if (open !== '') yield open
}

const formats = {
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    bytes: (table: TableStream, _sheet: string) =>
      Readable.from(inPortions(csvLines(table)), { objectMode: false }),
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: (table: TableStream, sheet: string) => xlsxStream(sheet, table),
  },
} as const

export const tableFormats = ['csv', 'xlsx'] as const
export type TableFormat = (typeof tableFormats)[number]

/** Lays rows aside before their first byte is sent: no transaction waits for the reader. */
export async function spooled(
  columns: readonly string[],
  write: (take: (row: string[]) => Promise<void>) => Promise<unknown>,
): Promise<Spool> {
  const aside = await spool(columns)
  try {
    await write((row) => aside.add(row))
    return aside
  } catch (error) {
    await aside.discard()
    throw error
  }
}

/** Sends a table as a file; what was laid aside is removed however the sending ends. */
export async function sendTable(
  reply: FastifyReply,
  aside: Spool,
  format: TableFormat,
  { name, sheet }: { name: string; sheet: string },
): Promise<FastifyReply> {
  const { mediaType, bytes } = formats[format]
  const body = bytes(await aside.table(), sheet)
  // However it ends: sent, or the reader gone.
  body.once('close', () => aside.discard().catch(() => undefined))
  return sendAttachment(reply, { fileName: `${name}.${format}`, mediaType, bytes: body })
}
