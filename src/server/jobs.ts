import type { TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import { z } from 'zod'
import { prepareDigests, recordDailyRun } from '../calendar/server/digest-commands.ts'
import { planOccurrences } from '../controls/server/occurrence-commands.ts'
import { reading } from '../db/transaction.ts'
import { type Day, dayOf, daySchema } from '../kernel/day.ts'
import { type Id, idSchema } from '../kernel/id.ts'
import type { Mail } from '../kernel/mail.ts'
import { logIds } from '../log/server/seal.ts'
import { sendDigest } from './calendar-mail.ts'
import { scrub } from './evidence-scrub.ts'
import { execute } from './execute.ts'
import { alone, enqueueMail, type JobLog, type Queue, startQueue } from './jobs-queue.ts'
import type { Runtime } from './runtime.ts'
import { systemCaller } from './system-caller.ts'

export type JobParts = {
  runtime: Runtime
  /** The owner's way to the database: the queue keeps tables of its own there. */
  connection: pg.PoolConfig
  mail: Mail | null
  publicUrl: string
  log: JobLog
}

/** The morning of an organisation: its day, and what of the day's work is still to do. */
export type Morning = { organisationId: Id; day: Day; planned: boolean; waiting: boolean }

type Row = { timeZone: string; demoDay: Day | null; hour: number | null }

const hourOf = (instant: Date, timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(instant))

const usualHour = 7

/** Organisations whose morning has come and whose day's work is not done. In a demo no day ever comes. */
export async function mornings({ database, clock }: Pick<Runtime, 'database' | 'clock'>): Promise<Morning[]> {
  const found: Morning[] = []
  const now = clock.now()
  for (const organisationId of await logIds(database)) {
    const morning = await reading(database, organisationId, async (tx) => {
      const { rows } = await sql<Row>`select o.time_zone, o.demo_day, r.digest_hour as hour
        from organisation o left join calendar_rules r on true`.execute(tx)
      const [row] = rows
      if (!row || row.demoDay !== null || hourOf(now, row.timeZone) < (row.hour ?? usualHour)) return null
      const day = dayOf(now, row.timeZone)
      const done = await sql<{ planned: boolean; waiting: boolean }>`
        select exists (select from daily_run where day = ${day}::date) as planned,
          exists (select from digest_mail where day = ${day}::date and state = 'waiting') as waiting`.execute(
        tx,
      )
      const [state] = done.rows
      return state && (!state.planned || state.waiting) ? { organisationId, day, ...state } : null
    })
    if (morning) found.push(morning)
  }
  return found
}

/**
 * The day's work of an organisation: first the plan of what is promised, then the mails. Each step can be done again; the
 * day is noted as done last, so that a process that is killed in between loses nothing.
 */
export async function doMorning(
  { runtime, mail }: JobParts,
  { organisationId, day }: { organisationId: Id; day: Day },
) {
  const system = systemCaller(organisationId)
  await execute(runtime, system, planOccurrences, { from: null })
  if (mail) await execute(runtime, system, prepareDigests(enqueueMail), { day })
  await execute(runtime, system, recordDailyRun, { day })
}

const dayWork = z.object({ organisationId: idSchema, day: daySchema })
const dayMail = dayWork.extend({ personId: idSchema })

async function scrubbed({ runtime, log }: JobParts): Promise<void> {
  const { objects, rot, unnamed } = await scrub(runtime)
  for (const one of rot) log({ level: 'error', event: 'object_rot', ...one })
  log({ level: 'info', event: 'scrub', objects, rot: rot.length + unnamed })
}

const tasks =
  (parts: JobParts) =>
  (pool: pg.Pool): TaskList => ({
    async tick(_payload, { addJob }) {
      for (const { organisationId, day } of await mornings(parts.runtime))
        await addJob(
          'morning',
          { organisationId, day },
          { jobKey: `morning:${organisationId}:${day}`, jobKeyMode: 'preserve_run_at', maxAttempts: 8 },
        )
    },
    async morning(payload) {
      const job = dayWork.parse(payload)
      await alone(pool, `morning/${job.organisationId}`, () => doMorning(parts, job))
    },
    async mail(payload) {
      const { mail } = parts
      const job = dayMail.parse(payload)
      if (mail)
        await alone(pool, `mail/${job.personId}/${job.day}`, () => sendDigest({ ...parts, mail }, job))
    },
    async scrub() {
      await alone(pool, 'scrub', () => scrubbed(parts))
    },
  })

// Mornings come at every hour, in every time zone; storage is read through in the night, for a missed night once.
const crontab = `*/5 * * * * tick
17 3 * * * scrub ?fill=1d&max=3`

/** Starts the work that nobody asks for by a request. */
export async function startJobs(parts: JobParts): Promise<Queue> {
  const queue = await startQueue(parts.connection, tasks(parts), crontab, parts.log)
  await queue.runner.addJob('tick', {}, { jobKey: 'tick' })
  return queue
}
