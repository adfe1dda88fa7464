// How fast the public page is served: Assay on one core against nginx with one worker on the same bytes, asked by wrk.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { applicationRole, connect } from '../src/db/connect.ts'
import type { ObjectStore } from '../src/db/objects.ts'
import { loadCatalogue } from '../src/frameworks/server/load.ts'
import type { Actor } from '../src/kernel/actor.ts'
import { newId } from '../src/kernel/id.ts'
import { foundOrganisation } from '../src/organisation/server/found.ts'
import { execute } from '../src/server/execute.ts'
import { createHttp } from '../src/server/http.ts'
import { permissionMatrix, routes } from '../src/server/nouns.ts'
import { registerPublicRoutes } from '../src/server/public-http.ts'
import type { Runtime } from '../src/server/runtime.ts'
import { wordingDigest } from '../src/trust/page-text.ts'
import { publish } from '../src/trust/server/publish.ts'
import { createText, reviewText } from '../src/trust/server/text-commands.ts'
import { memoryObjects } from '../tests/support/memory-objects.ts'
import { benchServer, line } from './support/server.ts'

const connections = 32
const seconds = 5
const rounds = 3
const directory = mkdtempSync(join(tmpdir(), 'assay-bench-page-'))
const random = (length: number) => new Uint8Array(randomBytes(length))

const server = await benchServer()
const database = connect(server.connection, { role: applicationRole })
const objects: ObjectStore = memoryObjects()
const runtime: Runtime = {
  database,
  objects,
  clock: { now: () => new Date() },
  random,
  matrix: permissionMatrix(),
  catalogue: loadCatalogue(fileURLToPath(new URL('../frameworks/', import.meta.url))),
  postures: new Map(),
  assetGraphs: new Map(),
  beacon: () => '',
  appended: async () => undefined,
}

/** An organisation whose page is as long as a real one. */
async function publishedPage(): Promise<Buffer> {
  const organisationId = newId(random)
  const acting = (kind: Actor['kind']): { actor: Actor; language: 'en' } => ({
    actor: {
      kind,
      id: kind === 'person' ? newId(random) : null,
      name: 'Bench',
      organisationId,
      grants: [{ role: 'owner', entityId: null, certificateId: null }],
      scopes: null,
    },
    language: 'en',
  })
  const name = { en: 'Example Corporation', ja: '株式会社サンプル' }
  await execute(runtime, acting('system'), foundOrganisation, {
    name,
    timeZone: 'UTC',
    host: null,
    demoDay: null,
  })
  const paragraph =
    'We keep the information of the people who use our services safe, and let others judge how. '
  const text = await execute(runtime, acting('system'), createText, {
    section: 'policy',
    place: 0,
    title: null,
    body: { en: `${paragraph.repeat(8)}\n\n`.repeat(10), ja: '私たちは利用者の情報を守ります。' },
    effectiveFrom: null,
    effectiveTo: null,
  })
  const { id, version } = text
  await execute(runtime, acting('person'), reviewText, { id, version, digest: wordingDigest(text) })
  const { pages } = await execute(runtime, acting('system'), publish, {})
  return Buffer.from(await objects.get(pages.en.digest))
}

/** nginx with one worker and nothing switched on that it does not need. */
async function startNginx(page: Buffer): Promise<{ url: string; process: ChildProcess }> {
  const root = join(directory, 'root/en')
  mkdirSync(root, { recursive: true })
  writeFileSync(join(root, 'index.html'), page)
  const port = 20_000 + (randomBytes(2).readUInt16BE() % 20_000)
  writeFileSync(
    join(directory, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${directory}/pid; error_log ${directory}/error.log;
     events { worker_connections 512; }
     http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100;
       client_body_temp_path ${directory}/b; proxy_temp_path ${directory}/p; fastcgi_temp_path ${directory}/f;
       uwsgi_temp_path ${directory}/u; scgi_temp_path ${directory}/s;
       server { listen 127.0.0.1:${port}; root ${directory}/root; index index.html; default_type text/html; } }`,
  )
  // Its worker may run as another user: the files must be readable to it.
  spawnSync('chmod', ['-R', 'a+rX', directory])
  const child = spawn('nginx', ['-c', join(directory, 'nginx.conf'), '-p', directory], { stdio: 'ignore' })
  await new Promise((resolve) => setTimeout(resolve, 500))
  return { url: `http://127.0.0.1:${port}/en/`, process: child }
}

/** Requests per second as wrk counts them: a client that costs so little that the server is what is measured. */
function perSecond(url: string): Promise<number> {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, url]
  const client = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const parts: Buffer[] = []
  client.stdout.on('data', (part: Buffer) => parts.push(part))
  return new Promise((resolve, reject) => {
    client.on('error', reject)
    client.on('close', () => {
      const text = Buffer.concat(parts).toString()
      const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1])
      if (!rate || /Non-2xx|Socket errors/.test(text)) reject(new Error(`${url} failed: ${text}`))
      else resolve(rate)
    })
  })
}

const page = await publishedPage()
const app = createHttp({
  runtime,
  routes,
  authenticate: () => Promise.reject(new Error('nobody signs in')),
  log: console.error,
})
await registerPublicRoutes(app, runtime)
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo
const nginx = await startNginx(page)
try {
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const theirs = await perSecond(nginx.url)
    const ours = await perSecond(`http://127.0.0.1:${port}/en/`)
    ratios.push(ours / theirs)
    line('public page, requests per second', { assay: ours, nginx: theirs, ratio: ours / theirs })
  }
  line('public page against nginx', { bytes: page.length, median: ratios.sort()[1] ?? 0 })
} finally {
  nginx.process.kill('SIGQUIT')
  await app.close()
  await database.close()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}
