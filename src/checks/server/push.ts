import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { fileFacts } from '../../evidence/file.ts'
import { addEvidence, keepFile } from '../../evidence/server/commands.ts'
import type { Command } from '../../kernel/command.ts'
import { type Day, dayOf, daysBetween } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { allEntities, findEntity, theOrganisation } from '../../organisation/server/queries.ts'
import { cleanLine } from '../clean.ts'
import { type Collection, collectionSchema } from '../collection.ts'
import type { Run } from '../run.ts'
import { tolerableSkew } from './proof.ts'
import { runMatching } from './run-checks.ts'
import { linksOfCollection, servedBy, servedSchema } from './served.ts'

const oldestDays = 31

const fileInput = z.strictObject(fileFacts)

const pushInput = z.strictObject({
  collection: collectionSchema,
  entityId: idSchema.nullable(),
  /** The tool's own output, and the normal form as a file; both stored and inspected. */
  raw: fileInput,
  data: fileInput,
  /** What makes the request one that is carried out once; null when an idempotency key does. */
  nonce: z.string().max(64).nullable(),
  /** The implementations whose evidence this is. */
  for: servedSchema.default([]),
})
type PushInput = z.output<typeof pushInput>

const pushOutput = z.strictObject({
  evidenceId: idSchema,
  /** What it is evidence for: the implementations that were named, and their occurrences of that time. */
  implementationIds: z.array(idSchema),
  occurrenceIds: z.array(idSchema),
  runs: z.array(
    z.strictObject({
      id: idSchema,
      checkId: idSchema,
      pass: z.int(),
      fail: z.int(),
      error: z.int(),
      problem: z.string().nullable(),
    }),
  ),
  /** What was seen and is no asset there, as far as some check is asked of it. */
  unresolved: z.array(z.string()),
})
export type Pushed = z.output<typeof pushOutput>

/** The entity named, else that of the key, else that of the first implementation, else the only one at the top. */
async function entityOf(ctx: Context, { entityId, for: served }: PushInput): Promise<Id> {
  if (entityId !== null) return (await findEntity(ctx, entityId)).id
  const [grant, ...more] = ctx.actor.grants
  if (grant?.entityId && more.length === 0) return grant.entityId
  const [first] = await servedBy(ctx, served)
  if (first) return first.entityId
  const tops = (await allEntities(ctx)).filter((one) => one.parentId === null)
  const [top] = tops
  if (!top || tops.length > 1)
    throw new Problem('invalid', 'input.invalid', { count: 1 }, [
      fieldProblem('/entityId', 'collection.entity_missing'),
    ])
  return top.id
}

function refuseWrongTimes(ctx: Context, { startedAt, endedAt }: Collection): void {
  const now = ctx.clock.now()
  const end = Date.parse(endedAt)
  const params = { ended: endedAt, now: now.toISOString() }
  refuseInvalid([
    ...(Date.parse(startedAt) > end
      ? [
          fieldProblem('/collection/endedAt', 'collection.ends_before_start', {
            ended: endedAt,
            started: startedAt,
          }),
        ]
      : []),
    ...(end > now.getTime() + tolerableSkew
      ? [fieldProblem('/collection/endedAt', 'collection.from_future', params)]
      : []),
    ...(end < now.getTime() - oldestDays * 86_400_000
      ? [fieldProblem('/collection/endedAt', 'collection.too_old', { ended: endedAt, days: oldestDays })]
      : []),
  ])
}

/** Remembers the request until nobody would believe its time any more; of two at once, one waits and is refused. */
async function refuseReplay(ctx: Context, nonce: string | null): Promise<void> {
  if (nonce === null || ctx.actor.id === null) return
  const now = ctx.clock.now()
  await sql`delete from collector_nonce where expires_at < ${now.toISOString()}::timestamptz`.execute(ctx.tx)
  const { numAffectedRows } = await sql`
    insert into collector_nonce (organisation_id, key_id, nonce, expires_at)
    values (${ctx.organisationId}::uuid, ${ctx.actor.id}::uuid, ${nonce}, ${new Date(now.getTime() + 3 * tolerableSkew).toISOString()}::timestamptz)
    on conflict do nothing`.execute(ctx.tx)
  if (numAffectedRows !== 1n) throw new Problem('conflict', 'collection.replayed')
}

const earlier = (one: Day, other: Day): Day => (one < other ? one : other)

/** What the evidence is called and about. A demo's calendar may stand before the day on which a tool really ran. */
function factsOf(ctx: Context, timeZone: string, { tool, host, items, startedAt, endedAt }: Collection) {
  const aboutTo = earlier(dayOf(new Date(endedAt), timeZone), ctx.today)
  const aboutFrom = earlier(dayOf(new Date(startedAt), timeZone), aboutTo)
  const [first, ...more] = items
  const seen = first ? ` ${first.resource}${more.length > 0 ? ` +${more.length}` : ''}` : ''
  const named = `${tool.name}${tool.version === null ? '' : ` ${tool.version}`}`
  return {
    title: cleanLine(`${tool.name}:${seen || ' —'}`, 200),
    source: 'pulled' as const,
    collector: cleanLine(`${named} @ ${host}`, 200),
    collectorId: null,
    aboutFrom,
    aboutTo,
    collectedOn: aboutTo,
    collectedAt: Math.abs(daysBetween(endedAt.slice(0, 10), aboutTo)) > 1 ? null : endedAt,
  }
}

const summaryOf = ({ id, checkId, results, problem }: Run) => {
  const count = (outcome: string) => results.filter((one) => one.outcome === outcome).length
  return { id, checkId, pass: count('pass'), fail: count('fail'), error: count('error'), problem }
}

/**
 * A collector's key says what its evidence is for wherever it may push, and needs no right of a person for that: what it
 * delivers shows nothing before somebody has accepted it.
 */
const linking = (ctx: Context): Context => ({
  ...ctx,
  can: (permission, scope) => ctx.can(permission === 'evidence.link' ? 'collection.push' : permission, scope),
})

/** Records what a collector saw as evidence, with the tool's own output, and asks the checks of it: one transaction. */
export const pushCollection: Command<Context, PushInput, Pushed> = {
  kind: 'command',
  noun: 'collection',
  action: 'push',
  input: pushInput,
  output: pushOutput,
  scope: async (ctx, input) => ({ entities: [await entityOf(ctx, input)] }),
  async run(ctx, asked) {
    const { collection, raw, data, nonce } = asked
    refuseWrongTimes(ctx, collection)
    await refuseReplay(ctx, nonce)
    const { timeZone } = await theOrganisation(ctx)
    const kept = await keepFile.run(ctx, raw)
    const structured = await keepFile.run(ctx, data)
    const facts = factsOf(ctx, timeZone, collection)
    const place = { entityId: await entityOf(ctx, asked), aboutTo: facts.aboutTo, items: collection.items }
    const links = await linksOfCollection(ctx, await servedBy(ctx, asked.for), place)
    const input = addEvidence.input.parse({
      ...facts,
      ...links,
      entityId: place.entityId,
      files: [kept.id],
      data: { kind: collection.kind, file: structured.id },
    })
    const one = await addEvidence.run(linking(ctx), input)
    const runs = await runMatching(ctx, one)
    return {
      evidenceId: one.id,
      ...{ implementationIds: one.implementationIds, occurrenceIds: one.occurrenceIds },
      runs: runs.map(summaryOf),
      unresolved: [...new Set(runs.flatMap((run) => run.unresolved))],
    }
  },
}
