import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type InspectOptions, inspectStream } from './inspect.ts'
import { docxOf, noise, pdfOf, tarOf, xlsxOf, zipOf } from './testing.ts'

const visa = '4539578763621486'

const look = (name: string, content: Buffer, options: InspectOptions = {}) =>
  inspectStream(name, '', [content], options)

const notInspected = (reason: string) => ({ verdict: 'not inspected', notInspected: [{ reason }] })

/** Overwrites a field in every record of a ZIP file that begins with this signature. */
function patched(
  zip: Buffer,
  signature: string,
  offset: number,
  write: (bytes: Buffer, at: number) => void,
): Buffer {
  const bytes = Buffer.from(zip)
  const mark = Buffer.from(signature, 'latin1')
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 4)) write(bytes, at + offset)
  return bytes
}

const central = 'PK\x01\x02'
const local = 'PK\x03\x04'

describe('an archive made to harm', () => {
  it('that unpacks to a hundred times its size and more is stopped early', async () => {
    const zeros = Buffer.alloc(60_000_000)
    expect(await look('a.zip', await zipOf({ 'a.bin': zeros }))).toMatchObject(
      notInspected('compressed beyond reason'),
    )
    expect(await look('a.gz', gzipSync(zeros))).toMatchObject(notInspected('compressed beyond reason'))
    const shared = await zipOf({
      'xl/workbook.xml': '<workbook/>',
      'xl/sharedStrings.xml': Buffer.concat([Buffer.from('<sst>'), zeros]),
    })
    expect(await look('a.xlsx', shared)).toMatchObject(notInspected('compressed beyond reason'))
  })

  it('stays within the bytes, parts and time that it is given', async () => {
    const log = Array.from({ length: 40_000 }, (_, index) => `${index * 7919} line`).join('\n')
    const archive = await zipOf({ 'a.log': log, 'b.log': log })
    const reasons = async (options: InspectOptions) =>
      (await look('a.zip', archive, options)).notInspected.map(({ reason, members }) => [reason, ...members])
    const beyond = [['too large', 'a.log'], ['too large']]
    expect(await reasons({ limits: { unpacked: 300_000 } })).toEqual(beyond)
    expect(await reasons({ limits: { stored: 1000 } })).toEqual([['too large']])
    expect(await reasons({ limits: { parts: 1 } })).toEqual([['too many parts']])
    let clock = 0
    const now = () => {
      clock += 1000
      return clock
    }
    expect((await reasons({ now, limits: { milliseconds: 9000 } })).at(-1)).toEqual(['too slow'])
  })

  it('within itself many times over is too deep', async () => {
    let nested = await zipOf({ 'a.txt': `card ${visa}` })
    for (let level = 0; level < 20; level += 1) nested = await zipOf({ 'inner.zip': nested })
    expect(await look('a.zip', nested)).toMatchObject(notInspected('too deep'))
  })

  it('with members on top of each other is not unpacked', async () => {
    const two = await zipOf({ 'a.txt': `card ${visa}`, 'b.txt': 'second' })
    const overlapping = patched(two, central, 42, (bytes, at) => bytes.writeUInt32LE(0, at))
    expect(await look('a.zip', overlapping)).toMatchObject(notInspected('overlapping members'))
  })

  it('with a password says so, and the other members are inspected', async () => {
    const locked = patched(await zipOf({ 'a.txt': 'secret' }), central, 8, (bytes, at) =>
      bytes.writeUInt16LE(1, at),
    )
    expect(await look('a.zip', locked)).toMatchObject({
      verdict: 'not inspected',
      notInspected: [{ reason: 'encrypted', members: ['a.txt'] }],
    })
    const mixed = await zipOf({ 'locked.zip': locked, 'b.txt': `card ${visa}` })
    expect((await look('a.zip', mixed)).verdict).toBe('found')
  })

  it('that lies about sizes, is cut off or has a method of its own is no clean one', async () => {
    const sound = await zipOf({ 'a.txt': 'hello '.repeat(500) })
    const larger = patched(sound, central, 24, (bytes, at) => bytes.writeUInt32LE(99_999, at))
    const smaller = patched(sound, central, 24, (bytes, at) => bytes.writeUInt32LE(3, at))
    const other = patched(sound, central, 10, (bytes, at) => bytes.writeUInt16LE(14, at))
    expect(await look('a.zip', larger)).toMatchObject(notInspected('damaged'))
    expect(await look('a.zip', smaller)).toMatchObject(notInspected('damaged'))
    expect(await look('a.zip', sound.subarray(0, -30))).toMatchObject(notInspected('damaged'))
    expect(await look('a.zip', other)).toMatchObject(notInspected('unknown format'))
    const headless = patched(sound, local, 0, (bytes, at) => bytes.fill(0, at, at + 4))
    expect((await look('a.zip', headless)).verdict).toBe('not inspected')
  })

  it('with names that climb out, are empty or are there twice is read and never unpacked to disk', async () => {
    const archive = await zipOf({ 'a/b/c.txt': 'x', 'd/e/f.txt': `card ${visa}` })
    const climbing = Buffer.from(archive.toString('latin1').replaceAll('d/e/f.txt', '../../.sh'), 'latin1')
    const twice = Buffer.from(archive.toString('latin1').replaceAll('d/e/f.txt', 'a/b/c.txt'), 'latin1')
    expect((await look('a.zip', climbing)).findings[0]?.place.members).toEqual(['../../.sh'])
    expect((await look('a.zip', twice)).verdict).toBe('found')
  })

  it('behind something else is seen', async () => {
    const archive = await zipOf({ 'a.txt': `card ${visa}` })
    const behindText = Buffer.concat([Buffer.from('just a text\n'), archive])
    const behindPicture = Buffer.concat([Buffer.from('GIF89a;'), archive])
    expect((await look('a.txt', behindText)).notInspected).toMatchObject([
      { reason: 'unknown format' },
      { reason: 'hidden archive' },
    ])
    expect((await look('a.gif', behindPicture)).notInspected).toMatchObject([
      { reason: 'picture' },
      { reason: 'hidden archive' },
    ])
    const behindPdf = Buffer.concat([pdfOf(['BT (x) Tj ET']), archive])
    expect(await look('a.pdf', behindPdf)).toMatchObject(notInspected('hidden archive'))
    const pdfBehind = Buffer.concat([Buffer.from('GIF89a;'), pdfOf([`BT (Card ${visa}) Tj ET`])])
    expect((await look('a.gif', pdfBehind)).verdict).toBe('found')
  })

  it('of tar with a false size or check sum is damaged', async () => {
    const tar = tarOf({ 'a.txt': 'hello' })
    const wrong = Buffer.from(tar)
    wrong.write('77777777777', 124)
    expect((await look('a.tar', wrong)).verdict).toBe('not inspected')
    expect(await look('a.tgz', gzipSync(tar.subarray(0, 514)))).toMatchObject(notInspected('damaged'))
  })
})

