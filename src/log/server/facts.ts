import type { Tx } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import type { Random } from '../../kernel/random.ts'
import { append } from './append.ts'

/** What happened to the log itself; `record` of the entry, whose noun is `log` and whose id is the organisation's. */
export type LogFact = { type: string; reason: string | null; record: Readonly<Record<string, unknown>> }

export const logNoun = 'log'

/** The facts of one type in the order of the log, each with the index of its entry. */
export async function factsOf(tx: Tx, organisationId: Id, type: string) {
  const rows = await tx
    .selectFrom('logEntry')
    .select(['idx', 'statement'])
    .where('organisationId', '=', organisationId)
    .where('noun', '=', logNoun)
    .where('recordId', '=', organisationId)
    .where('type', '=', type)
    .orderBy('idx')
    .execute()
  return rows.map(({ idx, statement }) => {
    const { record } = JSON.parse(statement ?? '{"record":{}}') as { record: Record<string, unknown> }
    return { index: idx, record }
  })
}

/** Appends a fact as the last statement of a transaction; answers its index. Done by the operator, not by a person. */
export async function appendFact(
  tx: Tx,
  organisationId: Id,
  fact: LogFact & { command: string },
  parts: { at: Date; random: Random; beacon: string },
): Promise<number> {
  const newest = await tx
    .selectFrom('logEntry')
    .select((eb) => eb.fn.max('n').as('n'))
    .where('organisationId', '=', organisationId)
    .where('noun', '=', logNoun)
    .where('recordId', '=', organisationId)
    .executeTakeFirst()
  const n = Number(newest?.n ?? 0) + 1
  const { type, reason, command } = fact
  const record = { ...fact.record, id: organisationId, version: n }
  const actor = { kind: 'system' as const, id: null, name: 'Assay', organisationId, grants: [], scopes: null }
  return append(tx, [{ type, noun: logNoun, id: organisationId, n, reason, open: true, record }], {
    organisationId,
    actor,
    command,
    ...parts,
  })
}
