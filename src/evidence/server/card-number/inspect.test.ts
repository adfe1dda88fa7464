import { readdirSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { inspect as shown } from 'node:util'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { temporaryDirectory } from '../../../../tests/support/directory.ts'
import { inspectPassing, inspectStream } from './inspect.ts'
import { docxOf, noise, tarOf, xlsxOf, zipOf } from './testing.ts'

const visa = '4539578763621486'
const amex = '371456789012353'
const grouped = '4539 5787 6362 1486'
const masked = '453957…1486'

const look = (name: string, content: string | Buffer, type = '') =>
  inspectStream(name, type, [Buffer.from(content)])

async function places(name: string, content: string | Buffer, type = '') {
  const { findings } = await look(name, content, type)
  return findings.map(({ tier, masked: number, place }) => ({ tier, number, ...place }))
}

const high = (place: object) => [{ tier: 'high', number: masked, ...place }]

describe('a text', () => {
  it('says line and offset', async () => {
    expect(await places('a.log', `first\ncard ${visa}\n`)).toEqual(high({ members: [], line: 2, offset: 11 }))
  })

  it('is read in UTF-16 of either order, with its mark and without', async () => {
    const text = `The card of our customer is ${grouped}.`
    const little = Buffer.from(text, 'utf16le')
    const big = Buffer.from(little).swap16()
    const marks = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])]
    for (const bytes of [
      little,
      big,
      Buffer.concat([marks[0] as Buffer, little]),
      Buffer.concat([marks[1] as Buffer, big]),
    ])
      expect(await places('a.txt', bytes)).toMatchObject(high({ line: 1 }))
  })

  it('is read with digits of full width and signs that nobody sees', async () => {
    expect(await places('a.txt', 'カード ４５３９５７８７６３６２１４８６')).toEqual(high({ members: [] }))
    expect(await places('a.txt', `card 4539\u200b5787\u00ad6362\u20601486`)).toEqual(high({ members: [] }))
  })

  it('of a page is read without its tags', async () => {
    const html = '<!doctype html><p>Pay with <b>4539</b>&nbsp;5787&#160;6362&#xa0;<i>14</i>86</p>'
    expect(await places('a.html', html)).toMatchObject(high({ members: [] }))
  })
})

describe('a table', () => {
  it('names row and column, in UTF-8 and Shift_JIS', async () => {
    expect(await places('a.csv', `name;card no\nDoe;"${visa}"\n`)).toEqual(
      high({ members: [], column: 'card no', row: 2 }),
    )
    const japanese = Buffer.concat([Buffer.from('834a815b8368', 'hex'), Buffer.from(`,x\n${visa},y\n`)])
    expect(await places('a.csv', japanese)).toMatchObject(high({ column: 'カード', row: 2 }))
  })

  it('of random identifiers is no alarm, and what follows a quote that nobody closes is seen', async () => {
    const ids = Array.from(
      { length: 300 },
      (_, index) => `45395787${String(12_345_678 + index * 104_729).slice(-8)}`,
    )
    const { verdict, counts } = await look('a.csv', `order id,name\n${ids.map((id) => `${id},x`).join('\n')}`)
    expect([verdict, counts.low > 5]).toEqual(['clean', true])
    expect((await look('b.csv', `a,b\n"${'x'.repeat(70_000)}\ncard,${grouped}\n`)).verdict).toBe('found')
  })

  it('in a workbook names sheet, column and row, hidden or not, as text and as number', async () => {
    const workbook = await xlsxOf({
      Plan: [
        ['Card number', 'Note'],
        [visa, 'ok'],
        [Number(visa), 'ok'],
      ],
      'Old 4539578763621486': [['text'], [`paid by ${grouped}`]],
    })
    expect(await places('a.xlsx', workbook)).toEqual([
      ...high({ members: [], sheet: 'Plan', column: 'A (Card number)', row: 2 }),
      ...high({ members: [], sheet: 'Plan', column: 'A (Card number)', row: 3 }),
      ...high({ members: [], sheet: `Old ${masked}`, column: 'A (text)', row: 2 }),
    ])
  })

  it('in a workbook is seen as magnetic-stripe data too', async () => {
    const workbook = await xlsxOf({ S: [['memo'], [`%B${visa}^DOE/JANE^2712101?`]] })
    const { findings } = await look('a.xlsx', workbook)
    expect(findings).toMatchObject([{ tier: 'high', track: true }])
  })

  it('written by another program is read too', async () => {
    const workbook = await writeXlsxFile([[{ value: 'PAN' }], [{ value: visa, type: String }]]).toBuffer()
    expect(await places('a.xlsx', workbook)).toMatchObject(high({ sheet: 'Sheet1', row: 2 }))
  })
})

