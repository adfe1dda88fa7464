import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { exchangeColumns } from '../certificates/exchange.ts'
import { exportCertificates } from '../certificates/server/exchange-queries.ts'
import { csvLines } from '../tabular/csv-write.ts'
import { type Spool, spool } from '../tabular/node/spool.ts'
import { xlsxStream } from '../tabular/node/xlsx-write.ts'
import type { TableStream } from '../tabular/table.ts'
import { sendAttachment } from './attachment.ts'
import { answer } from './execute.ts'
import { type Authenticate, times } from './http.ts'
import { parseInput } from './input.ts'
import type { Caller, Runtime } from './runtime.ts'

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
    bytes: (table: TableStream) => Readable.from(inPortions(csvLines(table)), { objectMode: false }),
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: (table: TableStream) => xlsxStream('Certificates', table),
  },
} as const

type Format = keyof typeof formats

/** Lays what is exported aside, in one snapshot, before its first byte is sent: no transaction waits for the reader. */
export async function spooledExport(runtime: Runtime, caller: Caller, filter: unknown): Promise<Spool> {
  const aside = await spool(exchangeColumns)
  try {
    await answer(
      runtime,
      caller,
      exportCertificates((row) => aside.add(row)),
      filter,
    )
    return aside
  } catch (error) {
    await aside.discard()
    throw error
  }
}

async function send(reply: FastifyReply, aside: Spool, format: Format): Promise<FastifyReply> {
  const { mediaType, bytes } = formats[format]
  const body = bytes(await aside.table())
  // However it ends: sent, or the reader gone.
  body.once('close', () => aside.discard().catch(() => undefined))
  return sendAttachment(reply, { fileName: `certificates.${format}`, mediaType, bytes: body })
}

const selectedInput = z.strictObject({ ids: z.array(z.string()) })

/**
 * `GET /api/certificates/export.csv` and `.xlsx` with the query of the list, and `POST` with `{ids}` for chosen rows: so
 * many ids as can be chosen fit no address.
 */
export function registerCertificateExportRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  const asked = async (request: FastifyRequest) => {
    const query = request.query as Record<string, unknown>
    return { query, caller: times(await authenticate(request), query) }
  }
  for (const format of ['csv', 'xlsx'] as const) {
    const path = `/api/certificates/export.${format}`
    // The same query as the list's: its filters and times count, its order and place in the pages do not.
    app.get(path, async (request, reply) => {
      const { query, caller } = await asked(request)
      const { asOf: _asOf, knownAt: _knownAt, sort: _sort, order: _order, limit: _limit, ...filter } = query
      return send(reply, await spooledExport(runtime, caller, filter), format)
    })
    app.post(path, async (request, reply) => {
      const { caller } = await asked(request)
      const { ids } = parseInput(selectedInput, request.body)
      return send(reply, await spooledExport(runtime, caller, { ids }), format)
    })
  }
}
