import multipart, { type MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { mayAnywhere } from '../access/permission.ts'
import { type Document, document, documentLimit } from '../certificates/document.ts'
import { attachDocument } from '../certificates/server/document-commands.ts'
import { getCertificate, getDocument } from '../certificates/server/queries.ts'
import { permissionOf } from '../kernel/command.ts'
import { fieldProblem, Problem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { sendAttachment } from './attachment.ts'
import { discardObject } from './discard-object.ts'
import { documentType, inspected } from './document-type.ts'
import { answer, execute } from './execute.ts'
import type { Authenticate } from './http.ts'
import { parseInput } from './input.ts'
import type { Caller, Runtime } from './runtime.ts'

const nameLimit = 500

/** What is said about the file in the form's other fields. */
const fieldsInput = document.schema
  .pick({ kind: true, title: true, language: true, distribution: true, termId: true })
  .extend({
    language: document.schema.shape.language.default(null),
    termId: idSchema.nullable().default(null),
  })

type Stored = Pick<Document, 'digest' | 'size' | 'mediaType' | 'fileName'>

const refusal = (pointer: string, code: string) =>
  new Problem('invalid', 'input.invalid', { count: 1 }, [fieldProblem(pointer, code)])

/** Fields of a form are texts; a title in two languages is JSON, an empty field is none. */
function fieldValue(name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return null
  if (name !== 'title') return value
  try {
    return JSON.parse(value)
  } catch {
    throw refusal('/title', 'input.not_json')
  }
}

/** PostgreSQL stores neither NUL nor half a character; everything else of a name is kept as it came. */
const storableName = (name: string): string =>
  name.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, nameLimit).toWellFormed() || 'unnamed'

async function store(runtime: Runtime, part: MultipartFile): Promise<Stored> {
  const fileName = storableName(part.filename ?? '')
  let mediaType: Document['mediaType'] | undefined
  const stream = inspected(part.file, (content, size) => {
    if (size === 0) throw refusal('/file', 'document.empty')
    mediaType = documentType(fileName, part.mimetype ?? '', content)
  })
  const stored = await runtime.objects.put(stream, documentLimit)
  if (!mediaType) throw new Error('an object was stored without being looked at')
  return { ...stored, fileName, mediaType }
}

/** Removes what belongs to nothing. Why it came to that is what the sender is told, also when this fails too. */
const forget = (runtime: Runtime, { digest }: Stored): Promise<void> =>
  discardObject(runtime, digest).catch(() => undefined)

/**
 * Reads the form: fields in any order, one file that streams straight into the object store. A form that goes wrong
 * after its file was stored (cut off behind it, a wrong field) leaves no object that belongs to nothing.
 */
async function readForm(runtime: Runtime, request: FastifyRequest) {
  const fields: Record<string, unknown> = Object.create(null)
  let stored: Stored | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        // Fields that came first are judged first, so that a wrong one does not cost storing the file.
        if (Object.keys(fields).length > 0) parseInput(fieldsInput, { ...fields })
        stored = await store(runtime, part)
      } else if (part.fieldname in fields) throw refusal(`/${part.fieldname}`, 'input.invalid')
      else fields[part.fieldname] = fieldValue(part.fieldname, part.value)
    }
    if (!stored) throw refusal('/file', 'document.empty')
    return { stored, fields: parseInput(fieldsInput, { ...fields }) }
  } catch (error) {
    if (stored) await forget(runtime, stored)
    throw error
  }
}

/** Refuses from the head of the request, before a byte of the file is read. */
async function refuseEarly(runtime: Runtime, caller: Caller, id: string): Promise<void> {
  const permission = permissionOf(attachDocument)
  if (!mayAnywhere(runtime.matrix, caller.actor, permission)) {
    throw caller.actor.kind === 'visitor'
      ? new Problem('unauthenticated', 'access.sign_in')
      : new Problem('forbidden', 'access.forbidden', { permission })
  }
  await answer(runtime, caller, getCertificate, { id })
}

/** The form reader's own refusals, said in our words. */
function explained(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^FST_(PARTS|FILES|FIELDS)_LIMIT$/.test(code)) return refusal('/file', 'document.one_file')
  if (code === 'FST_INVALID_MULTIPART_CONTENT_TYPE')
    return new Problem('invalid', 'input.media_type', { expected: 'multipart/form-data' })
  // A form that ends in the middle: the connection was cut, or the boundary is wrong.
  if (
    error instanceof Error &&
    /Unexpected end of|Premature close|terminated early|Part terminated/i.test(error.message)
  )
    return refusal('/file', 'document.cut_off')
  return error
}

const paramsInput = z.strictObject({ id: idSchema })

/**
 * `POST /api/certificates/:id/documents` (a form with one file) and `GET /api/documents/:id/content`: the only ways in
 * and out for a document's bytes, because they never are JSON.
 */
export function registerDocumentRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  app.register(async (scope) => {
    await scope.register(multipart, {
      // One byte more than allowed, so that the store itself sees the excess and says so.
      limits: {
        fileSize: documentLimit + 1,
        files: 1,
        fields: 8,
        fieldSize: 8192,
        fieldNameSize: 100,
        headerPairs: 20,
      },
      throwFileSizeLimit: false,
      preservePath: true,
    })
    scope.post('/api/certificates/:id/documents', async (request, reply) => {
      const caller = await authenticate(request)
      const { id } = parseInput(paramsInput, request.params)
      await refuseEarly(runtime, caller, id)
      try {
        const { stored, fields } = await readForm(runtime, request)
        const attached = await execute(runtime, caller, attachDocument, {
          ...fields,
          ...stored,
          certificateId: id,
        }).catch(async (error: unknown) => {
          await forget(runtime, stored)
          throw error
        })
        return reply
          .code(201)
          .header('cache-control', 'no-store')
          .header('etag', `"${attached.version}"`)
          .send(attached)
      } catch (error) {
        throw explained(error)
      }
    })
    scope.get('/api/documents/:id/content', async (request, reply) => {
      const caller = await authenticate(request)
      const found = await answer(runtime, caller, getDocument, parseInput(paramsInput, request.params))
      return sendAttachment(reply, { ...found, bytes: await runtime.objects.get(found.digest) })
    })
  })
}