describe('a container', () => {
  it('gives the path of the member: ZIP, nested, gzip, Zstandard, tar', async () => {
    const inner = await zipOf({ 'logs/a.log': `card ${visa}` })
    expect(await places('a.zip', inner)).toMatchObject(high({ members: ['logs/a.log'] }))
    const outer = await zipOf({ 'inner.zip': inner })
    expect(await places('b.zip', outer)).toMatchObject(high({ members: ['inner.zip', 'logs/a.log'] }))
    expect(await places('a.log.gz', gzipSync(`card ${visa}`))).toMatchObject(high({ members: ['a.log'] }))
    expect(await places('a.zst', zstdCompressSync(Buffer.from(`card ${visa}`)))).toMatchObject(high({}))
    const tar = tarOf({ 'x.txt': 'nothing', 'y.txt': `card ${visa}` })
    expect(await places('a.tgz', gzipSync(tar))).toMatchObject(high({ members: ['a.tar', 'y.txt'] }))
  })

  it('is seen by its content whatever its name', async () => {
    expect((await look('report.pdf', await zipOf({ 'a.txt': `card ${visa}` }))).verdict).toBe('found')
  })

  it('of an office document joins the runs of a paragraph and lists pictures without doubt about the rest', async () => {
    const picture = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
    const split = await docxOf([['Card'], ['4539 57', '87 63', '62 1486']], {
      'word/media/image1.png': picture,
    })
    expect(await places('a.docx', split)).toMatchObject(high({ members: ['word/document.xml'] }))
    const clean = await look('b.docx', await docxOf([['Hello']], { 'word/media/image1.png': picture }))
    expect([clean.verdict, clean.notInspected]).toEqual([
      'clean',
      [{ reason: 'picture', members: ['word/media/image1.png'] }],
    ])
    const slides = await zipOf({
      '[Content_Types].xml': '<Types/>',
      'ppt/slides/slide1.xml':
        '<p:sld><a:p><a:r><a:t>4539 5787 </a:t></a:r><a:r><a:t>6362 1486</a:t></a:r></a:p></p:sld>',
    })
    expect((await look('a.pptx', slides)).verdict).toBe('found')
    const open = await zipOf({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml':
        '<office:text><text:p>4539<text:s/>5787 <text:span>6362 14</text:span>86</text:p></office:text>',
    })
    expect((await look('a.odt', open)).verdict).toBe('found')
  })

  it('of mail decodes base64 and quoted-printable', async () => {
    const message = [
      'From: a@example.com',
      'Subject: payment',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="outer"',
      '',
      '--outer',
      'Content-Type: multipart/alternative; boundary=inner',
      '',
      '--inner',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Amex 3714567=',
      '89012353, thanks',
      '--inner--',
      '--outer',
      'Content-Disposition: attachment; filename="cards.zip"',
      'Content-Transfer-Encoding: base64',
      '',
      ...((await zipOf({ 'a.txt': `card ${visa}` })).toString('base64').match(/.{1,76}/g) ?? []),
      '--outer--',
      '',
    ].join('\r\n')
    const found = await places('mail', message)
    expect(found).toMatchObject([
      { number: `${amex.slice(0, 6)}…2353`, members: ['part 1'] },
      { number: masked, members: ['cards.zip', 'a.txt'] },
    ])
  })

  it('of JSON decodes base64 one level deep', async () => {
    const once = Buffer.from(`card ${visa}`).toString('base64')
    expect(await places('a.json', JSON.stringify({ body: once }))).toMatchObject(
      high({ members: ['base64'] }),
    )
    const address = {
      image: `data:application/zip;base64,${(await zipOf({ 'a.txt': `card ${visa}` })).toString('base64')}`,
    }
    expect((await look('a.json', JSON.stringify(address))).verdict).toBe('found')
    const twice = Buffer.from(JSON.stringify({ body: once })).toString('base64')
    expect((await look('a.json', JSON.stringify({ body: twice }))).verdict).toBe('clean')
  })

  it('has its names looked at and masked', async () => {
    const archive = await zipOf({ [`scan ${grouped}.txt`]: 'x' })
    expect(await places('a.zip', archive)).toEqual(
      high({ members: [`scan ${masked}.txt`], name: true, line: 1 }),
    )
    expect((await look(`card ${visa}.txt`, 'x')).verdict).toBe('found')
  })
})

