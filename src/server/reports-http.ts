import type { FastifyInstance, FastifyRequest } from 'fastify'
import { PdfPress } from '../reports/server/pdf.ts'
import { getReport, reportInput } from '../reports/server/queries.ts'
import { sendAttachment } from './attachment.ts'
import { answer } from './execute.ts'
import { type Authenticate, times } from './http.ts'
import { parseInput } from './input.ts'
import type { Runtime } from './runtime.ts'

/**
 * `GET /api/reports/:kind/pdf` with the query of the report itself: the same content as the screen, as a file. Equal
 * reports are equal bytes.
 */
export function registerReportRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  const press = new PdfPress()
  app.addHook('onClose', () => press.close())
  const reportFor = async (request: FastifyRequest) => {
    const query = request.query as Record<string, unknown>
    const caller = times(await authenticate(request), query)
    const { asOf: _asOf, knownAt: _knownAt, ...rest } = query
    const { kind } = request.params as { kind: string }
    const input = parseInput(reportInput, { ...rest, kind })
    return (await answer(runtime, caller, getReport, input)).report
  }
  app.get('/api/reports/:kind/pdf', async (request, reply) => {
    const report = await reportFor(request)
    return sendAttachment(reply, {
      fileName: `${report.kind}-${report.asOf}-${report.language}.pdf`,
      mediaType: 'application/pdf',
      bytes: await press.print(report),
    })
  })
}
