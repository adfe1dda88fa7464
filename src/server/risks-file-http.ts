import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { riskColumns } from '../risks/exchange.ts'
import { exportRisks } from '../risks/server/export-queries.ts'
import { importRisks } from '../risks/server/import-commands.ts'
import { answer } from './execute.ts'
import { type Authenticate, times } from './http.ts'
import { parseInput } from './input.ts'
import type { Caller, Runtime } from './runtime.ts'
import { sendTable, spooled, tableFormats } from './table-download.ts'
import { registerTableUploads } from './table-upload.ts'

const selectedInput = z.strictObject({ ids: z.array(z.string()) })

/**
 * `GET /api/risks/export.csv` and `.xlsx` with the query of the register, `POST` the same with `{ids}` for chosen rows,
 * and `POST /api/risks/import`: what is exported can be imported again, here or in another organisation.
 */
export function registerRiskFileRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  const asked = async (request: FastifyRequest) => {
    const query = request.query as Record<string, unknown>
    return { query, caller: times(await authenticate(request), query) }
  }
  const risks = (caller: Caller, filter: unknown) =>
    spooled(riskColumns, (take) => answer(runtime, caller, exportRisks(take), filter))
  const names = { name: 'risks', sheet: 'Risks' }
  for (const format of tableFormats) {
    const path = `/api/risks/export.${format}`
    // The same query as the register's: its filters and times count, its order and place in the pages do not.
    app.get(path, async (request, reply) => {
      const { query, caller } = await asked(request)
      const { asOf: _asOf, knownAt: _knownAt, sort: _sort, order: _order, limit: _limit, ...filter } = query
      return sendTable(reply, await risks(caller, filter), format, names)
    })
    app.post(path, async (request, reply) => {
      const { caller } = await asked(request)
      const { ids } = parseInput(selectedInput, request.body)
      return sendTable(reply, await risks(caller, { ids }), format, names)
    })
  }
  registerTableUploads(app, runtime, authenticate, { '/api/risks/import': importRisks })
}
