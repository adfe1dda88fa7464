import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, open, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Binaries } from './embedded-binaries.ts'
import { EmbeddedError, errorCode, fromOutput } from './embedded-error.ts'
import { canReach, giveTree, type Owner } from './embedded-owner.ts'

/** User and database of the embedded server. */
export const name = 'assay'

/**
 * How the server is told its directory. On Linux through its own working directory, which we open before it drops
 * our rights: so it works even where its user could not walk to (a clone under /root).
 */
export const directoryArgument = (cluster: string) =>
  process.platform === 'linux' ? '/proc/self/cwd' : cluster

/** Environment for PostgreSQL's programs: nothing of ours, above all no secrets. Windows cannot start without its own. */
export const environment =
  process.platform === 'win32' ? undefined : { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }

/** Makes sure that `cluster` holds a complete cluster of this major version, which `owner` may use. */
export async function prepareCluster(cluster: string, binaries: Binaries, owner: Owner): Promise<void> {
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined) {
    await removeEmpty(cluster)
    return initialise(cluster, binaries, owner)
  }
  if (version.trim() !== binaries.major) {
    throw new EmbeddedError(
      'wrong_version',
      `The data in ${cluster} was written by PostgreSQL ${version.trim()}, and this Assay carries PostgreSQL ${binaries.major}, which cannot open it. Export it with the Assay that wrote it, and import the export here.`,
    )
  }
  if (process.platform === 'win32') return
  const { uid } = await stat(cluster)
  if (owner && uid === 0) await giveTree(cluster, owner)
  else if (!owner && uid !== process.getuid?.()) {
    const message = `The data in ${cluster} belongs to user ${uid}. Start Assay as that user or as root, or set ASSAY_DATA to another directory.`
    throw new EmbeddedError('cannot_write', message)
  }
  // PostgreSQL refuses a directory that others may enter, which a copy or a volume may have made it.
  await chmod(cluster, 0o700)
  await assertReach(cluster, owner)
}

/** An empty directory (a mounted volume) is fine; anything else is not ours to overwrite. */
async function removeEmpty(cluster: string): Promise<void> {
  await rmdir(cluster).catch((error) => {
    if (errorCode(error) === 'ENOENT') return
    throw new EmbeddedError(
      'cannot_start',
      `${cluster} holds files but no PostgreSQL cluster. Move them away first.`,
    )
  })
}

async function assertReach(cluster: string, owner: Owner): Promise<void> {
  if (process.platform === 'linux' || (await canReach(cluster, owner))) return
  const message = `PostgreSQL does not run as root, and user ${owner?.uid} cannot enter ${cluster}. Set ASSAY_DATA to a directory that every user may walk to.`
  throw new EmbeddedError('cannot_reach', message)
}

/** Built beside its final place and renamed when complete: an interrupted first start leaves nothing half-made. */
async function initialise(cluster: string, binaries: Binaries, owner: Owner): Promise<void> {
  const fresh = `${cluster}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  if (owner) await chown(fresh, owner.uid, owner.gid)
  await assertReach(fresh, owner)
  const options = [
    '-D',
    directoryArgument(fresh),
    '-U',
    name,
    '--data-checksums',
    '-E',
    'UTF8',
    '--no-instructions',
  ]
  // The provider inside PostgreSQL sorts alike on every operating system and every update of it.
  options.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  await run(binaries.initdb, [...options, ...(await authentication(cluster))], fresh, owner)
  await rename(fresh, cluster)
  if (process.platform === 'win32') return
  const parent = await open(dirname(cluster))
  await parent.sync().finally(() => parent.close())
}

/** Over a private socket the directory's rights are the password. Windows has no such socket: a random one, in a file. */
async function authentication(cluster: string): Promise<string[]> {
  if (process.platform !== 'win32') return ['-A', 'trust']
  const file = `${cluster}-password`
  await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return ['-A', 'scram-sha-256', `--pwfile=${file}`]
}

async function run(program: string, options: string[], cwd: string, owner: Owner): Promise<void> {
  const { code, output } = await new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const child = spawn(program, options, {
      ...owner,
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(environment && { env: environment }),
    })
    let output = ''
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
  if (code !== 0) throw fromOutput('initdb', output, dirname(cwd))
}
