import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canReach, type Owner } from './embedded-owner.ts'

// A socket's path must fit into sockaddr_un: 104 bytes on macOS, 108 on Linux, with its final zero.
const longest = 103
export const port = 5432

/**
 * Makes the private directory (0700) of the server's Unix socket: inside the data directory where that works, else
 * under the temporary directory, because a path may be too long, out of the server's reach, or on a file system
 * without sockets.
 */
export async function socketDirectory(dataDir: string, owner: Owner): Promise<string> {
  const inside = join(dataDir, 'socket')
  if (fits(inside) && (await canReach(dataDir, owner))) {
    await makePrivate(inside, owner)
    if (await holdsSockets(inside)) return inside
    await rm(inside, { recursive: true, force: true })
  }
  const temporary = fits(join(tmpdir(), 'assay-0123456789abcdef-XXXXXX')) ? tmpdir() : '/tmp'
  const outside = join(temporary, `assay-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`)
  try {
    await makePrivate(outside, owner)
    return outside
  } catch {
    // Someone else took the predictable name.
    const fresh = await mkdtemp(`${outside}-`)
    if (owner) await chown(fresh, owner.uid, owner.gid)
    return fresh
  }
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${port}`)) <= longest
}

async function makePrivate(directory: string, owner: Owner): Promise<void> {
  await mkdir(directory, { mode: 0o700 }).then(
    () => owner && chown(directory, owner.uid, owner.gid),
    () => undefined,
  )
  const found = await lstat(directory)
  if (!found.isDirectory()) throw new Error(`${directory} is no directory`)
  if (found.uid !== (owner?.uid ?? process.getuid?.())) {
    if (process.getuid?.() !== 0 || found.uid !== 0 || !owner)
      throw new Error(`${directory} belongs to another user`)
    await chown(directory, owner.uid, owner.gid)
  }
  await chmod(directory, 0o700)
}

function holdsSockets(directory: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(false))
    server.listen(join(directory, '.probe'), () => server.close(() => resolve(true)))
  })
}
