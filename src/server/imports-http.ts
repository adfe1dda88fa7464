import type { FastifyInstance } from 'fastify'
import { notFound, Problem } from '../kernel/error.ts'
import type { Authenticate } from './http.ts'
import { runningImports } from './running-imports.ts'
import type { Runtime } from './runtime.ts'

/**
 * `DELETE /api/imports/:id` calls off an import under way, and answers whether that was in time: then nothing is written.
 * The id is the one that the import answers first. It is known here only to who began it.
 */
export function registerImportRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  app.delete<{ Params: { id: string } }>('/api/imports/:id', async (request, reply) => {
    const { actor } = await authenticate(request)
    if (actor.kind === 'visitor') throw new Problem('unauthenticated', 'access.sign_in')
    const calledOff = runningImports(runtime).callOff(request.params.id, actor)
    if (calledOff === null) throw notFound('import')
    return reply.header('cache-control', 'no-store').send({ calledOff })
  })
}
