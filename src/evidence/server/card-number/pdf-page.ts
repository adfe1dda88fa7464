import type { PdfFile } from './pdf-file.ts'
import type { PdfValue } from './pdf-value.ts'

type Entries = ReadonlyMap<string, PdfValue>

/** A page, counted from 1 where the tree of pages leads to it, with the objects of its content. */
export type PdfPage = { number?: number; resources: Entries; contents: readonly number[] }

const deepestTree = 64

/** The page objects in the order of the tree, which a file may have broken or made a circle of. */
function inOrder(nodes: ReadonlyMap<number, Entries>, pages: ReadonlyMap<number, Entries>): number[] {
  const order: number[] = []
  const seen = new Set<number>()
  const visit = (object: number, depth: number): void => {
    if (seen.has(object) || depth > deepestTree) return
    seen.add(object)
    if (pages.has(object)) order.push(object)
    const kids = nodes.get(object)?.get('Kids')
    for (const kid of kids?.kind === 'array' ? kids.items : [])
      if (kid.kind === 'reference') visit(kid.object, depth + 1)
  }
  for (const [object, entries] of nodes) if (!entries.has('Parent')) visit(object, 0)
  return order
}

/** Resources of the page itself or of the nearest node above it (ISO 32000-1 7.7.3.4). */
async function resourcesOf(file: PdfFile, page: Entries): Promise<Entries> {
  let entries = page
  for (let depth = 0; depth < deepestTree; depth += 1) {
    if (entries.has('Resources')) return file.entries(entries.get('Resources'))
    if (!entries.has('Parent')) break
    entries = await file.entries(entries.get('Parent'))
  }
  return new Map()
}

async function contentsOf(file: PdfFile, page: Entries): Promise<number[]> {
  const contents = page.get('Contents')
  if (contents?.kind === 'reference') {
    const value = await file.resolve(contents)
    if (value?.kind !== 'array') return [contents.object]
    return value.items.flatMap((item) => (item.kind === 'reference' ? [item.object] : []))
  }
  return contents?.kind === 'array'
    ? contents.items.flatMap((item) => (item.kind === 'reference' ? [item.object] : []))
    : []
}

/** All pages: those of the tree in their order, then those that nothing leads to. */
export async function readPages(
  file: PdfFile,
  pages: ReadonlyMap<number, Entries>,
  nodes: ReadonlyMap<number, Entries>,
): Promise<PdfPage[]> {
  const order = inOrder(nodes, pages)
  const rest = [...pages.keys()].filter((object) => !order.includes(object))
  const read: PdfPage[] = []
  for (const [index, object] of [...order, ...rest].entries()) {
    const page = pages.get(object)
    if (!page) continue
    const known = { resources: await resourcesOf(file, page), contents: await contentsOf(file, page) }
    read.push(index < order.length ? { number: index + 1, ...known } : known)
  }
  return read
}
