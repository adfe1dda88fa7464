import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { keySchema } from '../frameworks/fields.ts'
import { maxOverlayBytes, maxTextBytes, type OverlayError } from '../frameworks/overlay.ts'
import { overlayBytes } from '../frameworks/overlay-object.ts'
import { attachOverlay } from '../frameworks/server/commands.ts'
import { readOverlayFile } from '../frameworks/server/overlay-file.ts'
import { permissionOf } from '../kernel/command.ts'
import { fieldProblem, notFound, Problem } from '../kernel/error.ts'
import { languageSchema } from '../kernel/language.ts'
import { lineText } from '../kernel/text.ts'
import { execute, refuseStranger } from './execute.ts'
import type { Authenticate } from './http.ts'
import { parseInput } from './input.ts'
import type { Runtime } from './runtime.ts'

const uploadInput = z.strictObject({
  key: keySchema,
  language: languageSchema,
  licenceHolder: lineText(200),
})

const formats: Readonly<Record<string, 'csv' | 'json'>> = { 'text/csv': 'csv', 'application/json': 'json' }

function formatOf(request: FastifyRequest): 'csv' | 'json' {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const format = formats[type]
  if (!format)
    throw new Problem('invalid', 'input.media_type', { expected: Object.keys(formats).join(' / ') })
  return format
}

/** Each faulty row by its number; the message of a file that cannot be read at all is the parser's own. */
function refuseRows(errors: readonly OverlayError[]): never {
  const fields = errors.slice(0, 100).map(({ row, id, code, message }) =>
    fieldProblem(`/${row}`, `overlay.${code}`, {
      row,
      id: id.slice(0, 80),
      limit: maxTextBytes,
      reason: message.slice(0, 200),
    }),
  )
  throw new Problem('invalid', 'overlay.file', { count: errors.length }, fields)
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/**
 * `PUT /api/frameworks/:key/overlay/:language?licenceHolder=…` with a CSV (`id,text`) or JSON file as the body: the
 * file is checked row by row, stored as one canonical object and attached, or nothing happens.
 */
export function registerOverlayRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  app.register(async (scope) => {
    // The bytes as sent: a JSON parser would hide a name that stands twice.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    const options = {
      bodyLimit: maxOverlayBytes,
      // By the head of the request, so that no byte of the body is read for who may not attach anything.
      onRequest: async (request: FastifyRequest) =>
        refuseStranger(runtime, await authenticate(request), permissionOf(attachOverlay)),
    }
    scope.put('/api/frameworks/:key/overlay/:language', options, async (request, reply) => {
      const caller = await authenticate(request)
      const input = parseInput(uploadInput, { ...(request.query as object), ...(request.params as object) })
      const edition = runtime.catalogue.editions.get(input.key)
      if (!edition) throw notFound('edition')
      const format = formatOf(request)
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { language, licenceHolder } = input
      const result = readOverlayFile(edition, bytes, { format, language, licenceHolder })
      if (!result.ok) refuseRows(result.errors)
      const object = overlayBytes(result.overlay, caller.actor.organisationId)
      const { digest } = await runtime.objects.put(once(object), 2 * maxOverlayBytes)
      const attached = await execute(runtime, caller, attachOverlay, {
        editionKey: edition.key,
        language,
        digest,
      })
      return reply.header('cache-control', 'no-store').send(attached)
    })
  })
}
