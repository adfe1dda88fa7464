import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { exchangeColumns } from '../certificates/exchange.ts'
import { exportCertificates } from '../certificates/server/exchange-queries.ts'
import type { Spool } from '../tabular/node/spool.ts'
import { answer } from './execute.ts'
import { type Authenticate, times } from './http.ts'
import { parseInput } from './input.ts'
import type { Caller, Runtime } from './runtime.ts'
import { sendTable, spooled, tableFormats } from './table-download.ts'

/** Lays what is exported aside, in one snapshot, before its first byte is sent: no transaction waits for the reader. */
export const spooledExport = (runtime: Runtime, caller: Caller, filter: unknown): Promise<Spool> =>
  spooled(exchangeColumns, (take) => answer(runtime, caller, exportCertificates(take), filter))

const names = { name: 'certificates', sheet: 'Certificates' }

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
  for (const format of tableFormats) {
    const path = `/api/certificates/export.${format}`
    // The same query as the list's: its filters and times count, its order and place in the pages do not.
    app.get(path, async (request, reply) => {
      const { query, caller } = await asked(request)
      const { asOf: _asOf, knownAt: _knownAt, sort: _sort, order: _order, limit: _limit, ...filter } = query
      return sendTable(reply, await spooledExport(runtime, caller, filter), format, names)
    })
    app.post(path, async (request, reply) => {
      const { caller } = await asked(request)
      const { ids } = parseInput(selectedInput, request.body)
      return sendTable(reply, await spooledExport(runtime, caller, { ids }), format, names)
    })
  }
}
