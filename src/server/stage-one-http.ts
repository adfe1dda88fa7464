import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { languageSchema } from '../kernel/language.ts'
import type { Prover } from '../log/server/prove.ts'
import { writeZip } from '../log/zip.ts'
import { contentDigest } from '../reports/digest.ts'
import { indexPage, type PackageFile } from '../reports/package-index.ts'
import { type Report, tablesOf } from '../reports/report.ts'
import { recordPackage } from '../reports/server/package-commands.ts'
import { packageProof, type StageOne, stageOneReports } from '../reports/server/package-queries.ts'
import type { PdfPress } from '../reports/server/pdf.ts'
import { workbookOf } from '../reports/server/xlsx.ts'
import { sendAttachment } from './attachment.ts'
import { answer, execute } from './execute.ts'
import { type Authenticate, times } from './http.ts'
import { parseInput } from './input.ts'
import type { Caller, Runtime } from './runtime.ts'

const mediaTypes = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
} as const

type Made = PackageFile & { bytes: Uint8Array }

const made = (name: string, kind: keyof typeof mediaTypes, bytes: Uint8Array): Made => ({
  ...{ name, mediaType: mediaTypes[kind], size: bytes.byteLength, bytes },
  sha256: createHash('sha256').update(bytes).digest('hex'),
})

async function filesOf(press: PdfPress, report: Report, at: number): Promise<Made[]> {
  const base = `${String(at + 1).padStart(2, '0')}-${report.kind}`
  const pdf = made(`${base}.pdf`, 'pdf', await press.print(report))
  if (tablesOf(report).length === 0) return [pdf]
  return [pdf, made(`${base}.xlsx`, 'xlsx', await workbookOf(report))]
}

const told = ({ name, mediaType, size, sha256 }: Made): PackageFile => ({ name, mediaType, size, sha256 })

/** The papers with their index, for people and for programs, and the digests in the form that `sha256sum -c` reads. */
async function contentsOf(press: PdfPress, { reports, asOf }: StageOne, language: 'en' | 'ja') {
  const papers: { report: Report; files: Made[] }[] = []
  for (const [at, report] of reports.entries())
    papers.push({ report, files: await filesOf(press, report, at) })
  const index = papers.map(({ report, files }) => ({
    ...{ kind: report.kind, title: report.title, subject: report.subject, version: report.version },
    ...{ asOf: report.asOf, integrity: report.integrity, content: contentDigest(report) },
    files: files.map(told),
  }))
  const files = [
    ...papers.flatMap((one) => one.files),
    made('index.html', 'html', Buffer.from(indexPage(papers, language, asOf))),
    made('index.json', 'json', Buffer.from(`${JSON.stringify({ v: 1, asOf, reports: index }, null, 2)}\n`)),
  ]
  const sums = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')
  return [...files, made('SHA256SUMS', 'txt', Buffer.from(sums))]
}

/**
 * `POST /api/programmes/:id/stage-one` gives a stage 1 auditor everything in one ZIP: papers as of one day, an index,
 * digests, and `package.grcproof` with the log entry that names each digest and those of what was approved. The entry is
 * logged before the package leaves, so that nothing is given out which the log does not know.
 */
export function registerStageOneRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
  { press, prove }: { press: PdfPress; prove: Prover },
): void {
  app.post('/api/programmes/:id/stage-one', async (request, reply) => {
    const own: Caller = await authenticate(request)
    const caller = times(own, request.query as Record<string, unknown>)
    const { language } = parseInput(z.strictObject({ language: languageSchema }), request.body)
    const { id } = request.params as { id: string }
    const said = await answer(runtime, caller, stageOneReports, { id, language })
    const files = await contentsOf(press, said, language)
    const recorded = await execute(runtime, own, recordPackage, {
      ...{ programmeId: id, kind: 'stage-one', language, asOf: said.asOf },
      files: files.map(told),
    })
    const parts = await answer(runtime, own, packageProof, {
      ...{ programme: id, package: recorded.id, cited: said.cited },
    })
    const entry = parts.entries[0]?.index ?? 0
    const proof = await prove(parts, {
      files: files.map(({ name, mediaType, sha256 }, at) => ({
        ...{ name, mediaType, sha256, entry, bytes: null },
        pointer: `/record/files/${at}/sha256`,
      })),
    })
    return sendAttachment(reply, {
      fileName: `stage-one-${said.asOf}-${language}.zip`,
      mediaType: 'application/zip',
      bytes: writeZip([
        ...files.map(({ name, bytes }) => ({ name, bytes })),
        { name: 'package.grcproof', bytes: proof },
      ]),
    })
  })
}
