import { execFileSync } from 'node:child_process'
import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { memoryObjects } from '../../tests/support/memory-objects.ts'
import { diskObjects } from './disk.ts'
import { objectStoreSuite } from './object-store.suite.ts'

const flipped = (bytes: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  copy[0] = (copy[0] ?? 0) ^ 1
  return copy
}

objectStoreSuite('disk', async () => {
  const directory = temporaryDirectory('objects')
  const store = diskObjects(directory.path)
  return {
    store,
    async damage(digest) {
      const path = join(directory.path, digest.slice(0, 2), digest.slice(2, 4), digest)
      await writeFile(path, flipped(await readFile(path)))
    },
    unfinished: async () => (await readdir(join(directory.path, 'new'))).length,
    close: async () => directory.remove(),
  }
})

objectStoreSuite('memory', async () => {
  const store = memoryObjects()
  return {
    store,
    async damage(digest) {
      store.map.set(digest, flipped(store.map.get(digest) ?? new Uint8Array()))
    },
    unfinished: async () => 0,
    close: async () => undefined,
  }
})

describe('the disk store', () => {
  it('lets nobody else read, and spreads objects over directories named by their digest', async () => {
    const directory = temporaryDirectory('objects')
    const store = diskObjects(directory.path)
    async function* bytes() {
      yield Buffer.from('secret')
    }
    const { digest } = await store.put(bytes(), 100)
    const path = join(directory.path, digest.slice(0, 2), digest.slice(2, 4), digest)
    expect((await stat(path)).mode & 0o077).toBe(0)
    directory.remove()
  })

  it('sweeps what a killed process left a day ago, and nothing younger', async () => {
    const directory = temporaryDirectory('objects')
    diskObjects(directory.path)
    const [old, young] = ['old', 'young'].map((name) => join(directory.path, 'new', name))
    if (!old || !young) throw new Error('two names')
    writeFileSync(old, 'half')
    writeFileSync(young, 'half')
    const now = new Date('2023-07-31T03:00:00Z')
    utimesSync(old, now, new Date('2023-07-30T02:59:00Z'))
    utimesSync(young, now, new Date('2023-07-30T03:01:00Z'))
    diskObjects(directory.path, now)
    expect(readdirSync(join(directory.path, 'new'))).toEqual(['young'])
    directory.remove()
  })

  it('says that the storage is full, keeps nothing of the write, and goes on working', () => {
    const directory = temporaryDirectory('objects')
    const script = fileURLToPath(new URL('../../tests/support/store-under-limit.ts', import.meta.url))
    const said = execFileSync(
      'sh',
      ['-c', `trap '' XFSZ; ulimit -f 1000; exec "$0" "$1" "$2"`, process.execPath, script, directory.path],
      { encoding: 'utf8' },
    )
    expect(JSON.parse(said)).toEqual({ small: 20_000, large: 'unavailable server.disk_full', again: 30_000 })
    expect(readdirSync(join(directory.path, 'new'))).toEqual([])
    directory.remove()
  })
})
