import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { mayAnywhere } from '../access/permission.ts'
import type { Context } from '../db/context.ts'
import { type Command, permissionOf } from '../kernel/command.ts'
import { type FieldProblem, Problem } from '../kernel/error.ts'
import type { Language } from '../kernel/language.ts'
import { readCsv } from '../tabular/node/csv-read.ts'
import { readXlsx } from '../tabular/node/xlsx-read.ts'
import { type ReadTable, tableLimits } from '../tabular/table.ts'
import { execute } from './execute.ts'
import type { Authenticate } from './http.ts'
import { parseInput } from './input.ts'
import { problemText } from './problem-details.ts'
import type { Caller, Runtime } from './runtime.ts'

const queryInput = z.strictObject({
  mode: z.enum(['dry-run', 'apply']).default('dry-run'),
  reason: z.string().max(2000).optional(),
})

const tooLarge = () => new Problem('invalid', 'input.too_large', { limit: tableLimits.bytes })

/** The file: the whole body, or the one file of a form. */
async function uploaded(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const part = await request.file().catch(() => undefined)
  if (!part) throw new Problem('invalid', 'input.media_type', { expected: 'a form with one file' })
  const bytes = await part.toBuffer().catch(() => {
    // The form reader has two reasons: the limit, or a form that ends in the middle.
    throw part.file.truncated ? tooLarge() : new Problem('invalid', 'document.cut_off')
  })
  if (part.file.truncated) throw tooLarge()
  return bytes
}

/** A workbook is a ZIP file by its first bytes, whatever it is called: people rename files, and Excel declares CSV as its own. */
const readTable = (bytes: Buffer): Promise<ReadTable> =>
  bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04' ? readXlsx(bytes) : readCsv(bytes)

type TableRow = { row: number; cells: Record<string, string> }
type TableInput = {
  mode: 'dry-run' | 'apply'
  reason: string | null
  columns: string[]
  rows: TableRow[]
}
type TableResult = { rows: readonly { problems: readonly unknown[] }[] }

/** A command that takes the rows of a file. */
export type TableCommand = Command<Context, TableInput, TableResult & Record<string, unknown>>

const withText = (problem: FieldProblem, language: Language) => ({
  pointer: problem.pointer,
  code: problem.code,
  detail: problemText(problem.code, problem.params ?? {}, language),
})

/** The answer for people: every problem and note with its text. */
const explained = (result: TableResult, table: ReadTable, language: Language) => ({
  ...result,
  notes: table.notes.map((note) => withText(note, language)),
  rows: result.rows.map((row) => ({
    ...row,
    problems: row.problems.map((problem) => withText(problem as FieldProblem, language)),
  })),
})

/** Refuses by the head of the request, so that no file is read for who may not import anything. */
function refuseStranger(runtime: Runtime, { actor }: Caller, permission: string): void {
  if (mayAnywhere(runtime.matrix, actor, permission)) return
  throw actor.kind === 'visitor'
    ? new Problem('unauthenticated', 'access.sign_in')
    : new Problem('forbidden', 'access.forbidden', { permission })
}

const limits = {
  fileSize: tableLimits.bytes,
  files: 1,
  fields: 8,
  fieldSize: 1000,
  fieldNameSize: 100,
  headerPairs: 20,
}

/**
 * `POST <path>?mode=dry-run|apply` for each command, with a CSV or XLSX file as the body or as the one file of a form.
 * `dry-run` answers what each row would do; `apply` does all of it, or nothing.
 */
export function registerTableUploads(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
  commands: Readonly<Record<string, TableCommand>>,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    await scope.register(multipart, { limits })
    for (const [path, command] of Object.entries(commands)) {
      const options = {
        bodyLimit: tableLimits.bytes,
        onRequest: async (request: FastifyRequest) =>
          refuseStranger(runtime, await authenticate(request), permissionOf(command)),
      }
      scope.post(path, options, async (request, reply) => {
        const caller = await authenticate(request)
        const { mode, reason } = parseInput(queryInput, request.query)
        const table = await readTable(await uploaded(request))
        const result = await execute(runtime, caller, command, {
          mode,
          reason: reason ?? null,
          columns: table.columns,
          rows: table.rows.map(({ row, cells }) => ({ row, cells: Object.fromEntries(cells) })),
        })
        return reply.header('cache-control', 'no-store').send(explained(result, table, caller.language))
      })
    }
  })
}
