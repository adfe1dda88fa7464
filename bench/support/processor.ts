import { existsSync, readFileSync } from 'node:fs'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../src/db/tables.gen.ts'

/** Linux counts the time of other processes in hundredths of a second. */
const tick = 10

export type Processor = { assay: number; postgres: number }

/**
 * Milliseconds of processor that this program and the connections of Assay to PostgreSQL have used, which other programs
 * on the machine change less than the clock; of PostgreSQL as Linux tells it, nothing elsewhere.
 */
export async function processor(owner: Kysely<Tables>): Promise<Processor> {
  const { user, system } = process.cpuUsage()
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where application_name = 'assay'`.execute(owner)
  const used = rows.map(({ pid }) => {
    const file = `/proc/${pid}/stat`
    const fields = existsSync(file) ? readFileSync(file, 'utf8').split(') ')[1]?.split(' ') : undefined
    return tick * (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0))
  })
  return { assay: (user + system) / 1000, postgres: used.reduce((sum, one) => sum + one, 0) }
}

/** What was used since, for each of so many answers. */
export const perAnswer = (since: Processor, now: Processor, answers: number): Record<string, number> => ({
  'ms of processor': (now.assay - since.assay) / answers,
  'of PostgreSQL': (now.postgres - since.postgres) / answers,
})
