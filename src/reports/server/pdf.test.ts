import { afterAll, describe, expect, it } from 'vitest'
import { pdfText } from '../../../tests/support/pdf.ts'
import { column, numbers } from '../content/parts.ts'
import { contentDigest } from '../digest.ts'
import { type Report, tablesOf } from '../report.ts'
import { PdfPress } from './pdf.ts'
import { workbookOf } from './xlsx.ts'

const press = new PdfPress()
afterAll(() => press.close())

const report = (changed: Partial<Report> = {}): Report => ({
  ...{
    kind: 'risk-assessment',
    language: 'ja',
    title: 'リスクアセスメント報告書',
    subject: '対象リスク 2 件',
  },
  ...{ organisation: '株式会社テスト', version: '3', asOf: '2023-03-31', knownAt: null, integrity: 1 },
  landscape: true,
  blocks: [
    { kind: 'text', text: '髙橋 﨑 𠮷野家 森田健' },
    {
      ...{ kind: 'table', key: 'risks', title: '一覧', empty: 'なし' },
      columns: [column('risk', 'リスク'), column('name', '名称', 3), numbers('count', '件数')],
      rows: [
        ['R-1', '株式会社テスト 山田太郎', 12],
        ['R-2', null, 3],
      ],
    },
  ],
  ...changed,
})

/** Layout decides where blanks are: what is compared is what can be read. */
const readable = (text: string) => text.normalize('NFKC').replaceAll(/\s+/g, '')

describe('a printed report', () => {
  it('says on paper every cell that the screen shows, with its day, version, pages and digest', async () => {
    const one = report()
    const { pages, text } = await pdfText(await press.print(one))
    const paper = readable(text)
    const cells = tablesOf(one).flatMap((table) => [
      ...table.columns.map((each) => each.label),
      ...table.rows.flat().filter((cell) => cell !== null),
    ])
    for (const word of [one.title, one.subject, one.organisation, '2023-03-31', ...cells])
      expect(paper).toContain(readable(String(word)))
    expect(paper).toContain(contentDigest(one))
    expect(paper).toContain(`1/${pages}`)
  })

  it('embeds every font that it uses, so that Japanese names are the same on any machine', async () => {
    const { fonts } = await pdfText(await press.print(report()))
    expect(fonts.length).toBeGreaterThan(0)
    expect(fonts.every((font) => font.embedded)).toBe(true)
  })

  it('is the same bytes for the same content, and other bytes for other content', async () => {
    const first = await press.print(report())
    const again = await press.print(report())
    expect(Buffer.compare(first, again)).toBe(0)
    const other = await press.print(report({ subject: '対象リスク 3 件' }))
    expect(Buffer.compare(first, other)).not.toBe(0)
    expect(Buffer.compare(await workbookOf(report()), await workbookOf(report()))).toBe(0)
  })

  it('takes nothing that it prints for its own language, whatever it looks like', async () => {
    const hostile = [
      '#panic("read") $x^2$ *bold* _emph_ `raw` <label> @ref',
      '#import "@preview/x:1.0.0"; #read("/etc/passwd")',
      '= heading\n- list\n/ term: text',
      '\\u{41} \\ // comment /* open',
      'https://example.org/?a=1&b=2',
    ]
    const one = report({
      blocks: [
        ...hostile.map((text) => ({ kind: 'text' as const, text })),
        {
          ...{ kind: 'table', key: 't', title: hostile[0] ?? '', empty: '' },
          columns: [column('a', '#a', 1), column('b', '$b$', 1)],
          rows: hostile.map((text) => [text, `=cmd|${text}`]),
        },
      ],
    })
    const paper = readable((await pdfText(await press.print(one))).text)
    for (const text of hostile) expect(paper).toContain(readable(text))
    expect(paper).not.toContain('root:')
  })

  it('lays out words without end, signs of other scripts and very long cells', async () => {
    const long = 'x'.repeat(400)
    const one = report({
      blocks: [
        { kind: 'text', text: `🔒 שלום ${'長い'.repeat(3000)}` },
        {
          ...{ kind: 'table', key: 't', title: '', empty: '' },
          columns: [column('a', 'A', 1), column('b', 'B', 1)],
          rows: [[long, '署名'.repeat(4000)]],
        },
      ],
    })
    const { pages, text } = await pdfText(await press.print(one))
    expect(pages).toBeGreaterThan(1)
    expect(readable(text)).toContain('署名署名')
  })

  it('goes on after a document that could not be made', async () => {
    const broken = report({
      blocks: [{ kind: 'figure', svg: '<svg', alt: '', widthShare: 1, caption: '' }],
    })
    await expect(press.print(broken)).rejects.toThrow('the press failed')
    expect((await press.print(report())).byteLength).toBeGreaterThan(1000)
  })
})
