import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { startEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'

export type BenchServer = { connection: pg.PoolConfig; directory: string; stop(): Promise<void> }

/** A durable PostgreSQL of the bench's own, migrated, as Assay runs it; thrown away afterwards. */
export async function benchServer(): Promise<BenchServer> {
  const directory = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const embedded = await startEmbedded({ dataDir: directory, log: () => undefined })
  await migrate(embedded.connectionConfig)
  return {
    connection: embedded.connectionConfig,
    directory,
    async stop() {
      await embedded.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Runs `work` over and over on `clients` at once for some seconds; answers how often per second. */
export async function perSecond(
  clients: number,
  seconds: number,
  work: (client: number) => Promise<unknown>,
): Promise<number> {
  const end = performance.now() + seconds * 1000
  let done = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        await work(client)
        done++
      }
    }),
  )
  return (done * 1000) / (performance.now() - started)
}

/** The value below which a share of the sorted samples lie. */
export const quantile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export const line = (name: string, figures: Record<string, string | number>): void => {
  const parts = Object.entries(figures).map(
    ([key, value]) => `${key} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`,
  )
  console.log(`${name.padEnd(34)} ${parts.join('   ')}`)
}
