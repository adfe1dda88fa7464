import { readFileSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Starts the Chromium that `npm test` found; on its own (`npm run e2e`) the one that it noted last. */
export function launchBrowser(): Promise<Browser> {
  const note = new URL('../../node_modules/.cache/assay/chromium', import.meta.url)
  const executablePath = process.env.CHROMIUM_PATH ?? readFileSync(note, 'utf8').trim()
  // Containers and root have no user namespaces for Chromium's sandbox, and often a small /dev/shm.
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
}
