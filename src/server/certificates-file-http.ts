import type { FastifyInstance } from 'fastify'
import { importCertificates } from '../certificates/server/exchange-commands.ts'
import { registerCertificateExportRoutes } from './certificates-file-export.ts'
import type { Authenticate } from './http.ts'
import type { Runtime } from './runtime.ts'
import { registerTableUploads } from './table-upload.ts'

/**
 * `POST /api/certificates/import?mode=dry-run|apply` with a file as `certificates-file-export.ts` sends it as the body:
 * what is exported can be imported again without loss, here or in another organisation.
 */
export function registerCertificateFileRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  registerCertificateExportRoutes(app, runtime, authenticate)
  registerTableUploads(app, runtime, authenticate, { '/api/certificates/import': importCertificates })
}
