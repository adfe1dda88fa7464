import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import Fastify from 'fastify'
import { applicationRole, connect } from '../../src/db/connect.ts'
import { loadCatalogue } from '../../src/frameworks/server/load.ts'
import { registerCertificateExportRoutes } from '../../src/server/certificates-file-export.ts'
import { permissionMatrix } from '../../src/server/nouns.ts'
import type { Runtime } from '../../src/server/runtime.ts'
import { memoryObjects } from './memory-objects.ts'
import { seededRandom, standingClock, systemCaller } from './world.ts'

// Run under a limit on the heap: sends every certificate of an organisation as a file, as the application does.
const [connection = '', organisationId = '', format = '', file = ''] = process.argv.slice(2)
const database = connect(JSON.parse(connection), { role: applicationRole })
const runtime: Runtime = {
  database,
  objects: memoryObjects(),
  clock: standingClock(),
  random: seededRandom('export'),
  matrix: permissionMatrix(),
  catalogue: loadCatalogue(fileURLToPath(new URL('../../frameworks/', import.meta.url))),
  postures: new Map(),
  assetGraphs: new Map(),
  beacon: () => '',
  appended: async () => undefined,
}
const app = Fastify()
registerCertificateExportRoutes(app, runtime, async () => systemCaller(organisationId))
const url = await app.listen({ port: 0, host: '127.0.0.1' })
const answer = await fetch(`${url}/api/certificates/export.${format}`)
if (!answer.ok || !answer.body) throw new Error(await answer.text())
await pipeline(answer.body, createWriteStream(file))
await app.close()
await database.close()
console.log('sent')
