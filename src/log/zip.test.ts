import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from './crc32.ts'
import { readZip, writeZip } from './zip.ts'

const text = (value: string) => new TextEncoder().encode(value)
const sample = () =>
  writeZip([
    { name: 'manifest.json', bytes: text('{}') },
    { name: 'evidence/0', bytes: text('a document') },
  ])

describe('zip', () => {
  it('computes the check value of CRC-32', () => {
    expect(crc32(text('123456789'))).toBe(0xcbf43926)
  })

  it('gives back what was written, and the same bytes for the same files', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(500), { maxLength: 8 }),
        fc.uint8Array({ maxLength: 300 }),
        (names, bytes) => {
          const files = names.map((name, i) => ({ name: `dir/file-${name}.bin`, bytes: bytes.subarray(i) }))
          const archive = writeZip(files)
          expect(readZip(archive).map((file) => [file.name, [...file.bytes]])).toEqual(
            files.map((file) => [file.name, [...file.bytes]]),
          )
          expect(writeZip(files)).toEqual(archive)
        },
      ),
    )
  })

  it('refuses every truncation and every appended byte', () => {
    const archive = sample()
    for (let length = 0; length < archive.length; length++)
      expect(() => readZip(archive.slice(0, length))).toThrow()
    expect(() => readZip(Uint8Array.from([...archive, 0]))).toThrow(/ends early|not a ZIP/)
    expect(() => readZip(Uint8Array.from([0, ...archive]))).toThrow()
  })

  it('refuses every changed byte', () => {
    const archive = sample()
    for (let at = 0; at < archive.length; at++) {
      const changed = archive.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x01
      expect(() => readZip(changed), `byte ${at}`).toThrow()
    }
  })

  it.each(['../evil', '/etc/passwd', 'a//b', 'a/../b', '', 'a\\b', 'C:x', 'ａ', '.hidden', 'a/./b'])(
    'refuses the name %j',
    (name) => {
      expect(() => writeZip([{ name, bytes: text('x') }])).toThrow(/plain relative path/)
    },
  )

  it('refuses a file that is there twice', () => {
    const twice = writeZip([
      { name: 'same', bytes: text('1') },
      { name: 'same', bytes: text('2') },
    ])
    expect(() => readZip(twice)).toThrow(/twice/)
  })
})
