import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { issueColumns, obligationColumns, partyColumns } from '../context/exchange.ts'
import { exportIssues, exportObligations, exportParties } from '../context/server/export-queries.ts'
import { importIssues, importObligations, importParties } from '../context/server/import-commands.ts'
import type { Context } from '../db/context.ts'
import type { Query } from '../kernel/command.ts'
import { objectiveColumns } from '../objectives/exchange.ts'
import { readingColumns } from '../objectives/reading-exchange.ts'
import { exportObjectives, importObjectives } from '../objectives/server/exchange-commands.ts'
import { importReadings } from '../objectives/server/reading-commands.ts'
import { exportReadings } from '../objectives/server/register-queries.ts'
import { answer } from './execute.ts'
import { type Authenticate, times } from './http.ts'
import { parseInput } from './input.ts'
import type { Caller, Runtime } from './runtime.ts'
import { sendTable, spooled, tableFormats } from './table-download.ts'
import { registerTableUploads } from './table-upload.ts'

const selectedInput = z.strictObject({ ids: z.array(z.string()) })

type Take = (row: string[]) => Promise<void>

const register = <Input>(
  columns: readonly string[],
  sheet: string,
  query: (take: Take) => Query<Context, Input, { count: number }>,
  /** The filter under which a choice by id is not narrowed further. */
  unfiltered: object = { state: 'all' },
) => ({
  sheet,
  unfiltered,
  aside: (runtime: Runtime, caller: Caller, filter: unknown) =>
    spooled(columns, (take) => answer(runtime, caller, query(take), filter)),
})

const registers = {
  parties: register(partyColumns, 'Interested parties', exportParties),
  issues: register(issueColumns, 'Issues', exportIssues),
  obligations: register(obligationColumns, 'Obligations', exportObligations),
  objectives: register(objectiveColumns, 'Objectives', exportObjectives, {}),
  readings: register(readingColumns, 'Readings', exportReadings),
}

/**
 * `GET /api/parties|issues|obligations|objectives|readings/export.csv` and `.xlsx` with the query of the list, `POST` the same with
 * `{ids}` for chosen rows, and `POST …/import`: what is exported can be imported again, here or elsewhere.
 */
export function registerContextFileRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  const asked = async (request: FastifyRequest) => {
    const query = request.query as Record<string, unknown>
    return { query, caller: times(await authenticate(request), query) }
  }
  for (const [name, { aside, sheet, unfiltered }] of Object.entries(registers)) {
    for (const format of tableFormats) {
      const path = `/api/${name}/export.${format}`
      // The same query as the list's: its filters and times count, its order and place in the pages do not.
      app.get(path, async (request, reply) => {
        const { query, caller } = await asked(request)
        const { asOf: _asOf, knownAt: _knownAt, sort: _sort, order: _order, limit: _limit, ...filter } = query
        return sendTable(reply, await aside(runtime, caller, filter), format, { name, sheet })
      })
      if (name === 'readings') continue
      app.post(path, async (request, reply) => {
        const { caller } = await asked(request)
        const { ids } = parseInput(selectedInput, request.body)
        const rows = await aside(runtime, caller, { ids, ...unfiltered })
        return sendTable(reply, rows, format, { name, sheet })
      })
    }
  }
  registerTableUploads(app, runtime, authenticate, {
    '/api/parties/import': importParties,
    '/api/issues/import': importIssues,
    '/api/obligations/import': importObligations,
    '/api/objectives/import': importObjectives,
    '/api/readings/import': importReadings,
  })
}
