import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { diskObjects } from '../../src/adapters/disk.ts'
import { applicationRole, connect } from '../../src/db/connect.ts'
import type { ObjectStore } from '../../src/db/objects.ts'
import { evidenceRoutes } from '../../src/evidence/server/routes.ts'
import { loadCatalogue } from '../../src/frameworks/server/load.ts'
import { registerEvidenceFileRoutes } from '../../src/server/evidence-http.ts'
import { registerEvidenceUploadRoutes } from '../../src/server/evidence-uploads-http.ts'
import { createHttp } from '../../src/server/http.ts'
import { permissionMatrix } from '../../src/server/nouns.ts'
import type { Caller, Runtime } from '../../src/server/runtime.ts'

// The part of the application that takes files in, as a process of its own that a test can kill: says its address on one
// line. With `dies` it kills itself as soon as the store has done that.
export type UploadServerInput = {
  config: Parameters<typeof connect>[0]
  directory: string
  caller: Caller
  now: string
  dies: 'keep' | 'put' | null
}

const input = JSON.parse(process.argv[2] ?? '') as UploadServerInput
const now = new Date(input.now)
const disk = diskObjects(input.directory, now)

const die = (after: UploadServerInput['dies']): void => {
  if (input.dies === after) process.kill(process.pid, 'SIGKILL')
}

const objects: ObjectStore = {
  ...disk,
  async put(bytes, limit) {
    const stored = await disk.put(bytes, limit)
    die('put')
    return stored
  },
  incoming: {
    ...disk.incoming,
    async keep(id, digest) {
      await disk.incoming.keep(id, digest)
      die('keep')
    },
  },
}

const runtime: Runtime = {
  database: connect(input.config, { role: applicationRole }),
  objects,
  clock: { now: () => now },
  random: (length) => new Uint8Array(randomBytes(length)),
  matrix: permissionMatrix(),
  catalogue: loadCatalogue(fileURLToPath(new URL('../../frameworks/', import.meta.url))),
  postures: new Map(),
  assetGraphs: new Map(),
  beacon: () => '',
  appended: async () => undefined,
}
const authenticate = async () => input.caller
const app = createHttp({ runtime, routes: evidenceRoutes, authenticate, log: console.error })
registerEvidenceFileRoutes(app, runtime, authenticate)
registerEvidenceUploadRoutes(app, runtime, authenticate)
console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
