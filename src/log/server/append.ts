import { sql } from 'kysely'
import pg from 'pg'
import { canonicalize, commit, decodeUtf8, encodeLeaf } from '#tlog'
import type { Database } from '../../db/connect.ts'
import type { Tx } from '../../db/context.ts'
import { reading } from '../../db/transaction.ts'
import { type Actor, roles } from '../../kernel/actor.ts'
import { Problem } from '../../kernel/error.ts'
import { type Id, idBytes, newEventId } from '../../kernel/id.ts'
import { type Progress, unwatched } from '../../kernel/progress.ts'
import type { Random } from '../../kernel/random.ts'
import type { PendingEntry, Statement } from '../entry.ts'

export type AppendMeta = {
  organisationId: Id
  actor: Actor
  command: string
  at: Date
  random: Random
  beacon: string
}

/**
 * The highest role of an actor. It stands for the name in statements that strangers open: what is committed to is
 * whole or not at all, and a name once given away cannot be taken back. The id still leads to the person inside.
 */
const capacityOf = ({ kind, grants }: Actor): string =>
  roles.find((role) => grants.some((grant) => grant.role === role)) ?? kind

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

function row(entry: PendingEntry, meta: AppendMeta) {
  const { kind, id, name } = meta.actor
  const statement: Statement = {
    v: 1,
    type: entry.type,
    noun: entry.noun,
    id: entry.id,
    n: entry.n,
    recordedAt: meta.at.toISOString(),
    actor: { kind, id, name: entry.open ? capacityOf(meta.actor) : name },
    command: meta.command,
    reason: entry.reason,
    record: entry.record as Statement['record'],
  }
  const text = canonicalize(statement)
  const salt = meta.random(32)
  const eventId = newEventId(meta.random, meta.at)
  const leaf = {
    v: 1,
    t: entry.type,
    s: base64(idBytes(entry.id)),
    n: String(entry.n),
    c: base64(commit(salt, Buffer.from(text))),
    b: meta.beacon,
    e: eventId,
  } as const
  return { leaf: decodeUtf8(encodeLeaf(leaf)), eventId, entry, salt, text }
}

// Entries in a statement: their statements are in memory together, and while they are made nobody else has a turn.
const portion = 500

/**
 * Appends entries as the last statements of the business transaction (`append_entries` in the database). Returns the
 * index of the first entry. Throws `log.frozen` where entries are known to be missing: appending would reuse their
 * numbers, which is a fork; and `log.forked` where there is a fork already. The first portion locks the log, so that all follow each
 * other without a gap.
 */
export async function append(
  tx: Tx,
  entries: readonly PendingEntry[],
  meta: AppendMeta,
  progress: Progress = unwatched,
): Promise<number> {
  await progress.begin('recording', entries.length)
  let start: number | null = null
  for (let at = 0; at < entries.length; at += portion) {
    const some = entries.slice(at, at + portion)
    const first = await appendSome(tx, some, meta)
    start ??= first
    await progress.step(some.length)
  }
  if (start === null) throw new Error('nothing was appended')
  return start
}

async function appendSome(tx: Tx, entries: readonly PendingEntry[], meta: AppendMeta): Promise<number> {
  const rows = entries.map((entry) => row(entry, meta))
  const result = await sql<{ start: number | null }>`
    select append_entries(${meta.organisationId}, ${meta.at.toISOString()}, ${rows.map((one) => one.leaf)},
      ${rows.map((one) => one.eventId)}, ${rows.map((one) => one.entry.type)}, ${rows.map((one) => one.entry.noun)},
      ${rows.map((one) => one.entry.id)}, ${rows.map((one) => one.entry.n)}, ${rows.map((one) => one.salt)},
      ${rows.map((one) => one.text)}) as start`.execute(tx)
  const start = result.rows[0]?.start ?? null
  if (start === null) throw await refusal(tx, meta.organisationId)
  return start
}

const refusedCode = 'AS001'

const texts = (values: readonly string[]) => `array[${values.map((one) => pg.escapeLiteral(one)).join(',')}]`

/**
 * A few entries as a statement that goes with the commit (`append_or_refuse` in the database): every transaction of an
 * organisation waits for the one that has its log, so nobody has it while this process is busy with something else.
 * Where it fails, `refusalOf` says why.
 */
export function appending(entries: readonly PendingEntry[], meta: AppendMeta): string {
  const rows = entries.map((entry) => row(entry, meta))
  const salts = rows.map(({ salt }) => `\\x${Buffer.from(salt).toString('hex')}`)
  return `select append_or_refuse(${pg.escapeLiteral(meta.organisationId)}, ${pg.escapeLiteral(meta.at.toISOString())},
    ${texts(rows.map((one) => one.leaf))}, ${texts(rows.map((one) => one.eventId))}::uuid[],
    ${texts(rows.map((one) => one.entry.type))}, ${texts(rows.map((one) => one.entry.noun))},
    ${texts(rows.map((one) => one.entry.id))}::uuid[], array[${rows.map((one) => Number(one.entry.n)).join(',')}],
    ${texts(salts)}::bytea[], ${texts(rows.map((one) => one.text))})`
}

/** What the failure of a transaction means: why nothing was appended where that was it, else the error itself. */
export async function refusalOf(database: Database, organisationId: Id, error: unknown): Promise<unknown> {
  if (!(error instanceof pg.DatabaseError) || error.code !== refusedCode) return error
  return reading(database, organisationId, (tx) => refusal(tx, organisationId))
}

async function refusal(tx: Tx, organisationId: Id): Promise<Error> {
  const head = await tx
    .selectFrom('logHead')
    .select(['lostFrom', 'lostTo', 'forkedAt'])
    .where('organisationId', '=', organisationId)
    .executeTakeFirst()
  if (head?.forkedAt != null) return new Problem('unavailable', 'log.forked', { size: head.forkedAt })
  if (head?.lostFrom == null || head.lostTo === null)
    return new Error(`organisation ${organisationId} has no log`)
  return new Problem('unavailable', 'log.frozen', { from: head.lostFrom, to: head.lostTo - 1 })
}
