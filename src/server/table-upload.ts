import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Context } from '../db/context.ts'
import { type Command, permissionOf } from '../kernel/command.ts'
import { Problem } from '../kernel/error.ts'
import type { Progress } from '../kernel/progress.ts'
import { FileRows, type ImportInput, type ImportResult } from '../tabular/import-result.ts'
import { readCsv } from '../tabular/node/csv-read.ts'
import { readXlsx } from '../tabular/node/xlsx-read.ts'
import { type ReadTable, tableLimits } from '../tabular/table.ts'
import { execute, refuseStranger } from './execute.ts'
import type { Authenticate } from './http.ts'
import { parseInput } from './input.ts'
import { jsonLines, jsonLinesType } from './json-lines.ts'
import { problemDetails } from './problem-details.ts'
import { type RunningImport, runningImports } from './running-imports.ts'
import type { Caller, Runtime } from './runtime.ts'
import { answerLines, wholeAnswer } from './table-answer.ts'

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
const readTable = (bytes: Buffer, reached: Progress['reach']): Promise<ReadTable> =>
  bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04'
    ? readXlsx(bytes, { reached })
    : readCsv(bytes, { reached })

/** A command that takes the rows of a file. */
export type TableCommand = Command<Context, ImportInput, ImportResult>

type Asked = { command: TableCommand; mode: 'dry-run' | 'apply'; reason: string | null; bytes: Buffer }

/** Reads the file and gives its rows to the command: read, checked and written in stages that `progress` tells. */
async function carriedOut(runtime: Runtime, caller: Caller, asked: Asked, progress: Progress) {
  await progress.begin('reading', null)
  const table = await readTable(asked.bytes, progress.reach)
  await progress.reach(table.rows.length, 1)
  await progress.begin('checking', table.rows.length)
  const rows = await FileRows.of(table, progress)
  const { mode, reason, command } = asked
  const input = { mode, reason, columns: [...table.columns], rows }
  const result = await execute(runtime, caller, command, input, undefined, progress)
  return { result, notes: table.notes }
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
 * The answer line by line, as {@link jsonLinesType}: first `{import}`, the id by which it can be called off, then
 * `{progress}` again and again, `{rows}`, and at last `{result}`, or `{problem}` where it was refused.
 */
function answerInLines(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  work: Work,
): FastifyReply {
  const { runtime, caller, asked } = work
  const lines = jsonLines()
  const run = runningImports(runtime).begin(runtime.random, caller.actor, (progress) => {
    void lines.send({ progress })
  })
  callOffWithReader(reply, run)
  const told = async () => {
    await lines.send({ import: run.id })
    const { result, notes } = await carriedOut(runtime, caller, asked, run.progress)
    for await (const line of answerLines(result, notes, caller.language)) await lines.send(line)
  }
  void told()
    .catch((error: unknown) =>
      lines.send({ problem: problemDetails(app.judged(error, request), caller.language) }),
    )
    .finally(() => {
      run.end()
      lines.end()
    })
  // A proxy that gathers an answer before it passes it on would show no progress.
  return reply.type(jsonLinesType).header('x-accel-buffering', 'no').send(lines.stream)
}

type Work = { runtime: Runtime; caller: Caller; asked: Asked }

/** Who went away wants nothing written any more. */
function callOffWithReader(reply: FastifyReply, run: RunningImport): void {
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) run.callOff()
  })
}

async function answerAtOnce(reply: FastifyReply, { runtime, caller, asked }: Work) {
  const run = runningImports(runtime).begin(runtime.random, caller.actor, () => undefined)
  callOffWithReader(reply, run)
  try {
    const { result, notes } = await carriedOut(runtime, caller, asked, run.progress)
    return wholeAnswer(result, notes, caller.language)
  } finally {
    run.end()
  }
}

/**
 * `POST <path>?mode=dry-run|apply` for each command, with a CSV or XLSX file as the body or as the one file of a form.
 * `dry-run` answers what each row would do; `apply` does all of it, or nothing. Who accepts {@link jsonLinesType} is told
 * how far it is.
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
        // By the head of the request, so that no file is read for who may not import anything.
        onRequest: async (request: FastifyRequest) =>
          refuseStranger(runtime, await authenticate(request), permissionOf(command)),
      }
      scope.post(path, options, async (request, reply) => {
        const caller = await authenticate(request)
        const { mode, reason = null } = parseInput(queryInput, request.query)
        const asked = { command, mode, reason, bytes: await uploaded(request) }
        reply.header('cache-control', 'no-store')
        const work = { runtime, caller, asked }
        return request.headers.accept?.includes(jsonLinesType)
          ? answerInLines(scope, request, reply, work)
          : answerAtOnce(reply, work)
      })
    }
  })
}
