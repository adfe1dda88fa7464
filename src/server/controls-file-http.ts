import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { controlColumns, implementationColumns } from '../controls/exchange.ts'
import { exportControls, importControls } from '../controls/server/control-exchange.ts'
import { exportImplementations, importImplementations } from '../controls/server/implementation-exchange.ts'
import { answer } from './execute.ts'
import { type Authenticate, times } from './http.ts'
import { parseInput } from './input.ts'
import type { Caller, Runtime } from './runtime.ts'
import { sendTable, spooled, tableFormats } from './table-download.ts'
import { registerTableUploads } from './table-upload.ts'

const selectedInput = z.strictObject({ ids: z.array(z.string()) })

/**
 * `GET /api/controls/export.csv` and `.xlsx` with the query of the list, `POST` the same with `{ids}` for chosen rows,
 * `GET /api/implementations/export.*` for how they are carried out, and `POST …/import` for both: what is exported can be
 * imported again, here or in another organisation.
 */
export function registerControlFileRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  const asked = async (request: FastifyRequest) => {
    const query = request.query as Record<string, unknown>
    return { query, caller: times(await authenticate(request), query) }
  }
  const controls = (caller: Caller, filter: unknown) =>
    spooled(controlColumns, (take) => answer(runtime, caller, exportControls(take), filter))
  for (const format of tableFormats) {
    const path = `/api/controls/export.${format}`
    const names = { name: 'controls', sheet: 'Controls' }
    // The same query as the list's: its filters and times count, its order and place in the pages do not.
    app.get(path, async (request, reply) => {
      const { query, caller } = await asked(request)
      const { asOf: _asOf, knownAt: _knownAt, sort: _sort, order: _order, limit: _limit, ...filter } = query
      return sendTable(reply, await controls(caller, filter), format, names)
    })
    app.post(path, async (request, reply) => {
      const { caller } = await asked(request)
      const { ids } = parseInput(selectedInput, request.body)
      return sendTable(reply, await controls(caller, { ids }), format, names)
    })
    app.get(`/api/implementations/export.${format}`, async (request, reply) => {
      const { caller } = await asked(request)
      const aside = await spooled(implementationColumns, (take) =>
        answer(runtime, caller, exportImplementations(take), {}),
      )
      return sendTable(reply, aside, format, { name: 'implementations', sheet: 'Implementations' })
    })
  }
  registerTableUploads(app, runtime, authenticate, {
    '/api/controls/import': importControls,
    '/api/implementations/import': importImplementations,
  })
}
