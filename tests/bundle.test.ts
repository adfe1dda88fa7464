import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const web = fileURLToPath(new URL('../dist/web/', import.meta.url))
const manifestPath = join(web, '.vite/manifest.json')

type Chunk = { file: string; isEntry?: boolean; imports?: string[]; dynamicImports?: string[] }

const kilobyte = 1024
const firstLoad = 250 * kilobyte
const furtherPage = 60 * kilobyte

/** A chunk with everything that it needs before it can run. */
function closure(manifest: Record<string, Chunk>, start: string): Set<string> {
  const found = new Set<string>()
  const visit = (key: string) => {
    const chunk = manifest[key]
    if (!chunk || found.has(key)) return
    found.add(key)
    for (const next of chunk.imports ?? []) visit(next)
  }
  visit(start)
  return found
}

// Sizes are those of a build: without one there is nothing to weigh (`npm run build` makes it).
describe.skipIf(!existsSync(manifestPath))('the built application', () => {
  const manifest = existsSync(manifestPath)
    ? (JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<string, Chunk>)
    : {}
  const weight = (keys: Iterable<string>) =>
    [...keys].reduce((sum, key) => {
      const file = manifest[key]?.file ?? ''
      return file.endsWith('.js') ? sum + gzipSync(readFileSync(join(web, file))).length : sum
    }, 0)
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry) ?? ''
  const first = closure(manifest, entry)
  const pages = Object.keys(manifest).filter((key) => /Page\.tsx$/.test(key))

  it('has an entry and a chunk for every page', () => {
    expect(entry).not.toBe('')
    expect(pages.length).toBeGreaterThanOrEqual(12)
  })

  it('loads at most 250 KB of script, gzipped, before and with its first page', () => {
    const home = pages.find((key) => key.endsWith('HomePage.tsx')) ?? ''
    expect(weight(new Set([...first, ...closure(manifest, home)]))).toBeLessThanOrEqual(firstLoad)
  })

  it.each(pages)('%s adds at most 60 KB', (page) => {
    const own = [...closure(manifest, page)].filter((key) => !first.has(key))
    expect(weight(own)).toBeLessThanOrEqual(furtherPage)
  })
})
