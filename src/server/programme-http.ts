import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mayAnywhere } from '../access/permission.ts'
import { documentLimit } from '../certificates/document.ts'
import { permissionOf } from '../kernel/command.ts'
import { Problem } from '../kernel/error.ts'
import { execute } from './execute.ts'
import type { Authenticate } from './http.ts'
import { receiveFile } from './programme/received.ts'
import type { Runtime } from './runtime.ts'

/**
 * `POST /api/programme/files` with the bytes of one file as the body: stores it for a programme that names it, and
 * answers its digest. The bytes stream straight into the object store.
 */
export function registerProgrammeRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
    const onRequest = async (request: FastifyRequest) => {
      const { actor } = await authenticate(request)
      const permission = permissionOf(receiveFile)
      if (mayAnywhere(runtime.matrix, actor, permission)) return
      throw actor.kind === 'visitor'
        ? new Problem('unauthenticated', 'access.sign_in')
        : new Problem('forbidden', 'access.forbidden', { permission })
    }
    scope.post('/api/programme/files', { onRequest, bodyLimit: documentLimit }, async (request, reply) => {
      const caller = await authenticate(request)
      const body = request.body as AsyncIterable<Uint8Array> | undefined
      if (!body) throw new Problem('invalid', 'input.media_type', { expected: 'application/octet-stream' })
      const stored = await runtime.objects.put(body, documentLimit)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(await execute(runtime, caller, receiveFile, stored))
    })
  })
}
