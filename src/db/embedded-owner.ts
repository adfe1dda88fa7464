import { chown, lchown, readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Whose rights PostgreSQL runs with. Undefined: ours. PostgreSQL refuses to run as root, so root hands it to another. */
export type Owner = { uid: number; gid: number } | undefined

/**
 * An existing cluster keeps its owner, so that a volume made by an ordinary user stays usable by that user;
 * a new one, or one that root restored from a copy, goes to `nobody`.
 */
export async function clusterOwner(cluster: string): Promise<Owner> {
  if (process.getuid?.() !== 0) return undefined
  const existing = await stat(cluster).catch(() => undefined)
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid }
  return nobody()
}

async function nobody(): Promise<{ uid: number; gid: number }> {
  const line = (await readFile('/etc/passwd', 'utf8').catch(() => ''))
    .split('\n')
    .find((text) => text.startsWith('nobody:'))
  const [uid, gid] = (line?.split(':').slice(2, 4) ?? []).map(Number)
  return uid && gid && uid > 0 && gid > 0 ? { uid, gid } : { uid: 65534, gid: 65534 }
}

/** Gives a whole tree to the owner; links themselves are changed, never followed. */
export async function giveTree(path: string, owner: Owner): Promise<void> {
  if (!owner) return
  await chown(path, owner.uid, owner.gid)
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    await lchown(join(entry.parentPath, entry.name), owner.uid, owner.gid)
  }
}

/** Whether the owner may walk to `path` from the root. Judged by mode bits: the child gets no supplementary groups. */
export async function canReach(path: string, owner: Owner): Promise<boolean> {
  if (!owner) return true
  for (let at = path; ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at)
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
    if (at === dirname(at)) return true
  }
}
