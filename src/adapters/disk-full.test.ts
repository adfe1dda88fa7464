import { createHash, randomBytes } from 'node:crypto'
import fs, { readdir, stat } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import type { ObjectStore } from '../db/objects.ts'
import { diskObjects } from './disk.ts'

/** The call that finds the disk full, and how many of its kind come through before. */
const fault = { call: '', after: 0 }

function strike(call: string): void {
  if (fault.call === call && fault.after-- <= 0)
    throw Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), { code: 'ENOSPC' })
}

const { open, rename, mkdir } = fs

/** In the module of the runtime itself, so that it holds for whoever has loaded it already. */
function put(calls: Partial<typeof fs>): void {
  Object.assign(fs, calls)
  syncBuiltinESMExports()
}

beforeAll(() => {
  put({
    async open(path, flags, mode) {
      const handle = await open(path, flags, mode)
      const isDirectory = (await handle.stat()).isDirectory()
      for (const call of ['write', 'sync', 'datasync'] as const) {
        const usual = handle[call].bind(handle) as (...input: unknown[]) => Promise<unknown>
        Object.assign(handle, {
          async [call](...input: unknown[]) {
            strike(isDirectory ? `${call} of a directory` : call)
            return usual(...input)
          },
        })
      }
      return handle
    },
    async rename(from, to) {
      strike('rename')
      return rename(from, to)
    },
    mkdir: (async (path: string, options: object) => {
      strike('mkdir')
      return mkdir(path, options)
    }) as typeof mkdir,
  })
})
afterAll(() => put({ open, rename, mkdir }))

let directory: ReturnType<typeof temporaryDirectory>
let store: ObjectStore
beforeEach(() => {
  directory = temporaryDirectory('disk-full')
  store = diskObjects(directory.path)
})
afterEach(() => {
  fault.call = ''
  directory.remove()
})

const full = (call: string, after = 0) => Object.assign(fault, { call, after })
const empty = () => full('')
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function* inParts(bytes: Uint8Array, size = 100_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const objects = async (): Promise<string[]> => {
  const found: string[] = []
  for await (const digest of store.list()) found.push(digest)
  return found
}

const refusal = { kind: 'unavailable', code: 'server.disk_full' }

describe('an object for which the disk has no room', () => {
  const bytes = randomBytes(1_500_000)

  it.each([
    ['write', 0],
    ['write', 1],
    ['sync', 0],
    ['mkdir', 0],
    ['rename', 0],
  ])(
    'at %s after %i is not there at all, is said to be refused, and is stored when there is room',
    async (call, after) => {
      full(call, after)
      await expect(store.put(inParts(bytes), 10_000_000)).rejects.toMatchObject(refusal)
      empty()
      expect([await store.has(sha256(bytes)), await readdir(join(directory.path, 'new'))]).toEqual([
        false,
        [],
      ])
      expect(await store.put(inParts(bytes), 10_000_000)).toEqual({
        digest: sha256(bytes),
        size: bytes.length,
      })
      expect(await objects()).toEqual([sha256(bytes)])
    },
  )

  it('whose name could not be made durable is not acknowledged, and whole where it is found', async () => {
    await store.put(inParts(Buffer.from('something before')), 1000)
    // The parents of its place, then the place itself.
    for (let after = 0; after < 3; after += 1) {
      full('sync of a directory', after)
      const other = Buffer.concat([bytes, Buffer.from([after])])
      await expect(store.put(inParts(other), 10_000_000)).rejects.toMatchObject(refusal)
      empty()
      if (await store.has(sha256(other))) expect((await store.get(sha256(other))).length).toBe(other.length)
      await store.put(inParts(other), 10_000_000)
    }
    expect(await readdir(join(directory.path, 'new'))).toEqual([])
  })
})

describe('an upload for which the disk has no room', () => {
  const id = '5b3c1f6e-2222-4222-8333-444455556666'
  const first = randomBytes(1_000_000)
  // More than is written between two flushes.
  const second = randomBytes(20_000_000)
  const path = () => join(directory.path, 'incoming', id)

  it.each([
    ['write', 3],
    ['sync', 0],
    ['datasync', 0],
  ])('at %s after %i keeps what was acknowledged and nothing behind it, and goes on', async (call, after) => {
    await store.incoming.append(id, 0, inParts(first))
    full(call, after)
    await expect(store.incoming.append(id, first.length, inParts(second, 1_048_576))).rejects.toMatchObject(
      refusal,
    )
    empty()
    expect((await stat(path())).size).toBe(first.length)
    const { size, broken } = await store.incoming.append(id, first.length, inParts(second, 1_048_576))
    expect([size, broken]).toEqual([first.length + second.length, null])
    const digest = sha256(Buffer.concat([first, second]))
    await store.incoming.keep(id, digest)
    expect(sha256(await store.get(digest))).toBe(digest)
  })

  it.each(['mkdir', 'rename'])('at %s when it becomes an object still has all bytes', async (call) => {
    await store.incoming.append(id, 0, inParts(first))
    full(call)
    await expect(store.incoming.keep(id, sha256(first))).rejects.toMatchObject(refusal)
    empty()
    expect([await store.incoming.size(id), await store.has(sha256(first))]).toEqual([first.length, false])
    await store.incoming.keep(id, sha256(first))
    expect([await store.incoming.size(id), await store.has(sha256(first))]).toEqual([0, true])
  })
})
