import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { assetColumns } from '../assets/exchange.ts'
import { exportAssets, importAssets } from '../assets/server/exchange.ts'
import { answer } from './execute.ts'
import { type Authenticate, times } from './http.ts'
import { parseInput } from './input.ts'
import type { Caller, Runtime } from './runtime.ts'
import { sendTable, spooled, tableFormats } from './table-download.ts'
import { registerTableUploads } from './table-upload.ts'

const selectedInput = z.strictObject({ ids: z.array(z.string()) })

/**
 * `GET /api/assets/export.csv` and `.xlsx` with the query of the list, `POST` the same with `{ids}` for chosen rows, and
 * `POST /api/assets/import` for files and for cells pasted from a spreadsheet: what is exported can be imported again.
 */
export function registerAssetFileRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  const rows = (caller: Caller, filter: unknown) =>
    spooled(assetColumns, (take) => answer(runtime, caller, exportAssets(take), filter))
  const asked = async (request: FastifyRequest) => {
    const query = request.query as Record<string, unknown>
    return { query, caller: times(await authenticate(request), query) }
  }
  for (const format of tableFormats) {
    const path = `/api/assets/export.${format}`
    const names = { name: 'assets', sheet: 'Assets' }
    // The same query as the list's: its filters and times count, its order and place in the pages do not.
    app.get(path, async (request, reply) => {
      const { query, caller } = await asked(request)
      const { asOf: _asOf, knownAt: _knownAt, sort: _sort, order: _order, limit: _limit, ...filter } = query
      return sendTable(reply, await rows(caller, filter), format, names)
    })
    app.post(path, async (request, reply) => {
      const { caller } = await asked(request)
      const { ids } = parseInput(selectedInput, request.body)
      return sendTable(reply, await rows(caller, { ids }), format, names)
    })
  }
  registerTableUploads(app, runtime, authenticate, { '/api/assets/import': importAssets })
}
