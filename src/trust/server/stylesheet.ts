import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

export type Stylesheet = { bytes: Uint8Array; digest: string }

async function read(): Promise<Stylesheet> {
  const bytes = await readFile(new URL('../public-page.css', import.meta.url))
  return { bytes, digest: createHash('sha256').update(bytes).digest('hex') }
}

let known: Promise<Stylesheet> | undefined

/**
 * The stylesheet that new public pages name. Each edition keeps the one it was published with. Read once: a preview
 * must not name another than the one that this process serves, whatever an upgrade does to the file meanwhile.
 */
export function currentStylesheet(): Promise<Stylesheet> {
  known ??= read()
  return known
}
