import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { diskObjects } from './adapters/disk.ts'
import { smtpMail } from './adapters/smtp.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { applicationRole, connect } from './db/connect.ts'
import { startEmbedded } from './db/embedded.ts'
import { EmbeddedError } from './db/embedded-error.ts'
import { migrate } from './db/migrate.ts'
import { loadCatalogue } from './frameworks/server/load.ts'
import { createSealer } from './log/server/seal.ts'
import { createApp } from './server/app.ts'
import { type Auth, createAuth } from './server/auth.ts'
import { loadDemo } from './server/demo.ts'
import { discardAtStart } from './server/discard-object.ts'
import { newSetupToken } from './server/doors.ts'
import { adoptAtStart } from './server/editions.ts'
import { startJobs } from './server/jobs.ts'
import { permissionMatrix } from './server/nouns.ts'
import { passwordRule } from './server/passwords.ts'
import type { Runtime } from './server/runtime.ts'
import { warmPostures } from './server/warm-postures.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

const log = (line: Record<string, unknown>) =>
  console.error(JSON.stringify({ at: new Date().toISOString(), ...line }))

type Server = { connection: pg.PoolConfig; stop(): Promise<void> }

async function database(config: Config): Promise<Server> {
  if (config.databaseUrl)
    return { connection: { connectionString: config.databaseUrl }, stop: async () => undefined }
  const embedded = await startEmbedded({
    dataDir: config.dataDir,
    log: (line) => log({ level: 'info', event: 'postgres', line }),
  })
  return { connection: embedded.connectionConfig, stop: () => embedded.stop() }
}

/** Where it is, and, as long as there is no organisation, the address at which one is set up. */
const welcome = (url: string, token: string | null): string => {
  const doors = `\n  Assay        ${url}/app/\n  Public page  ${url}/en/  ${url}/ja/\n`
  const setUp = `\n  Set up your organisation here, within 24 hours, once:\n  ${url}/setup/${token}\n`
  return token ? doors + setUp : doors
}

/** What to tell whoever started it, and how all of it is stopped. */
type Running = { words: string; stop(): Promise<void> }

/** Puts the parts together: the only place that chooses adapters. They are stopped in reverse order. */
async function start(config: Config): Promise<Running> {
  mkdirSync(config.dataDir, { recursive: true })
  const clock = { now: () => new Date() }
  const random = (length: number) => new Uint8Array(randomBytes(length))
  const server = await database(config)
  await migrate(server.connection)
  const connection = connect(server.connection, { role: applicationRole })
  const sealer = createSealer({ database: connection, clock, random, directory: config.dataDir, log })
  const mail = config.mail && smtpMail(config.mail)
  const runtime: Runtime = {
    database: connection,
    objects: diskObjects(join(config.dataDir, 'objects')),
    mail,
    clock,
    random,
    matrix: permissionMatrix(),
    catalogue: loadCatalogue(join(root, 'frameworks')),
    postures: new Map(),
    assetGraphs: new Map(),
    heldRisks: new Map(),
    counts: new Map(),
    frames: new Map(),
    beacon: sealer.beacon,
    appended: sealer.appended,
  }
  const publicUrl = config.publicUrl
  const otherOrigins = [`http://localhost:${config.port}`, `http://127.0.0.1:${config.port}`].filter(
    (one) => one !== publicUrl,
  )
  const auth = createAuth({
    connection: server.connection,
    dataDir: config.dataDir,
    publicUrl,
    otherOrigins,
    log,
  })
  await sealer.start()
  const demo = config.demo
    ? await loadDemo(runtime, { directory: join(root, 'demo'), accountFor: demoAccount(auth) })
    : null
  await adoptAtStart(runtime, log)
  await discardAtStart(runtime, log)
  const app = await createApp({
    runtime,
    auth,
    sealer,
    dataDir: config.dataDir,
    publicUrl,
    checkPassword: passwordRule(config.breachedPasswords),
    demo,
    log,
  })
  const jobs = await startJobs({ runtime, connection: server.connection, mail, publicUrl, log })
  await app.listen({ port: config.port, host: config.host })
  const stopping = new AbortController()
  const warm = warmPostures(runtime, log, stopping.signal)
  return {
    words: welcome(publicUrl, await newSetupToken(runtime, auth)),
    async stop() {
      stopping.abort()
      await app.close()
      await jobs.stop()
      await warm
      await mail?.close()
      await sealer.stop()
      await auth.close()
      await connection.close()
      await server.stop()
    },
  }
}

/** People of the demo have accounts without a password; an interrupted first run may have made them already. */
const demoAccount = (auth: Auth) => async (name: string, email: string) =>
  (await auth.findAccount(email)) ?? (await auth.createAccount({ name, email, password: null }))

/** Stops once, however often the signal comes: a terminal and npm both send it. */
function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      stop().then(
        () => process.exit(0),
        (error) => {
          log({ level: 'error', event: 'stop', reason: String(error) })
          process.exit(1)
        },
      )
    })
  }
}

try {
  const { stop, words } = await start(readConfig(process.env, root))
  // Whoever reads that it runs may end it at once: it has to be able to stop by then.
  stopOnSignals(stop)
  console.log(words)
} catch (error) {
  const known = error instanceof ConfigError || error instanceof EmbeddedError
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const sentence = taken
    ? 'The port is taken by another program. Stop it, or choose another with PORT.'
    : String(known ? error.message : error instanceof Error ? error.stack : error)
  console.error(sentence)
  process.exit(1)
}
