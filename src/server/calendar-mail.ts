import { sql } from 'kysely'
import { digestMail, isEmptyDigest } from '../calendar/digest.ts'
import { recordDigest } from '../calendar/server/digest-commands.ts'
import { readDigest } from '../calendar/server/digest-queries.ts'
import { reading } from '../db/transaction.ts'
import type { Day } from '../kernel/day.ts'
import { Problem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { inLanguage } from '../kernel/language.ts'
import { type Mail, MailRefused } from '../kernel/mail.ts'
import { requestsDue } from '../trust/server/request-due-queries.ts'
import { answer, execute } from './execute.ts'
import type { JobLog } from './jobs-queue.ts'
import type { Runtime } from './runtime.ts'
import { actorOfPerson } from './session.ts'
import { systemCaller } from './system-caller.ts'

export type DayMail = { organisationId: Id; personId: Id; day: Day }

export type MailParts = { runtime: Runtime; mail: Mail; publicUrl: string; log: JobLog }

const read = readDigest([requestsDue])

async function isWaiting(
  { runtime }: MailParts,
  { organisationId, personId, day }: DayMail,
): Promise<boolean> {
  return reading(runtime.database, organisationId, async (tx) => {
    const { rows } = await sql<{ state: string }>`select state from digest_mail
      where person_id = ${personId}::uuid and day = ${day}::date`.execute(tx)
    return rows[0]?.state === 'waiting'
  })
}

/** What a person would be told now; null for who left or has no role any more. */
async function digestOf({ runtime }: MailParts, { organisationId, personId }: DayMail) {
  const actor = await actorOfPerson(runtime, organisationId, personId)
  if (!actor) return null
  return answer(runtime, { actor, language: 'en' }, read, {}).catch((error: unknown) => {
    if (error instanceof Problem && error.kind === 'forbidden') return null
    throw error
  })
}

async function send(parts: MailParts, job: DayMail): Promise<'sent' | 'empty' | 'refused'> {
  const found = await digestOf(parts, job)
  // A mail of yesterday that was held up says nothing that today's does not say better.
  if (!found?.wanted || found.demo || found.day !== job.day) return 'empty'
  const digest = { ...found, url: `${parts.publicUrl}/app/calendar?person=me` }
  if (isEmptyDigest(digest)) return 'empty'
  const name = inLanguage(found.name, found.language)
  try {
    await parts.mail.send({
      id: `digest-${job.day}-${job.personId}`,
      to: { name, address: found.address },
      ...digestMail(digest),
    })
    return 'sent'
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error
    parts.log({ level: 'error', event: 'mail_refused', person: job.personId, reason: error.message })
    return 'refused'
  }
}

/**
 * Sends the mail of a person and a day unless it was sent. What the server has taken over is noted right after; a process
 * that is killed between the two sends it once more, under the same message id.
 */
export async function sendDigest(parts: MailParts, job: DayMail): Promise<void> {
  if (!(await isWaiting(parts, job))) return
  const state = await send(parts, job)
  const { personId, day } = job
  await execute(parts.runtime, systemCaller(job.organisationId), recordDigest, { personId, day, state })
}
