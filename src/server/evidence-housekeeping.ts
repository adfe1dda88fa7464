import type { FastifyInstance } from 'fastify'
import { expireUploads } from './evidence-reconcile.ts'
import type { Runtime } from './runtime.ts'

const hour = 3_600_000

/** Ends expired uploads every hour while the application runs. What fails is logged and tried again an hour later. */
export function keepUploadsTidy(
  app: FastifyInstance,
  runtime: Runtime,
  log: (line: Record<string, unknown>) => void,
): void {
  const timer = setInterval(() => {
    expireUploads(runtime).catch((error: unknown) => {
      log({ level: 'error', event: 'uploads_not_expired', reason: String(error) })
    })
  }, hour)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}
