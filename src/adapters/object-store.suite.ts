import { createHash, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Digest, ObjectStore } from '../db/objects.ts'

/** A store under test, with the means to look behind it. */
export type StoreUnderTest = {
  store: ObjectStore
  /** Changes one stored byte behind the store's back. */
  damage(digest: Digest): Promise<void>
  /** How many unfinished writes are lying around. */
  unfinished(): Promise<number>
  close(): Promise<void>
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function* inParts(bytes: Uint8Array, size = 1000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function* breaking(): AsyncIterable<Uint8Array> {
  yield Buffer.from('the first half')
  throw new Error('the connection was cut')
}

const limit = 1_000_000

/** What every object store must do; each adapter runs it. */
export function objectStoreSuite(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`object store: ${name}`, () => {
    let under: StoreUnderTest
    beforeEach(async () => {
      under = await make()
    })
    afterEach(() => under.close())

    const listed = async () => {
      const digests: Digest[] = []
      for await (const digest of under.store.list()) digests.push(digest)
      return digests
    }

    it('gives back the bytes under their SHA-256, whatever parts they came in', async () => {
      const bytes = randomBytes(70_001)
      const digest = sha256(bytes)
      expect(await under.store.put(inParts(bytes), limit)).toEqual({ digest, size: bytes.length })
      expect(Buffer.from(await under.store.get(digest)).equals(bytes)).toBe(true)
      expect([await under.store.has(digest), await listed()]).toEqual([true, [digest]])
    })

    it('keeps equal content once, also when twenty arrive at the same time', async () => {
      const bytes = randomBytes(30_000)
      const results = await Promise.all(
        Array.from({ length: 20 }, () => under.store.put(inParts(bytes), limit)),
      )
      expect(new Set(results.map((result) => result.digest))).toEqual(new Set([sha256(bytes)]))
      expect(await listed()).toEqual([sha256(bytes)])
      expect(await under.unfinished()).toBe(0)
    })

    it('refuses one byte more than the limit and leaves nothing', async () => {
      await expect(under.store.put(inParts(Buffer.alloc(101)), 100)).rejects.toMatchObject({
        kind: 'invalid',
        code: 'input.too_large',
        params: { limit: 100 },
      })
      expect((await under.store.put(inParts(Buffer.alloc(100)), 100)).size).toBe(100)
      expect([await under.unfinished(), (await listed()).length]).toEqual([0, 1])
    })

    it('keeps nothing of an upload that was cut off', async () => {
      await expect(under.store.put(breaking(), limit)).rejects.toThrow('the connection was cut')
      expect([await under.unfinished(), await listed()]).toEqual([0, []])
    })

    it('says that it does not know an object, and takes no other name for a digest', async () => {
      await expect(under.store.get(sha256(Buffer.from('never stored')))).rejects.toMatchObject({
        kind: 'not_found',
      })
      for (const odd of ['../../etc/passwd', '', 'ab', 'A'.repeat(64), `${'a'.repeat(63)}/`]) {
        await expect(under.store.get(odd)).rejects.toMatchObject({ kind: 'not_found' })
      }
    })

    it('removes an object for good, and another one not, and takes it again', async () => {
      const [gone, kept] = [randomBytes(3000), randomBytes(3000)]
      await under.store.put(inParts(gone), limit)
      await under.store.put(inParts(kept), limit)
      await under.store.remove(sha256(gone))
      await under.store.remove(sha256(gone))
      await expect(under.store.get(sha256(gone))).rejects.toMatchObject({ kind: 'not_found' })
      expect([await under.store.has(sha256(gone)), await listed()]).toEqual([false, [sha256(kept)]])
      await under.store.put(inParts(gone), limit)
      expect(Buffer.from(await under.store.get(sha256(gone))).equals(gone)).toBe(true)
    })

    it('never hands out damaged bytes, and heals when the content is stored again', async () => {
      const bytes = randomBytes(5000)
      const { digest } = await under.store.put(inParts(bytes), limit)
      await under.damage(digest)
      await expect(under.store.get(digest)).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'object.damaged',
        params: { digest },
      })
      await under.store.put(inParts(bytes), limit)
      expect(Buffer.from(await under.store.get(digest)).equals(bytes)).toBe(true)
    })

    const all = async (bytes: AsyncIterable<Uint8Array>) => {
      const parts: Uint8Array[] = []
      for await (const part of bytes) parts.push(part)
      return Buffer.concat(parts)
    }

    it('reads in parts, whole or a range, and breaks off where the bytes are damaged', async () => {
      const bytes = randomBytes(900_001)
      const { digest } = await under.store.put(inParts(bytes, 100_000), limit)
      const whole = await under.store.read(digest)
      expect(whole.size).toBe(bytes.length)
      expect((await all(whole.bytes)).equals(bytes)).toBe(true)
      for (const [from, to] of [
        [0, 1],
        [5, 600_000],
        [262_143, 262_145],
        [900_000, 900_001],
      ] as const) {
        const { bytes: range } = await under.store.read(digest, { from, to })
        expect((await all(range)).equals(bytes.subarray(from, to))).toBe(true)
      }
      await under.damage(digest)
      // Also where the range itself is sound: the first byte is the damaged one.
      for (const range of [undefined, { from: 899_000, to: 900_001 }]) {
        const { bytes: broken } = await under.store.read(digest, range)
        await expect(all(broken)).rejects.toMatchObject({ code: 'object.damaged', params: { digest } })
      }
      await expect(under.store.read(sha256(Buffer.from('never')))).rejects.toMatchObject({
        kind: 'not_found',
      })
    })

    it('takes an object in pieces, goes on after a break, and forgets what lies behind the last known byte', async () => {
      const id = '5b3c1f6e-1111-4222-8333-444455556666'
      const { incoming } = under.store
      const bytes = randomBytes(10_000)
      expect(await incoming.size(id)).toBe(0)
      const cut = (async function* () {
        yield bytes.subarray(0, 3000)
        throw new Error('the connection was cut')
      })()
      expect(await incoming.append(id, 0, cut)).toMatchObject({
        size: 3000,
        broken: { error: { message: 'the connection was cut' } },
      })
      await incoming.append(id, 3000, inParts(Buffer.from('written and never acknowledged')))
      expect(await incoming.append(id, 3000, inParts(bytes.subarray(3000)))).toEqual({
        size: 10_000,
        broken: null,
      })
      expect((await all(incoming.read(id, 10_000))).equals(bytes)).toBe(true)
      expect(await all(incoming.read(id, 7))).toEqual(bytes.subarray(0, 7))
      const digest = sha256(bytes)
      expect([await under.store.has(digest), await under.store.storedAt(digest)]).toEqual([false, null])
      await incoming.keep(id, digest)
      expect(Buffer.from(await under.store.get(digest)).equals(bytes)).toBe(true)
      expect([await incoming.size(id), await under.store.storedAt(digest)]).toEqual([0, expect.any(Date)])
    })

    it('destroys what arrived and was refused', async () => {
      const id = '5b3c1f6e-1111-4222-8333-444455556666'
      await under.store.incoming.append(id, 0, inParts(randomBytes(300_000)))
      const names: string[] = []
      for await (const name of under.store.incoming.list()) names.push(name)
      expect(names).toEqual([id])
      await under.store.incoming.discard(id)
      expect([await under.store.incoming.size(id), await listed()]).toEqual([0, []])
      await under.store.incoming.discard(id)
    })
  })
}
