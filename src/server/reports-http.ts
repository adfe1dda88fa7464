import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../kernel/error.ts'
import { csvTable } from '../reports/csv.ts'
import type { Report } from '../reports/report.ts'
import type { PdfPress } from '../reports/server/pdf.ts'
import { getReport, reportInput } from '../reports/server/queries.ts'
import { workbookOf } from '../reports/server/xlsx.ts'
import { csvLines } from '../tabular/csv-write.ts'
import { sendAttachment } from './attachment.ts'
import { answer } from './execute.ts'
import { type Authenticate, times } from './http.ts'
import { parseInput } from './input.ts'
import type { Runtime } from './runtime.ts'

const mediaTypes = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

type Format = keyof typeof mediaTypes

function linesOf(report: Report, key: string | undefined): Readable {
  const table = csvTable(report, key)
  if (table === null) throw new Problem('precondition', 'report.no_table')
  return Readable.from(csvLines({ ...table, widths: table.header.map(() => 1) }), { objectMode: false })
}

/**
 * `GET /api/reports/:kind/pdf`, `/xlsx` and `/csv` (of one `table`) with the query of the report itself: the same content
 * as the screen, as a file. Equal reports are equal bytes.
 */
export function registerReportRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
  press: PdfPress,
): void {
  const asked = async (request: FastifyRequest) => {
    const query = request.query as Record<string, unknown>
    const caller = times(await authenticate(request), query)
    const { asOf: _asOf, knownAt: _knownAt, table, ...rest } = query
    const { kind } = request.params as { kind: string }
    const input = parseInput(reportInput, { ...rest, kind })
    const { report } = await answer(runtime, caller, getReport, input)
    return { report, table: typeof table === 'string' ? table : undefined }
  }
  const bytesOf: Record<
    Format,
    (report: Report, table: string | undefined) => Promise<Uint8Array | Readable>
  > = {
    pdf: (report) => press.print(report),
    xlsx: (report) => workbookOf(report),
    csv: async (report, table) => linesOf(report, table),
  }
  for (const format of Object.keys(mediaTypes) as Format[])
    app.get(`/api/reports/:kind/${format}`, async (request, reply) => {
      const { report, table } = await asked(request)
      return sendAttachment(reply, {
        fileName: `${report.kind}-${report.asOf}-${report.language}.${format}`,
        mediaType: mediaTypes[format],
        bytes: await bytesOf[format](report, table),
      })
    })
}
