import { type Check, check } from '../../checks/check.ts'
import { run as checkRun } from '../../checks/run.ts'
import { isActive } from '../../checks/schedule.ts'
import { createCheck, endCheck, updateCheck } from '../../checks/server/commands.ts'
import { withEvaluator } from '../../checks/server/evaluate.ts'
import { runChecks } from '../../checks/server/run-checks.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { bring, everyRecord, idOf, idOrNull, noteLeft, type Run, within } from './run.ts'
import type { CheckPart } from './schema-checks.ts'

async function wantedOf(run: Run, part: CheckPart, at: number) {
  const path = ['checks', at]
  const entityIds: Id[] = []
  for (const [index, key] of part.entities.entries())
    entityIds.push(await idOf(run, 'entity', key, [...path, 'entities', index]))
  const serviceIds: Id[] = []
  for (const [index, key] of part.services.entries())
    serviceIds.push(await idOf(run, 'service', key, [...path, 'services', index]))
  return {
    key: part.key,
    name: part.name,
    controlId: await idOf(run, 'control', part.control, [...path, 'control']),
    dataKind: part.dataKind,
    expression: part.expression,
    severity: part.severity,
    ownerId: await idOrNull(run, 'person', part.owner, [...path, 'owner']),
    everyDays: part.everyDays,
    toleranceDays: part.toleranceDays,
    resources: { kinds: part.kinds, entityIds, serviceIds },
    activeFrom: part.from,
  }
}

const endReason = 'The programme file says that it ended.'

/** The checks as the file says, those that end last: what they found until then is to be found first. */
export async function bringChecks(run: Run): Promise<void> {
  const { ctx } = run
  const present = new Map((await everyRecord(ctx, check)).map((one) => [one.key, one]))
  for (const [at, part] of run.programme.checks.entries()) {
    const after = await wantedOf(run, part, at)
    await bring<Check>(run, {
      ...{ noun: 'check', key: part.key, path: ['checks', at], before: present.get(part.key), after },
      create: () => within(ctx, createCheck, after),
      update: ({ id, version }) => within(ctx, updateCheck, { id, version, ...after }),
    })
  }
  noteLeft(
    run,
    'check',
    present.keys(),
    run.programme.checks.map((part) => part.key),
  )
}

export async function bringCheckEnds(run: Run): Promise<void> {
  const present = new Map((await everyRecord(run.ctx, check)).map((one) => [one.key, one]))
  for (const [at, part] of run.programme.checks.entries()) {
    const before = present.get(part.key)
    if (part.ended === null || !before) continue
    await bring<Check>(run, {
      ...{ noun: 'check', key: `${part.key} ended`, path: ['checks', at] },
      ...{ before, after: { activeTo: part.ended } },
      create: () => Promise.reject(new Error('a check was brought before its end')),
      update: ({ id, version }) =>
        within(run.ctx, endCheck, { id, version, on: part.ended, reason: endReason }),
    })
  }
}

/** What to ask: each check of the data of its kind, once. */
function unasked(items: readonly Evidence[], checks: readonly Check[], asked: ReadonlySet<string>) {
  return items.flatMap((item) => {
    // Data that was taken back shows nothing, and what was disposed of is not there.
    if (item.withdrawn || item.disposed) return []
    const open = checks.filter(
      (one) =>
        one.dataKind === item.data?.kind && isActive(one, item.aboutTo) && !asked.has(`${one.id} ${item.id}`),
    )
    return open.length > 0 ? [{ item, open }] : []
  })
}

/** Asks the checks of the data in the evidence of the file. A rehearsal keeps no data, and so asks nothing. */
export async function bringRuns(run: Run, items: readonly Evidence[]): Promise<void> {
  const { ctx } = run
  const checks = await everyRecord(ctx, check)
  if (checks.length === 0) return
  const runs = await everyRecord(ctx, checkRun)
  const asked = new Set(runs.map((one) => `${one.checkId} ${one.evidenceId}`))
  // One evaluator for all: each would start a thread of its own.
  await withEvaluator(async (evaluator) => {
    for (const { item, open } of unasked(items, checks, asked)) {
      const permission = 'check.run'
      if (!ctx.can(permission, { entities: [item.entityId] }))
        throw new Problem('forbidden', 'access.forbidden', { permission })
      for (const { key } of open)
        run.changes.push({ action: 'create', noun: 'run', key: `${key} ${item.title}`, fields: [] })
      if (!run.rehearsal) await runChecks(ctx, item, open, evaluator)
    }
  })
}