describe('a text made to harm', () => {
  it('of digits, tags, quotes, brackets, boundaries or entities without end takes little time', async () => {
    const signs = [
      '4 ',
      '4-',
      '4111 ',
      '<',
      '<a ',
      '&#',
      '&',
      '"',
      '"\\',
      '[',
      '{"a":',
      '=\n',
      '--b\n',
      ',',
      'card ',
      '%PDF',
      '\xc2\xa0',
    ]
    for (const sign of signs)
      for (const name of ['a.txt', 'a.csv', 'a.json', 'a.html', 'a.eml']) {
        const content = Buffer.from(sign.repeat(Math.ceil(300_000 / sign.length)), 'latin1')
        const verdict = await look(name, content, { limits: { milliseconds: 20_000 } })
        expect([name, sign, verdict.verdict]).toEqual([
          name,
          sign,
          name === 'a.eml' && sign === '' ? '' : verdict.verdict,
        ])
        expect([name, sign, ...verdict.notInspected.map(({ reason }) => reason)]).not.toContain('too slow')
      }
  })
})

describe('damage at random', () => {
  it('gives a verdict and never an error', async () => {
    const files: [string, Buffer][] = [
      ['a.zip', await zipOf({ 'a.txt': `card ${visa}`, 'b.json': '{"a":"QUJDREVGR0hJSktMTU5PUA=="}' })],
      ['a.docx', await docxOf([['4539 5787'], ['x']])],
      ['a.xlsx', await xlsxOf({ S: [['PAN'], [visa], [5]] })],
      ['a.pdf', pdfOf([`BT /F1 12 Tf (Card ${visa}) Tj ET`])],
      ['a.tgz', gzipSync(tarOf({ 'a.txt': visa }))],
      [
        'a.eml',
        Buffer.from(`From: a\nTo: b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n${visa}\n--b--\n`),
      ],
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 30 }),
        fc.nat(),
        async ([name, bytes], changes, cut) => {
          const damaged = Buffer.from(bytes)
          for (const [at, byte] of changes) damaged[at % damaged.length] = byte
          const { verdict } = await look(
            name,
            damaged.subarray(0, damaged.length - (cut % 3 === 0 ? cut % 200 : 0)),
          )
          expect(['clean', 'found', 'not inspected']).toContain(verdict)
        },
      ),
      { seed: 7, numRuns: 400 },
    )
  })

  it('of nothing but noise is unknown and no alarm', async () => {
    expect(await look('a.bin', noise(2_000_000))).toMatchObject({
      verdict: 'not inspected',
      counts: { high: 0 },
    })
    expect((await look('empty', Buffer.alloc(0))).verdict).toBe('clean')
  })
})
