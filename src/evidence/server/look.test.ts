import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inspectStream } from './card-number/inspect.ts'
import { docxOf, noise, pdfOf, tarOf, xlsxOf, zipOf } from './card-number/testing.ts'
import { type Look, lookAt } from './look.ts'
import { lookAside } from './look-aside.ts'
import { sniff } from './sniff.ts'

const visa = ['4539', '5787', '6362', '1486'].join('')
const line = '2023-07-31T03:00:00.123Z host-7 sshd[1000]: accepted 3f2a91c4 from 192.0.2.7 port 20007\n'
// Longer than two blocks of the detector and than the tail that tells containers, with the number at an odd place.
const long = `${line.repeat(2000)}card ${visa}\n${line.repeat(1500)}`

const files: Record<string, () => Buffer | Promise<Buffer>> = {
  'a.log': () => Buffer.from(long),
  'b.txt': () => Buffer.from(`全部${long}カード ４５３９５７８７６３６２１４８６`),
  'wide.txt': () => Buffer.from(`\ufeff${long}`, 'utf16le'),
  'big.txt': () => Buffer.from(long, 'utf16le').swap16(),
  'a.csv': () => Buffer.from(`name,card no\n${`Doe,none\n`.repeat(30_000)}Roe,${visa}\n`),
  'a.json': () =>
    Buffer.from(
      JSON.stringify({ log: line, more: Buffer.from(`card ${visa} `.repeat(40)).toString('base64') }),
    ),
  'a.html': () => Buffer.from(`<!doctype html><p>${'x '.repeat(90_000)}card <b>4539</b> 5787 6362 1486</p>`),
  'a.bin': () =>
    Buffer.concat([Buffer.from([0, 1, 2]), noise(300_000), Buffer.from(` card ${visa} `), noise(100_000)]),
  'wide.bin': () => Buffer.concat([noise(200_001), Buffer.from(` card ${visa} `, 'utf16le'), noise(70_000)]),
  'a.zip': () => zipOf({ 'first.txt': line.repeat(5000), 'a.txt': long }),
  'a.log.gz': () => gzipSync(long),
  'a.tar': () => tarOf({ 'a.txt': long }),
  'a.docx': () => docxOf([['card ', visa.slice(0, 8), visa.slice(8)]]),
  'a.xlsx': () => xlsxOf({ Cards: [['card no'], [visa]] }),
  'a.pdf': () => pdfOf([`BT /F1 12 Tf (card ${visa}) Tj ET`]),
  'a.eml': () =>
    Buffer.from(
      `From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(long).toString('base64').replace(/.{76}/g, '$&\r\n')}`,
    ),
  'hidden.txt': async () => Buffer.concat([Buffer.from(line.repeat(4000)), await zipOf({ 'a.txt': line })]),
}

/** Gives a look its bytes in memory that is filled with something else as soon as it may be. */
async function through(look: Look, bytes: Uint8Array, size: number, shared: boolean) {
  const blocks = Array.from({ length: 3 }, () =>
    shared ? new Uint8Array(new SharedArrayBuffer(size)) : new Uint8Array(size),
  )
  const busy: Promise<void>[] = []
  for (let at = 0, turn = 0; at < bytes.length; at += size, turn = (turn + 1) % blocks.length) {
    const block = blocks[turn] ?? new Uint8Array(size)
    await busy[turn]
    const part = bytes.subarray(at, at + size)
    block.set(part)
    busy[turn] = look.push(block.subarray(0, part.length)).then(() => {
      block.fill(0x35)
    })
  }
  await Promise.all(busy)
  return look.end()
}

describe.each(Object.keys(files))('a look at %s in memory that is used again', (name) => {
  it.each([1000, 65_536, 1_048_576])('in parts of %i bytes sees what one at all of it sees', async (size) => {
    const bytes = (await files[name]?.()) ?? Buffer.alloc(0)
    const expected = { content: sniff(bytes), verdict: await inspectStream(name, '', [bytes]) }
    expect(expected.verdict.verdict).toBe(name === 'hidden.txt' ? 'not inspected' : 'found')
    expect(await through(lookAt(name, ''), bytes, size, false)).toEqual(expected)
  })

  it('and in a thread too', async () => {
    const bytes = (await files[name]?.()) ?? Buffer.alloc(0)
    const expected = { content: sniff(bytes), verdict: await inspectStream(name, '', [bytes]) }
    expect(await through(lookAside(name, ''), bytes, 65_536, true)).toEqual(expected)
  })
})

it('a look that is abandoned ends its thread and lets go of the bytes', async () => {
  const look = lookAside('a.log', '')
  const pushed = look.push(new Uint8Array(new SharedArrayBuffer(1_048_576)))
  look.abandon()
  await expect(pushed).rejects.toThrow('abandoned')
  await expect(look.push(new Uint8Array(1))).rejects.toThrow('abandoned')
})
