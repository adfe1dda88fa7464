import { readFileSync } from 'node:fs'
import { type BrowserServer, chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { buildWhenMissing, startApp } from './app.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the one browser of the run listens. */
    browserAddress: string
    /** The data directory of an application that has loaded the demo and ended. */
    demoData: string
  }
}

/** Starts the Chromium that `npm test` found; on its own (`npm run e2e`) the one that it noted last. */
function launchServer(): Promise<BrowserServer> {
  const note = new URL('../../node_modules/.cache/assay/chromium', import.meta.url)
  const executablePath = process.env.CHROMIUM_PATH ?? readFileSync(note, 'utf8').trim()
  // Containers and root have no user namespaces for Chromium's sandbox, and often a small /dev/shm.
  return chromium.launchServer({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
}

/** Loads the demo once and starts one browser: every file has its own copy of the one and contexts of its own in the other. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  buildWhenMissing()
  const browser = await launchServer()
  try {
    const app = await startApp({ demo: true })
    // Only of a database that has ended can a copy be whole.
    if ((await app.end()) !== 0) throw new Error(`the demo did not end well: ${app.printed()}`)
    project.provide('browserAddress', browser.wsEndpoint())
    project.provide('demoData', app.data)
    return async () => {
      await browser.close()
      await app.stop()
    }
  } catch (error) {
    await browser.close()
    throw error
  }
}
