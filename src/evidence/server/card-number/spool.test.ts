import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { only } from './source.ts'
import { spool } from './spool.ts'
import { noise } from './testing.ts'

const visa = '4539578763621486'
const large = Buffer.concat([noise(1_500_000), Buffer.from(visa), noise(700_001, 'more')])

describe('what is kept while an archive is read', () => {
  it('reads back the same at every place, in memory and from disk', async () => {
    for (const bytes of [large, large.subarray(0, 5000)]) {
      const stored = await spool(only(bytes.subarray(0, 70_003), bytes.subarray(70_003)), 1e9)
      expect(stored.size).toBe(bytes.length)
      for (const [at, length] of [
        [0, 10],
        [15, 2],
        [16, 16],
        [4321, 500],
        [1_499_990, 40],
        [bytes.length - 3, 10],
      ] as const)
        expect((await stored.read(at, length)).equals(bytes.subarray(at, at + length))).toBe(true)
      const parts: Buffer[] = []
      for await (const part of stored.stream(7, bytes.length)) parts.push(part)
      expect(Buffer.concat(parts).equals(bytes.subarray(7))).toBe(true)
      await stored.close()
    }
  })

  it.runIf(process.platform === 'linux')('has no name on disk, and holds nothing in the clear', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'spool-'))
    const stored = await spool(only(large), 1e9, directory)
    expect(readdirSync(directory)).toEqual([])
    const open = readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(directory)
      } catch {
        return false
      }
    })
    expect(open).toHaveLength(1)
    const written = readFileSync(`/proc/self/fd/${open[0]}`)
    expect(written.length).toBe(large.length)
    expect(written.includes(visa)).toBe(false)
    await stored.close()
    rmSync(directory, { recursive: true })
  })

  it('is refused beyond its limit, and nothing stays', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'spool-'))
    await expect(spool(only(large, large), 3_000_000, directory)).rejects.toThrow('too large')
    expect(readdirSync(directory)).toEqual([])
    rmSync(directory, { recursive: true })
  })
})
