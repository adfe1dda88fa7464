import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { Id } from '../kernel/id.ts'
import { createProver } from '../log/server/prove.ts'
import type { Sealer } from '../log/server/seal.ts'
import { PdfPress } from '../reports/server/pdf.ts'
import { registerAssetFileRoutes } from './assets-file-http.ts'
import type { Auth } from './auth.ts'
import { registerOwnAddress } from './auth-address.ts'
import { registerAuthRoutes } from './auth-http.ts'
import { registerCalendarFeed } from './calendar-feed-http.ts'
import { registerCertificateFileRoutes } from './certificates-file-http.ts'
import { registerCollectRoutes } from './collect-http.ts'
import { registerContextFileRoutes } from './context-file-http.ts'
import { registerControlFileRoutes } from './controls-file-http.ts'
import { registerDocumentRoutes } from './documents-http.ts'
import { registerDoors } from './doors.ts'
import { registerDemoDoor } from './doors-demo.ts'
import { registerEvidenceContentRoutes } from './evidence-content-http.ts'
import { registerEvidenceExchangeRoutes } from './evidence-exchange-http.ts'
import { keepUploadsTidy } from './evidence-housekeeping.ts'
import { registerEvidenceFileRoutes } from './evidence-http.ts'
import { registerEvidenceUploadRoutes } from './evidence-uploads-http.ts'
import { registerExportRoutes } from './export-http.ts'
import { createHttp } from './http.ts'
import { registerImportRoutes } from './imports-http.ts'
import { registerLogRoutes } from './log-http.ts'
import { routes } from './nouns.ts'
import { openApi } from './openapi.ts'
import { registerOverlayRoutes } from './overlay-http.ts'
import { registerProgrammeRoutes } from './programme-http.ts'
import { forgetting, keepSites } from './public-cache.ts'
import { registerPublicRoutes } from './public-http.ts'
import { registerReportRoutes } from './reports-http.ts'
import { registerRiskFileRoutes } from './risks-file-http.ts'
import type { Runtime } from './runtime.ts'
import { authenticator } from './session.ts'
import { registerOrganisationChoice } from './session-organisation.ts'
import { registerStageOneRoutes } from './stage-one-http.ts'
import { registerApplication } from './static.ts'

export const version = '0.1.0'

const webDirectory = fileURLToPath(new URL('../../dist/web/', import.meta.url))

export type AppParts = {
  runtime: Runtime
  auth: Auth
  sealer: Sealer
  dataDir: string
  checkPassword(password: string): void
  /** The address at which browsers reach Assay: links in calendars lead there. */
  publicUrl: string
  /** The demo's organisation, when this installation is a demo. */
  demo: Id | null
  log(line: Record<string, unknown>): void
  onAddress?(address: string): void
}

/** Everything that answers over HTTP, in the order in which a reader would look for it. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { auth, sealer, dataDir, checkPassword, log } = parts
  const sites = keepSites(parts.runtime)
  const runtime = forgetting(parts.runtime, sites)
  const authenticate = authenticator(runtime, auth)
  const app = createHttp({ runtime, routes, authenticate, log, onAddress: parts.onAddress })
  const prove = createProver(dataDir, sealer.signer)
  registerAuthRoutes(app, runtime, auth, checkPassword)
  registerOwnAddress(app, runtime, auth, authenticate)
  registerDoors(app, runtime, auth, checkPassword)
  registerOrganisationChoice(app, runtime, auth)
  if (parts.demo) registerDemoDoor(app, runtime, auth, parts.demo)
  registerLogRoutes(app, runtime, { directory: dataDir, signer: sealer.signer, prove, authenticate })
  registerOverlayRoutes(app, runtime, authenticate)
  registerProgrammeRoutes(app, runtime, authenticate)
  const press = new PdfPress()
  app.addHook('onClose', () => press.close())
  registerReportRoutes(app, runtime, authenticate, press)
  registerStageOneRoutes(app, runtime, authenticate, { press, prove })
  registerExportRoutes(app, runtime, authenticate, { directory: dataDir, signer: sealer.signer })
  registerDocumentRoutes(app, runtime, authenticate)
  registerCertificateFileRoutes(app, runtime, authenticate)
  registerAssetFileRoutes(app, runtime, authenticate)
  registerImportRoutes(app, runtime, authenticate)
  registerControlFileRoutes(app, runtime, authenticate)
  registerRiskFileRoutes(app, runtime, authenticate)
  registerContextFileRoutes(app, runtime, authenticate)
  registerEvidenceFileRoutes(app, runtime, authenticate)
  registerEvidenceUploadRoutes(app, runtime, authenticate)
  registerEvidenceContentRoutes(app, runtime, authenticate)
  registerEvidenceExchangeRoutes(app, runtime, authenticate)
  keepUploadsTidy(app, runtime, log)
  registerCollectRoutes(app, runtime, authenticate)
  registerCalendarFeed(app, runtime, parts.publicUrl)
  await registerPublicRoutes(app, runtime, { prove, sites })
  await registerApplication(app, webDirectory)
  const description = JSON.stringify(openApi(routes, version))
  app.get('/api/openapi.json', (_request, reply) => reply.type('application/json').send(description))
  app.get('/health', async (_request, reply) => {
    await runtime.database.pool.query('select 1')
    return reply.header('cache-control', 'no-store').send({ status: 'ready' })
  })
  return app
}
