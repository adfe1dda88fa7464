// How long until the public page is served: the first run, which makes the database and loads the demo, and every later
// start, against a bare embedded PostgreSQL that is made and started on the same machine in the same run.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startEmbedded } from '../src/db/embedded.ts'
import { line } from './support/server.ts'

const rounds = 3
const patience = 120_000
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return address && typeof address === 'object' ? address.port : 0
}

async function answered(url: string, child: ChildProcess): Promise<void> {
  const end = performance.now() + patience
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`Assay ended with code ${child.exitCode}`)
    const page = await fetch(url).catch(() => null)
    const text = await page?.text()
    if (page?.ok && text?.includes('</html>')) return
    await sleep(20)
  }
  throw new Error(`${url} was not served in ${patience / 1000} s`)
}

/** Seconds from the start of the process to the whole public page. */
async function assay(directory: string): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: String(port), ASSAY_DATA: directory, ASSAY_URL: `http://127.0.0.1:${port}` },
    stdio: 'ignore',
  })
  try {
    await answered(`http://127.0.0.1:${port}/en/`, child)
    return (performance.now() - began) / 1000
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
}

/** Seconds to the first connection of a PostgreSQL with nothing in it. */
async function bare(directory: string): Promise<number> {
  const began = performance.now()
  const embedded = await startEmbedded({ dataDir: directory, log: () => undefined, supervise: false })
  const took = (performance.now() - began) / 1000
  await embedded.stop()
  return took
}

const best = { first: Infinity, later: Infinity, bareFirst: Infinity, bareLater: Infinity }
for (let round = 0; round < rounds; round++) {
  const [own, empty] = ['assay', 'bare'].map((name) => mkdtempSync(join(tmpdir(), `assay-bench-${name}-`)))
  if (!own || !empty) throw new Error('no directories')
  try {
    best.bareFirst = Math.min(best.bareFirst, await bare(empty))
    best.first = Math.min(best.first, await assay(own))
    best.bareLater = Math.min(best.bareLater, await bare(empty))
    best.later = Math.min(best.later, await assay(own))
  } finally {
    for (const directory of [own, empty]) rmSync(directory, { recursive: true, force: true })
  }
}
line('first run with the demo', {
  s: best.first,
  'at most': 10,
  'bare PostgreSQL s': best.bareFirst,
  ratio: best.first / best.bareFirst,
})
line('start with existing data', {
  s: best.later,
  'at most': 4,
  'bare PostgreSQL s': best.bareLater,
  ratio: best.later / best.bareLater,
})
