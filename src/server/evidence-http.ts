import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { maskedName } from '../evidence/card-number/finding.ts'
import { uploadLimits } from '../evidence/limits.ts'
import { keepFile } from '../evidence/server/files.ts'
import { permissionOf } from '../kernel/command.ts'
import { type FieldProblem, fieldProblem, Problem } from '../kernel/error.ts'
import { keepHeld, readItem, record, type Sent, takeFile } from './evidence-form.ts'
import { storableName } from './evidence-intake.ts'
import { refuseStranger } from './execute.ts'
import { type Authenticate, languageOf } from './http.ts'
import { problemDetails } from './problem-details.ts'
import type { Caller, Runtime } from './runtime.ts'

const { filesAtOnce, formFile } = uploadLimits

const itemLimit = 256 * 1024

/** A refusal of one file says which; anything else ends the whole request. */
function refusalOf(error: unknown, pointer: string, name: string): FieldProblem[] {
  if (!(error instanceof Problem) || error.kind !== 'invalid') throw error
  if (error.code === 'input.too_large')
    return [fieldProblem(pointer, 'evidence.file_large', { name: maskedName(name), limit: formFile })]
  if (error.fields.length === 0) throw error
  return [...error.fields]
}

/** Reads a form file by file: each is taken or refused by itself, in the order in which they come. */
async function readForm(runtime: Runtime, caller: Caller, request: FastifyRequest): Promise<Sent> {
  const sent: Sent = { item: null, items: [], held: [], refused: [], withCards: 0 }
  let index = 0
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (part.fieldname === 'evidence') sent.item = readItem(part, itemLimit)
        continue
      }
      const pointer = `/files/${index++}`
      const name = storableName(part.filename ?? '')
      try {
        await takeFile(runtime, caller, sent, { name, part, pointer, limit: formFile })
      } catch (error) {
        if (error instanceof Problem && error.code === 'evidence.card_numbers') sent.withCards += 1
        sent.refused.push(...refusalOf(error, pointer, name))
        // Whatever is left of it, or the form could not go on to the next.
        part.file.resume()
      }
    }
  } catch (error) {
    await keepHeld(runtime, caller, sent)
    throw error
  }
  return sent
}

/** The form reader's own refusals, said in our words. */
function explained(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^FST_(PARTS|FILES)_LIMIT$/.test(code))
    return new Problem('invalid', 'input.invalid', { count: 1 }, [
      fieldProblem('/files', 'evidence.files_at_once', { limit: filesAtOnce }),
    ])
  if (code === 'FST_INVALID_MULTIPART_CONTENT_TYPE')
    return new Problem('invalid', 'input.media_type', { expected: 'multipart/form-data' })
  if (
    error instanceof Error &&
    /Unexpected end of|Premature close|terminated early|Part terminated/i.test(error.message)
  )
    return new Problem('invalid', 'input.invalid', { count: 1 }, [
      fieldProblem('/files', 'evidence.file_cut_off'),
    ])
  return error
}

/** A refusal, and beside it the files that were kept. */
function sendKept(request: FastifyRequest, reply: FastifyReply, problem: Problem, sent: Sent, code?: number) {
  const details = problemDetails(problem, languageOf(request))
  const status = code ?? details.status
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ ...details, status, items: sent.items })
}

/** 422 with what is wrong with each refused file. */
function sendRefused(request: FastifyRequest, reply: FastifyReply, sent: Sent): FastifyReply {
  const { refused, withCards } = sent
  const count = new Set(refused.map(({ pointer }) => pointer)).size
  const code = withCards > 0 ? 'evidence.card_numbers' : 'evidence.files_refused'
  const problem = new Problem('invalid', code, { count: withCards > 0 ? withCards : count }, refused)
  return sendKept(request, reply, problem, sent, 422)
}

/** Answers the item of a form, or why it was refused: its files wait then. */
async function sendItem(
  runtime: Runtime,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
  sent: Sent & { item: NonNullable<Sent['item']> },
): Promise<FastifyReply> {
  try {
    const one = await record(runtime, caller, request, sent)
    return reply.code(201).send({ items: one.files, evidence: one })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await keepHeld(runtime, caller, sent)
    return sendKept(request, reply, error, sent)
  }
}

/**
 * `POST /api/evidence/files`, a form with one file or many: the files are inspected, stored and wait for the item that
 * uses them, or become the files of the item in the field `evidence`. With a refused file the answer is 422 and says which; the others are kept all the same.
 */
export function registerEvidenceFileRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  app.register(async (scope) => {
    await scope.register(multipart, {
      // One byte more than allowed, so that the store itself sees the excess and says so.
      limits: {
        fileSize: formFile + 1,
        files: filesAtOnce,
        fields: 8,
        fieldSize: itemLimit,
        fieldNameSize: 100,
        headerPairs: 20,
      },
      throwFileSizeLimit: false,
      preservePath: true,
    })
    scope.post('/api/evidence/files', async (request, reply) => {
      const caller = await authenticate(request)
      refuseStranger(runtime, caller, permissionOf(keepFile))
      reply.header('cache-control', 'no-store')
      try {
        const sent = await readForm(runtime, caller, request)
        if (sent.refused.length > 0) {
          await keepHeld(runtime, caller, sent)
          return sendRefused(request, reply, sent)
        }
        const { item } = sent
        if (item) return await sendItem(runtime, caller, request, reply, { ...sent, item })
        if (sent.items.length === 0)
          throw new Problem('invalid', 'input.invalid', { count: 1 }, [
            fieldProblem('/files', 'evidence.file_missing'),
          ])
        return reply.code(201).send({ items: sent.items })
      } catch (error) {
        throw explained(error)
      }
    })
  })
}
