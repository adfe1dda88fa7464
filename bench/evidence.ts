// Evidence on its way in: a file of 1 GB in pieces against a hash and a durable copy of the same file, and small items
// one after another by many senders. The server is a process of its own, so that its memory is its own.
import { execFileSync, fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyRequest } from 'fastify'
import { blocksOf } from '../src/adapters/blocks.ts'
import { diskObjects } from '../src/adapters/disk.ts'
import { applicationRole, connect } from '../src/db/connect.ts'
import { lookAside } from '../src/evidence/server/look-aside.ts'
import { evidenceRoutes } from '../src/evidence/server/routes.ts'
import { loadCatalogue } from '../src/frameworks/server/load.ts'
import { createSealer } from '../src/log/server/seal.ts'
import { createEntity } from '../src/organisation/server/commands.ts'
import { foundOrganisation } from '../src/organisation/server/found.ts'
import { registerEvidenceFileRoutes } from '../src/server/evidence-http.ts'
import { registerEvidenceUploadRoutes } from '../src/server/evidence-uploads-http.ts'
import { execute } from '../src/server/execute.ts'
import { createHttp } from '../src/server/http.ts'
import { permissionMatrix } from '../src/server/nouns.ts'
import type { Caller, Runtime } from '../src/server/runtime.ts'
import { benchServer, line, perSecond } from './support/server.ts'

const mebibyte = 1024 * 1024
const piece = 64 * mebibyte
const [sizeInMebibytes = 1024, seconds = 8] = process.argv.slice(2).map(Number).filter(Number.isFinite)
const random = (length: number) => new Uint8Array(randomBytes(length))

/** The application as it is, but for the sign-in: who sends says so. */
async function serve(): Promise<void> {
  const server = await benchServer()
  const database = connect(server.connection, { role: applicationRole })
  const clock = { now: () => new Date() }
  const directory = server.directory
  const sealer = createSealer({ database, clock, random, directory, log: () => undefined })
  const runtime: Runtime = {
    database,
    objects: diskObjects(join(directory, 'objects')),
    clock,
    random,
    matrix: permissionMatrix(),
    catalogue: loadCatalogue(fileURLToPath(new URL('../frameworks', import.meta.url))),
    postures: new Map(),
    assetGraphs: new Map(),
    beacon: sealer.beacon,
    appended: sealer.appended,
  }
  await sealer.start()
  const organisationId = randomUUID()
  const callerOf = (id: string, kind: 'person' | 'system'): Caller => ({
    actor: {
      kind,
      id: kind === 'system' ? null : id,
      name: 'Bench',
      organisationId,
      grants: [{ role: 'owner', entityId: null, certificateId: null }],
      scopes: null,
    },
    language: 'en',
  })
  const system = callerOf('', 'system')
  const names = { name: { en: 'Bench' }, timeZone: 'UTC', host: null, demoDay: null }
  await execute(runtime, system, foundOrganisation, names)
  const entity = await execute(runtime, system, createEntity, {
    key: 'top',
    parentId: null,
    kind: 'company',
    name: { en: 'Top' },
    country: null,
    memberFrom: null,
    memberTo: null,
  })
  const authenticate = async (request: FastifyRequest) =>
    callerOf(String(request.headers['x-sender']), 'person')
  const app = createHttp({ runtime, routes: evidenceRoutes, authenticate, log: console.error })
  registerEvidenceFileRoutes(app, runtime, authenticate)
  registerEvidenceUploadRoutes(app, runtime, authenticate)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  let highest = 0
  setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss())
  }, 20)
  process.on('message', async (asked) => {
    if (asked === 'memory') {
      process.send?.({ highest, now: process.memoryUsage.rss() })
      highest = 0
      return
    }
    await app.close()
    await sealer.stop()
    await database.close()
    await server.stop()
    process.exit(0)
  })
  process.send?.({ url, entityId: entity.id, directory })
}

type Ready = { url: string; entityId: string; directory: string }

async function json<T>(url: string, sender: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, { ...init, headers: { 'x-sender': sender, ...init.headers } })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}

const post = <T>(url: string, sender: string, value: unknown): Promise<T> =>
  json<T>(url, sender, {
    method: 'POST',
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json' },
  })

