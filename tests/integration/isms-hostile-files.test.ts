import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '../../src/kernel/id.ts'
import { type IsmsWorld, makeIsmsWorld, type Said } from '../support/isms-world.ts'
import { shiftJis } from '../support/shift-jis.ts'
import { bookOf } from '../support/zip.ts'

// Registers as people keep them in spreadsheets, each sent to every register of the management system: read as meant,
// or refused as a whole.

let isms: IsmsWorld

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

beforeAll(async () => {
  isms = await makeIsmsWorld('isms-hostile-files')
})
afterAll(() => isms.world.close())
beforeEach(() => isms.as(isms.clerk.caller))

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Rows as a worksheet; a cell that begins with `=` is a formula whose saved value stands after a bar. */
function sheet(rows: readonly (readonly string[])[], after = ''): Buffer {
  const xml = rows.map((cells, at) => {
    const inner = cells.map((text) => {
      const [formula, value] = text.startsWith('=') ? text.slice(1).split('|') : []
      return formula === undefined
        ? `<c t="inlineStr"><is><t>${escaped(text)}</t></is></c>`
        : `<c t="str"><f>${escaped(formula)}</f>${value === undefined ? '' : `<v>${escaped(value)}</v>`}</c>`
    })
    return `<row r="${at + 1}">${inner.join('')}</row>`
  })
  return bookOf({ rows: xml.join(''), after })
}

type Register = {
  url: string
  /** Columns that a row needs, and one good row of a key. */
  columns: readonly string[]
  row(key: string, name: string): string[]
  /** The column of a day, where it has one. */
  day: string | null
}

const registers: readonly Register[] = [
  {
    url: '/api/assets',
    columns: ['key', 'name.ja', 'kind', 'entity'],
    row: (key, name) => [key, name, 'system', 'example'],
    day: 'inUseFrom',
  },
  {
    url: '/api/risks',
    columns: ['code', 'name.ja', 'scenario.ja', 'approach', 'affects', 'entity', 'identifiedOn'],
    row: (key, name) => [key, name, name, 'event', 'integrity', 'example', '2023-01-10'],
    day: 'identifiedOn',
  },
  {
    url: '/api/parties',
    columns: ['key', 'name.ja', 'kind'],
    row: (key, name) => [key, name, 'regulator'],
    day: 'from',
  },
  {
    url: '/api/issues',
    columns: ['key', 'name.ja', 'origin', 'topic', 'relevant', 'effect.ja'],
    row: (key, name) => [key, name, 'external', 'legal', 'yes', name],
    day: 'from',
  },
  {
    url: '/api/obligations',
    columns: ['key', 'name.ja', 'kind', 'source.ja', 'demands.ja'],
    row: (key, name) => [key, name, 'legal', name, name],
    day: 'from',
  },
  {
    url: '/api/controls',
    columns: ['code', 'name.ja', 'objective.ja'],
    row: (key, name) => [key, name, name],
    day: null,
  },
]

const csv = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join(',')).join('\r\n')

type Listed = { id: Id; key?: string; code?: string; name: { ja?: string } } & Record<string, unknown>

const listed = async (url: string): Promise<Listed[]> =>
  (await isms.ask('GET', `${url}?limit=200`)).body.items

const ofKey = async (url: string, key: string) =>
  (await listed(url)).find((one) => (one.key ?? one.code)?.toLowerCase() === key)

/** The file is refused as a whole: nothing of it is in the log, also of its good rows. */
async function refused(work: () => Promise<Said>): Promise<string[]> {
  const before = await isms.entries()
  const said = await work()
  expect(said.status, JSON.stringify(said.body)).toBe(400)
  expect(await isms.entries()).toBe(before)
  return said.fields.map((each) => each.split(' ').at(-1) ?? '')
}

async function applied(work: Promise<Said>): Promise<Said['body']> {
  const said = await work
  expect(said.status, JSON.stringify(said.body)).toBe(200)
  return said.body
}