describe('what cannot be inspected', () => {
  it('is never called clean', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
    const locked = Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')])
    for (const [name, content, reason] of [
      ['a.png', Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1'), 'picture'],
      ['a.doc', old, 'unknown format'],
      ['a.docx', locked, 'encrypted'],
      ['a.7z', Buffer.from('377abcaf271c0004', 'hex'), 'unknown format'],
      ['a.asc', '-----BEGIN PGP MESSAGE-----\n\nhQEM\n', 'encrypted'],
    ] as const)
      expect([name, await look(name, content)]).toMatchObject([
        name,
        { verdict: 'not inspected', notInspected: [{ reason }] },
      ])
  })

  it('is still looked at as bytes and as 16-bit text', async () => {
    const old = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(5000),
      Buffer.from(` card ${grouped} `, 'utf16le'),
    ])
    const { verdict, notInspected } = await look('a.doc', old)
    expect([verdict, notInspected[0]?.reason]).toEqual(['found', 'unknown format'])
  })
})

describe('a stream', () => {
  it('gives the same verdict however it is cut', async () => {
    const archive = await zipOf({ 'a.txt': `card ${visa}`, 'b.csv': `pan\n${visa}\n` })
    const mail = `From: a\nTo: b\nMIME-Version: 1.0\n\ncard ${visa}\n`
    const json = JSON.stringify({ a: Buffer.from(`card ${visa}`).toString('base64') })
    const files: [string, Buffer][] = [
      ['a.zip', archive],
      ['a.eml', Buffer.from(mail)],
      ['a.json', Buffer.from(json)],
      ['a.csv', Buffer.from(`pan,x\n${visa},"${grouped}"\n`)],
      ['a.txt', Buffer.from(`\ufeffカード ${visa}`, 'utf16le')],
      ['a.tgz', gzipSync(tarOf({ 'y.txt': `card ${visa}` }))],
      ['a.html', Buffer.from('<p>4539&nbsp;57<b>87</b>&#160;6362&nbsp;1486</p>')],
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.integer({ min: 1, max: 40 }),
        async ([name, bytes], size) => {
          const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          )
          expect(await inspectStream(name, '', parts)).toEqual(await look(name, bytes))
        },
      ),
      { seed: 41, numRuns: 60 },
    )
  })

  it('passes through unchanged, with a verdict at its end', async () => {
    const bytes = Buffer.concat([noise(300_000), Buffer.from(` card ${visa} `), noise(300_000, 'more')])
    const { stream, verdict } = inspectPassing('a.bin', '', {})
    const parts: Buffer[] = []
    await pipeline(
      Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]),
      stream,
      async (out) => {
        for await (const part of out) parts.push(part as Buffer)
      },
    )
    expect(Buffer.concat(parts).equals(bytes)).toBe(true)
    expect((await verdict).verdict).toBe('found')
  })

  it('that breaks off is no verdict: its own error comes back', async () => {
    const broken = async function* () {
      yield await zipOf({ 'a.txt': 'x' })
      throw new Error('the line was cut')
    }
    await expect(inspectStream('a.zip', '', broken())).rejects.toThrow('the line was cut')
    const { stream, verdict } = inspectPassing('a.txt', '', {})
    stream.destroy()
    await expect(verdict).rejects.toThrow('before its end')
  })
})

describe('a number', () => {
  it('is in no verdict, no message, no line of a log and no file', async () => {
    const print = (['log', 'error', 'warn', 'info'] as const).map((method) => vi.spyOn(console, method))
    // Of its own: others leave theirs in the usual place at the same time.
    const temporary = temporaryDirectory('inspection')
    vi.stubEnv('TMPDIR', temporary.path)
    const whole = await zipOf({
      [`${visa}.txt`]: `card ${visa}`,
      'b.csv': `${visa}\n${visa}`,
      'n.bin': noise(2_000_000),
    })
    const broken = Buffer.from(whole)
    broken.fill(0x34, 200, 260)
    const texts: string[] = []
    for (const content of [whole, broken, whole.subarray(0, 900)]) {
      const verdict = await look(`${visa}.zip`, content)
      texts.push(shown(verdict, { depth: 10 }))
    }
    const all = texts.join('\n')
    expect(all).toContain(masked)
    expect(all).not.toContain(visa)
    expect(all).not.toContain(visa.slice(6, 12))
    for (const method of print) {
      expect(method).not.toHaveBeenCalled()
      method.mockRestore()
    }
    expect(readdirSync(temporary.path)).toEqual([])
    vi.unstubAllEnvs()
    temporary.remove()
  })
})
