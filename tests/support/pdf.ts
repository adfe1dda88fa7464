import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

export type PdfText = { pages: number; text: string; fonts: { name: string; embedded: boolean }[] }

type Loaded = { name: string; missingFile?: boolean }

/** What another program than its maker reads in a PDF: the text of all pages, and the fonts that they use. */
export async function pdfText(pdf: Uint8Array): Promise<PdfText> {
  const task = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 })
  const document = await task.promise
  const parts: string[] = []
  const fonts = new Map<string, boolean>()
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const content = await page.getTextContent()
    for (const item of content.items) if ('str' in item) parts.push(item.str)
    // Fonts are resolved while a page's operators are read.
    await page.getOperatorList()
    for (const item of content.items)
      if ('fontName' in item && page.commonObjs.has(item.fontName)) {
        const font = page.commonObjs.get(item.fontName) as Loaded
        fonts.set(font.name, font.missingFile !== true)
      }
  }
  const { numPages } = document
  await task.destroy()
  return {
    pages: numPages,
    text: parts.join('\n'),
    fonts: [...fonts].map(([name, embedded]) => ({ name, embedded })),
  }
}