/** Lines of a log with times, addresses and identifiers, as a guard for card numbers meets them. */
function logLines(size: number): Buffer {
  const lines: string[] = []
  for (let length = 0; length < size; ) {
    const at = new Date(1_690_000_000_000 + lines.length * 137).toISOString()
    const text = `${at} host-${lines.length % 97} sshd[${1000 + (lines.length % 9000)}]: accepted ${randomUUID()} from 192.0.2.${lines.length % 255} port ${20_000 + (lines.length % 40_000)}\n`
    lines.push(text)
    length += text.length
  }
  return Buffer.from(lines.join('')).subarray(0, size)
}

async function write(path: string, block: Buffer): Promise<void> {
  const handle = await open(path, 'w')
  for (let written = 0; written < sizeInMebibytes * mebibyte; written += block.length)
    await handle.write(block)
  await handle.sync()
  await handle.close()
}

const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** Seconds for what nobody can do without: to hash a file, and to copy it durably. */
async function hashAndCopy(path: string, directory: string): Promise<number> {
  const hash = await timed(() => execFileSync('openssl', ['dgst', '-sha256', path]))
  const to = join(directory, 'copy')
  const copy = await timed(() =>
    execFileSync('dd', [`if=${path}`, `of=${to}`, 'bs=1M', 'conv=fsync', 'status=none']),
  )
  rmSync(to)
  return hash + copy
}

/**
 * A piece from the file to the socket through the same two blocks of memory: on a machine that has to do the work of
 * both, the sender should cost little.
 */
async function sendPiece(url: string, sender: string, path: string, offset: number): Promise<void> {
  const end = Math.min(offset + piece, sizeInMebibytes * mebibyte)
  const { hostname, port, pathname } = new URL(url)
  const file = await open(path)
  const socket = createConnection(Number(port), hostname)
  const answered = Promise.withResolvers<string>()
  let answer = ''
  socket.on('data', (part) => {
    answer += part.toString()
    if (answer.includes('\r\n\r\n')) answered.resolve(answer)
  })
  socket.on('error', answered.reject)
  const head = {
    host: `${hostname}:${port}`,
    'x-sender': sender,
    'content-type': 'application/offset+octet-stream',
    'upload-offset': offset,
    'content-length': end - offset,
    connection: 'close',
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`PATCH ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`)
  const blocks = [Buffer.allocUnsafeSlow(mebibyte), Buffer.allocUnsafeSlow(mebibyte)]
  const sent: Promise<unknown>[] = blocks.map(async () => undefined)
  for (let at = offset, turn = 0; at < end; turn = 1 - turn) {
    await sent[turn]
    const block = blocks[turn] ?? Buffer.alloc(0)
    const { bytesRead } = await file.read(block, 0, Math.min(block.length, end - at), at)
    sent[turn] = new Promise((resolve) => socket.write(block.subarray(0, bytesRead), resolve))
    at += bytesRead
  }
  const [status] = (await answered.promise).split('\r\n')
  if (!status?.startsWith('HTTP/1.1 200')) throw new Error(status)
  socket.destroy()
  await file.close()
}

async function sendLarge({ url }: Ready, path: string): Promise<void> {
  const size = sizeInMebibytes * mebibyte
  const sender = randomUUID()
  const { id } = await post<{ id: string }>(`${url}/api/evidence/uploads`, sender, {
    name: 'large',
    size,
  })
  for (let offset = 0; offset < size; offset += piece)
    await sendPiece(`${url}/api/evidence/uploads/${id}`, sender, path, offset)
}

/** The guard without anything else: as fast as it looks, a file can come in and not faster. */
async function guardAlone(path: string): Promise<void> {
  const look = lookAside('large', '')
  const file = createReadStream(path, { highWaterMark: mebibyte })
  for await (const { bytes, release } of blocksOf(file)) look.push(bytes).then(release, release)
  await look.end()
}

const edge = 'edge-of-the-bench'
const disposition = `--${edge}\r\ncontent-disposition: form-data; name=`

/**
 * Items with a file in one form, over one connection. The request is put together once and only some bytes of the file
 * differ: on a machine that has to do the work of both, the senders should cost little.
 */
