import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

export type Stylesheet = { bytes: Uint8Array; digest: string }

/** The stylesheet that new public pages name. Each edition keeps the one it was published with. */
export async function currentStylesheet(): Promise<Stylesheet> {
  const bytes = await readFile(new URL('../public-page.css', import.meta.url))
  return { bytes, digest: createHash('sha256').update(bytes).digest('hex') }
}
