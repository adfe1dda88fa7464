import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { served } from './public-cache.ts'
import { sendServed } from './public-reply.ts'

const icons = [
  { address: '/favicon.ico', file: 'favicon.ico', type: 'image/vnd.microsoft.icon' },
  { address: '/favicon.svg', file: 'assay.svg', type: 'image/svg+xml; charset=utf-8' },
] as const

/**
 * The icon at the addresses where browsers and feed readers look for one by themselves, on every host. It is kept for a
 * day: its address cannot change with its content.
 */
export async function registerIcons(app: FastifyInstance): Promise<void> {
  for (const { address, file, type } of icons) {
    const bytes = await readFile(new URL(`../web/${file}`, import.meta.url))
    const icon = served(bytes, createHash('sha256').update(bytes).digest('hex'))
    app.get(address, (request, reply) => sendServed(request, reply, icon, 'public, max-age=86400', type))
  }
}