async function smallSender({ url, entityId }: Ready) {
  const { hostname, port } = new URL(url)
  const item = { title: 'Screenshot', entityId, aboutFrom: '2023-01-01', aboutTo: '2023-03-31' }
  const before = Buffer.from(
    `${disposition}"evidence"\r\n\r\n${JSON.stringify(item)}\r\n${disposition}"file"; filename="evidence.bin"\r\n\r\n`,
  )
  const after = Buffer.from(`\r\n--${edge}--\r\n`)
  const size = 64 * 1024
  const head = Buffer.from(
    [
      'POST /api/evidence/files HTTP/1.1',
      `host: ${hostname}:${port}`,
      `x-sender: ${randomUUID()}`,
      `content-type: multipart/form-data; boundary=${edge}`,
      `content-length: ${before.length + size + after.length}`,
      '\r\n',
    ].join('\r\n'),
  )
  const whole = Buffer.concat([head, before, randomBytes(size), after])
  const stamp = head.length + before.length + size / 2
  const socket = createConnection(Number(port), hostname)
  await new Promise((resolve) => socket.once('connect', resolve))
  let answer = ''
  let answered: PromiseWithResolvers<void> | null = null
  socket.on('error', (error) => answered?.reject(error))
  socket.on('data', (part) => {
    answer += part.toString('latin1')
    const end = answer.indexOf('\r\n\r\n')
    const length = /content-length: (\d+)/i.exec(answer)?.[1]
    if (end < 0 || length === undefined || answer.length < end + 4 + Number(length)) return
    const [status = ''] = answer.split('\r\n')
    answer = ''
    if (status.startsWith('HTTP/1.1 201')) answered?.resolve()
    else answered?.reject(new Error(status))
  })
  return {
    async send(): Promise<void> {
      randomBytes(32).copy(whole, stamp)
      answered = Promise.withResolvers()
      socket.write(whole)
      await answered.promise
    },
    close: () => socket.destroy(),
  }
}

async function measure(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ['serve'], { stdio: 'inherit' })
  const told = <T>() => new Promise<T>((resolve) => child.once('message', (value) => resolve(value as T)))
  const ready = await told<Ready>()
  const memory = () => {
    const answer = told<{ highest: number; now: number }>()
    child.send('memory')
    return answer
  }
  const directory = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const senders = await Promise.all(Array.from({ length: 16 }, () => smallSender(ready)))
  await perSecond(16, 2, async (client) => senders[client]?.send())
  const contents = { 'random bytes': randomBytes(64 * mebibyte), 'log lines': logLines(64 * mebibyte) }
  for (const [name, block] of Object.entries(contents)) {
    const path = join(directory, 'large')
    await write(path, block)
    const guard = await timed(() => guardAlone(path))
    const before = await hashAndCopy(path, ready.directory)
    const { now } = await memory()
    const upload = await timed(() => sendLarge(ready, path))
    const { highest } = await memory()
    // Before and after: on a shared machine the one may have had more of it than the other.
    const reference = (before + (await hashAndCopy(path, ready.directory))) / 2
    line(`upload of ${sizeInMebibytes} MiB, ${name}`, {
      'MiB/s': sizeInMebibytes / upload,
      'hash + copy MiB/s': sizeInMebibytes / reference,
      ratio: reference / upload,
      'guard alone MiB/s': sizeInMebibytes / guard,
      'ratio with the guard': Math.max(reference, guard) / upload,
      'more memory in MiB': (highest - now) / mebibyte,
    })
  }
  const rate = await perSecond(16, seconds, async (client) => senders[client]?.send())
  const block = randomBytes(64 * 1024)
  const durable = await perSecond(16, 3, async () => {
    const handle = await open(join(ready.directory, randomUUID()), 'w')
    await handle.write(block)
    await handle.sync()
    await handle.close()
  })
  line('64 KiB items, 16 senders', {
    'a second': rate,
    'durable files a second': durable,
    ratio: rate / durable,
  })
  for (const sender of senders) sender.close()
  child.send('stop')
  rmSync(directory, { recursive: true, force: true })
}

await (process.argv[2] === 'serve' ? serve() : measure())
