import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { blockSize, blocksOf } from './blocks.ts'

const patterned = (length: number, from = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => ((at + from) * 31) % 251)

async function* partsOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

describe('blocks', () => {
  it.each([1000, 65_536, blockSize, 3 * blockSize + 1])(
    'of parts of %i bytes hold every byte once',
    async (size) => {
      const bytes = patterned(10 * blockSize + 77)
      const seen: Uint8Array[] = []
      for await (const { bytes: block, release } of blocksOf(partsOf(bytes, size), { given: true })) {
        seen.push(block.slice())
        release()
      }
      expect(seen.map(({ length }) => length)).toEqual([...Array.from({ length: 10 }, () => blockSize), 77])
      expect(Buffer.concat(seen).equals(bytes)).toBe(true)
    },
  )

  it('are so many ahead of their reader and no more, and use memory again', async () => {
    let asked = 0
    async function* endless() {
      for (;;) {
        asked += 1
        yield new Uint8Array(blockSize)
      }
    }
    const blocks = blocksOf(endless())
    for (let turn = 0; turn < 50; turn += 1) await setImmediate()
    expect(asked).toBe(7)
    const reader = blocks[Symbol.asyncIterator]()
    const memory = new Set<ArrayBufferLike>()
    for (let turn = 0; turn < 40; turn += 1) {
      const { value } = await reader.next()
      if (value) memory.add(value.bytes.buffer)
      value?.release()
    }
    expect(memory.size).toBeLessThanOrEqual(6)
    blocks.close()
  })

  it('give what came before a break, and then the break', async () => {
    async function* breaking() {
      yield patterned(100)
      throw new Error('the connection was cut')
    }
    const reader = blocksOf(breaking())[Symbol.asyncIterator]()
    expect((await reader.next()).value?.bytes).toEqual(patterned(100))
    await expect(reader.next()).rejects.toThrow('cut')
  })

  it('end with their close, leave the source as it is, and hold nothing of what was sent', async () => {
    let returned = false
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false as const, value: new Uint8Array(blockSize).fill(7) }),
        return: async () => {
          returned = true
          return { done: true as const, value: undefined }
        },
      }),
    }
    const blocks = blocksOf(source)
    const reader = blocks[Symbol.asyncIterator]()
    const { value } = await reader.next()
    const memory = value?.bytes
    blocks.close()
    expect(memory?.[0]).toBe(7)
    value?.release()
    expect(memory?.every((byte: number) => byte === 0)).toBe(true)
    for (let turn = 0; turn < 10; turn += 1) await setImmediate()
    expect([(await reader.next()).done, returned]).toEqual([true, false])
  })

  it('free the memory of parts that are theirs, and leave alone what is shared with others', async () => {
    const own = patterned(1000)
    const part = patterned(2000).subarray(0, 1000)
    async function* parts() {
      yield own
      yield part
    }
    for await (const { release } of blocksOf(parts(), { given: true })) release()
    expect([own.length, part.length]).toEqual([0, 1000])
  })
})
