import { Logger, type Runner, run, runMigrations, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import { applicationRole } from '../db/connect.ts'
import type { Context } from '../db/context.ts'
import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'

export type JobLog = (line: Record<string, unknown>) => void

/**
 * The queue's tables belong to the owner of the database, and the application role has no right on them. It may put one
 * kind of job into the queue, through this function, which says itself which one and for whom.
 */
const doorForMail = `
create or replace function graphile_worker.assay_add_mail(person uuid, day date) returns void
  language sql security definer set search_path = graphile_worker, public as $$
    select graphile_worker.add_job('mail',
      json_build_object('organisationId', public.current_organisation(), 'personId', person, 'day', day::text),
      job_key := 'mail:' || public.current_organisation() || ':' || person || ':' || day,
      job_key_mode := 'preserve_run_at', max_attempts := 8);
  $$;
revoke all on function graphile_worker.assay_add_mail(uuid, date) from public;
grant usage on schema graphile_worker to ${applicationRole};
grant execute on function graphile_worker.assay_add_mail(uuid, date) to ${applicationRole};`

// Any constant: two starts at once must not write the function at once.
const lock = 4_600_002

/** Queues a mail inside the transaction of a command. */
export const enqueueMail = async (
  ctx: Context,
  { personId, day }: { personId: Id; day: Day },
): Promise<void> => {
  await sql`select graphile_worker.assay_add_mail(${personId}::uuid, ${day}::date)`.execute(ctx.tx)
}

/** Does a job under a lock of its name; another process, or a job queued twice, finds it taken and leaves it. */
export async function alone(pool: pg.Pool, name: string, work: () => Promise<void>): Promise<boolean> {
  const client = await pool.connect()
  const key = [`jobs/${name}`]
  try {
    const { rows } = await client.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as got', key)
    if (rows[0]?.got !== true) return false
    try {
      await work()
      return true
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', key)
    }
  } finally {
    client.release()
  }
}

const quiet = (log: JobLog) =>
  new Logger(() => (level, message, meta) => {
    if (level === 'error') log({ level: 'error', event: 'job', message, reason: String(meta?.error ?? '') })
  })

export type Queue = { runner: Runner; pool: pg.Pool; stop(): Promise<void> }

/**
 * Starts the queue on connections of the database's owner: brings its schema forward, then works. A stop waits for the
 * jobs in hand.
 */
export async function startQueue(
  connection: pg.PoolConfig,
  tasks: (pool: pg.Pool) => TaskList,
  crontab: string,
  log: JobLog,
): Promise<Queue> {
  const pool = new pg.Pool({ ...connection, max: 6, application_name: 'assay jobs' })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  await runMigrations({ pgPool: pool, logger: quiet(log) })
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query(doorForMail)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lock])
    client.release()
  }
  const runner = await run({
    pgPool: pool,
    taskList: tasks(pool),
    crontab,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 5000,
    logger: quiet(log),
  })
  return {
    runner,
    pool,
    async stop() {
      await runner.stop()
      await pool.end()
    },
  }
}
