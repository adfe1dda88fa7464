import { access, constants, mkdir, readFile, realpath, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { findBinaries } from './embedded-binaries.ts'
import { name, prepareCluster } from './embedded-cluster.ts'
import { asCannotWrite, errorCode } from './embedded-error.ts'
import { holdDirectory } from './embedded-lock.ts'
import { stopOrphan } from './embedded-orphan.ts'
import { clusterOwner } from './embedded-owner.ts'
import { type Exit, type Launch, startServer } from './embedded-server.ts'
import { port, socketDirectory } from './embedded-socket.ts'
import { watch } from './embedded-watch.ts'

type ConnectionConfig = { host: string; port: number; user: string; database: string; password?: string }

export type Embedded = {
  /** Directory of the private Unix socket; on Windows the loopback address. */
  socketDir: string
  port: number
  user: string
  database: string
  connectionConfig: ConnectionConfig
  /** Process id of the running server; another one after a supervised restart. */
  readonly pid: number
  /** Ends the server cleanly (at most about 25 s) and gives the data directory free. May be called again. */
  stop(): Promise<void>
  /** Resolves when the server has ended for good: after `stop`, or, unsupervised, when it crashes. */
  exited: Promise<Exit>
}

export type EmbeddedOptions = {
  dataDir: string
  log: (line: string) => void
  /** Start the server again when it ends by itself. Default true. */
  supervise?: boolean
}

/**
 * Starts Assay's own PostgreSQL on `<dataDir>/postgres`, making the cluster on the first start, and taking over what
 * a killed Assay or a killed server left behind. Exactly one process can hold a data directory.
 * Throws EmbeddedError, whose message is a sentence for a person.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = await openDirectory(resolve(options.dataDir))
  const lock = holdDirectory(dataDir)
  try {
    const cluster = join(dataDir, 'postgres')
    const owner = await clusterOwner(cluster)
    const binaries = await findBinaries(owner, dataDir)
    await prepareCluster(cluster, binaries, owner)
    await stopOrphan(cluster, options.log)
    const { listen, connectionConfig } = await endpoint(dataDir, cluster, owner)
    const launch: Launch = { cluster, binaries, owner, listen, log: options.log }
    const server = await startServer(launch)
    await createDatabase(connectionConfig).catch(async (error) => {
      await server.stop()
      throw error
    })
    const watched = watch(launch, server, options.supervise ?? true, lock.release)
    return {
      socketDir: connectionConfig.host,
      port: connectionConfig.port,
      user: name,
      database: name,
      connectionConfig,
      get pid() {
        return watched.pid()
      },
      stop: watched.stop,
      exited: watched.exited,
    }
  } catch (error) {
    lock.release()
    throw asCannotWrite(error, dataDir)
  }
}

async function openDirectory(dataDir: string): Promise<string> {
  try {
    // Under root the server's user must walk through it to the socket; what lies inside has rights of its own.
    await makeDirectory(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
    await access(dataDir, constants.W_OK)
    return await realpath(dataDir)
  } catch (error) {
    throw asCannotWrite(error, dataDir)
  }
}

/** Not Node's recursive mkdir, which reports a read-only file system as a missing file. */
async function makeDirectory(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, mode)
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && (await stat(path)).isDirectory()) return
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error
    // Somewhere /proc-like the parent exists and still nothing can be made in it.
    if (
      await access(dirname(path)).then(
        () => true,
        () => false,
      )
    )
      throw error
    await makeDirectory(dirname(path), mode)
    await mkdir(path, mode)
  }
}

/**
 * Removes what a server that a power cut ended left of its socket. PostgreSQL would refuse to start over a lock file
 * whose process id has another owner by now. Nobody else can be listening there: this Assay holds the directory's lock,
 * and an orphan of the one before was stopped.
 */
async function clearSocket(directory: string): Promise<void> {
  for (const ending of ['', '.lock']) await rm(join(directory, `.s.PGSQL.${port}${ending}`), { force: true })
}

async function endpoint(dataDir: string, cluster: string, owner: Launch['owner']) {
  const common = { user: name, database: name }
  if (process.platform === 'win32') {
    const password = await readFile(`${cluster}-password`, 'utf8')
    const listen = { port: await freePort() }
    return { listen, connectionConfig: { host: '127.0.0.1', ...listen, ...common, password } }
  }
  const socketDir = await socketDirectory(dataDir, owner)
  await clearSocket(socketDir)
  const listen = { socketDir, port }
  return { listen, connectionConfig: { host: listen.socketDir, port, ...common } }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      )
    })
  })
}

async function createDatabase(config: ConnectionConfig): Promise<void> {
  const client = new pg.Client({ ...config, database: 'postgres' })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [config.database])
    if (!rowCount) await client.query(`create database ${config.database}`)
  } finally {
    await client.end()
  }
}
