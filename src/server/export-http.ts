import type { FastifyInstance } from 'fastify'
import { Problem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import type { LogSigner } from '../log/server/signer.ts'
import { exportOrganisation, mayExport } from './archive/commands.ts'
import { type Prepared, prepareArchive } from './archive/prepare.ts'
import { zipStream } from './archive/zip.ts'
import { answer, execute } from './execute.ts'
import type { Authenticate } from './http.ts'
import type { Runtime } from './runtime.ts'

export type ExportHttp = {
  /** The data directory. */
  directory: string
  signer(organisationId: Id): Promise<LogSigner>
}

const retrySeconds = 10

/**
 * `GET /api/export`: the whole organisation as a ZIP file, for its owners, one export at a time. It writes to the log,
 * so another site's link must not start one, although it is a GET.
 */
export function registerExportRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
  parts: ExportHttp,
): void {
  const running = new Set<Id>()
  app.get('/api/export', async (request, reply) => {
    const caller = await authenticate(request)
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new Problem('forbidden', 'request.cross_site')
    await answer(runtime, caller, mayExport, {})
    const { organisationId } = caller.actor
    if (running.has(organisationId))
      throw new Problem('limited', 'archive.running', { seconds: retrySeconds })
    running.add(organisationId)
    let archive: Prepared | undefined
    const end = async () => {
      running.delete(organisationId)
      await archive?.discard().catch(() => undefined)
    }
    try {
      // What is committed now is sealed first, so that the archive's checkpoints reach as far as its entries.
      await runtime.appended(organisationId, true)
      const signer = await parts.signer(organisationId)
      archive = await prepareArchive({ runtime, caller, directory: parts.directory, signer })
      const { size } = archive.manifest
      await execute(runtime, caller, exportOrganisation, { size, manifest: archive.digest })
    } catch (error) {
      await end()
      throw error
    }
    const now = runtime.clock.now()
    reply.raw.once('close', end)
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="assay-${now.toISOString().slice(0, 10)}.zip"`)
      .header('assay-manifest-digest', archive.digest)
      .type('application/zip')
      .send(zipStream(archive, now))
  })
}