describe.each(registers)('a file for $url', ({ url, columns, row, day }) => {
  const address = `${url}/import`
  const noun = url.slice(url.lastIndexOf('/') + 1)

  it('is read in Shift_JIS, and says so', async () => {
    const file = shiftJis(csv([columns, row(`${noun}-sjis`, '顧客名簿の管理')]))
    const { counts, notes } = await applied(isms.send(address, file))
    expect(counts).toMatchObject({ create: 1, error: 0 })
    expect(notes.map((note: { code: string }) => note.code)).toEqual(['tabular.note_shift_jis'])
    expect((await ofKey(url, `${noun}-sjis`))?.name).toEqual({ ja: '顧客名簿の管理' })
  })

  it.skipIf(day === null)('takes days of Japanese eras, and no day that never was', async () => {
    const dayed = (key: string, text: string) => {
      const cells = new Map(columns.map((column, at) => [column, row(key, 'era')[at] ?? '']))
      cells.set(day ?? '', text)
      return cells
    }
    const [one, two] = [dayed(`${noun}-reiwa`, '令和5年4月1日'), dayed(`${noun}-heisei`, 'H31.4.30')]
    const heading = [...one.keys()]
    const { counts } = await applied(isms.send(address, csv([heading, [...one.values()], [...two.values()]])))
    expect(counts).toMatchObject({ create: 2, error: 0 })
    expect((await ofKey(url, `${noun}-reiwa`))?.[day ?? '']).toBe('2023-04-01')
    expect((await ofKey(url, `${noun}-heisei`))?.[day ?? '']).toBe('2019-04-30')
    for (const never of ['H31.5.1', '令和0年1月1日', '2023-02-30', 'R5.13.1']) {
      const wrong = dayed(`${noun}-never`, never)
      const good = dayed(`${noun}-beside`, '2023-04-01')
      await refused(() => isms.send(address, csv([heading, [...good.values()], [...wrong.values()]])))
    }
    expect(await ofKey(url, `${noun}-beside`)).toBeUndefined()
  })

  it('takes a workbook with merged cells and formulas for what is saved in it, and says what it saw', async () => {
    const merged = '<mergeCells><mergeCell ref="A5:B5"/></mergeCells>'
    const cells = row(`${noun}-book`, '=CONCAT("ア","イ")|アイ')
    const { counts, notes } = await applied(
      isms.send(address, sheet([columns, cells], merged), 'apply', workbook),
    )
    expect(counts).toMatchObject({ create: 1, error: 0 })
    expect(notes.map((note: { code: string }) => note.code)).toEqual(['tabular.note_merged'])
    expect((await ofKey(url, `${noun}-book`))?.name).toEqual({ ja: 'アイ' })
  })

  it('is refused where a formula has no saved value, and where a cell says it failed', async () => {
    const without = row(`${noun}-formula`, '=1+1')
    const good = row(`${noun}-good`, '良い行')
    expect(
      await refused(() => isms.send(address, sheet([columns, good, without]), 'apply', workbook)),
    ).toContain('tabular.cell')
    expect(await ofKey(url, `${noun}-good`)).toBeUndefined()
  })

  it('with more than two hundred thousand rows is refused with the limit', async () => {
    const rows = Array.from({ length: 200_001 }, (_, at) => row(`${noun}-${at}`, 'x'))
    expect(await refused(() => isms.send(address, csv([columns, ...rows])))).toEqual([
      'tabular.too_many_rows',
    ])
  })

  it('is refused as a whole for one bad row, and a dry run writes nothing', async () => {
    const good = row(`${noun}-alone`, '良い行')
    const bad = row(`${noun}-nameless`, '')
    const before = await isms.entries()
    const tried = await isms.send(address, csv([columns, good]), 'dry-run')
    expect([tried.status, tried.body.counts.create, tried.body.applied]).toEqual([200, 1, false])
    expect(await isms.entries()).toBe(before)
    await refused(() => isms.send(address, csv([columns, good, bad])))
    expect(await ofKey(url, `${noun}-alone`)).toBeUndefined()
  })

  it('gives nothing out that a spreadsheet would take for a formula', async () => {
    const evil = ['=HYPERLINK("//x")', '+1+1', '-1+1', '@SUM(A1)']
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    const rows = evil.map((text, at) => row(`${noun}-evil-${at}`, quoted(text)))
    const { counts } = await applied(isms.send(address, csv([columns, ...rows])))
    expect(counts).toMatchObject({ create: evil.length, error: 0 })
    expect((await ofKey(url, `${noun}-evil-0`))?.name).toEqual({ ja: evil[0] })
    const out = (await isms.file(`${url}/export.csv`)).toString('utf8')
    const cells = out.split(/[\r\n,]+/).map((cell) => cell.replace(/^"/, ''))
    // They are there, each with the mark before it.
    expect(cells.filter((cell) => /^'[=+@-]/.test(cell)).length).toBeGreaterThanOrEqual(evil.length)
    expect(cells.filter((cell) => /^[=+@\t]/.test(cell))).toEqual([])
    expect(cells.filter((cell) => /^-\d+\D/.test(cell))).toEqual([])
  })
})
