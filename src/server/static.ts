import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/**
 * Serves the built application at `/app/`: files under their content's name for a year, the page itself fresh
 * every time, and the page for every address that the application routes by itself.
 */
export async function registerApplication(app: FastifyInstance, directory: string): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) return
  await app.register(fastifyStatic, {
    root: join(directory, 'files'),
    prefix: '/app/files/',
    decorateReply: false,
    index: false,
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
  })
  const page = await readFile(join(directory, 'index.html'))
  for (const url of ['/app', '/app/*', '/setup/:token', '/invitation/:token']) {
    app.get(url, (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page),
    )
  }
}
