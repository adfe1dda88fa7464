import type { FieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { type Objective, objective } from '../../objectives/objective.ts'
import { type Reading, reading } from '../../objectives/reading.ts'
import { readingProblems } from '../../objectives/rules.ts'
import { problemsOfObjective, scopeOfObjective } from '../../objectives/server/commands.ts'
import { formerOf } from './former.ts'
import { bringAll, everyRecord, idOf, idOrNull, noteLeft, type Run, type Wanted } from './run.ts'
import type { ObjectivePart } from './schema-objectives.ts'

type Path = readonly PropertyKey[]

async function wantedOf(run: Run, part: ObjectivePart, path: Path, before: Objective | undefined) {
  const { key, name, why, plan, targets, from, to } = part
  const ids = async (noun: 'programme' | 'entity', keys: readonly string[], at: string) => {
    const found: Id[] = []
    for (const [index, one] of keys.entries()) found.push(await idOf(run, noun, one, [...path, at, index]))
    return found
  }
  const { measuredBy, evaluatedBy, ...measure } = part.measure
  const after: Objective = {
    ...{ id: before?.id ?? newId(run.ctx.random), version: before?.version ?? 0, key, name, why },
    former: before ? before.former : await formerOf(run, part.former, path),
    programmeIds: await ids('programme', part.programmes, 'programmes'),
    entityIds: await ids('entity', part.entities, 'entities'),
    ownerId: await idOrNull(run, 'person', part.owner, [...path, 'owner']),
    plan,
    measure: {
      ...measure,
      measuredById: await idOrNull(run, 'person', measuredBy, [...path, 'measure', 'measuredBy']),
      evaluatedById: await idOrNull(run, 'person', evaluatedBy, [...path, 'measure', 'evaluatedBy']),
    },
    ...{ targets, from, to },
  }
  return { key, path, before, after } satisfies Wanted<Objective>
}

/**
 * The readings of a part. One that is here already, by its day, value and what it replaces, is left as it is: nothing
 * read is ever changed.
 */
async function readingsOf(run: Run, part: ObjectivePart, path: Path, of: Objective, present: Reading[]) {
  const wanted: Wanted<Reading>[] = []
  for (const [index, { wrong, ...right }] of part.readings.entries()) {
    let replaces: Id | null = null
    for (const one of [...wrong, right]) {
      const at = [...path, 'readings', index]
      const before = present.find(
        (each) => each.on === one.on && each.value === one.value && each.replaces === replaces,
      )
      const fresh: Reading = {
        ...{ id: newId(run.ctx.random), version: 0, objectiveId: of.id, on: one.on, value: one.value },
        ...{ source: one.source, note: one.note, replaces },
        readById: await idOrNull(run, 'person', one.by, [...at, 'by']),
      }
      const after: Reading = before ?? fresh
      wanted.push({ key: `${part.key} ${one.on} ${one.value}`, path: at, before, after })
      replaces = after.id
    }
  }
  return wanted
}

async function bringReadings(run: Run, objectives: ReadonlyMap<string, Objective>): Promise<void> {
  const { ctx } = run
  const present = Map.groupBy(await everyRecord(ctx, reading), (one) => one.objectiveId)
  const wanted: Wanted<Reading>[] = []
  const problems = new Map<Id, FieldProblem[]>()
  for (const [at, part] of run.programme.objectives.entries()) {
    const of = objectives.get(part.key)
    if (!of) continue
    const here = present.get(of.id) ?? []
    const all = [...here]
    for (const one of await readingsOf(run, part, ['objectives', at], of, here)) {
      if (!one.before) {
        problems.set(one.after.id, readingProblems(one.after, all, of, ctx.today))
        all.push(one.after)
      }
      wanted.push(one)
    }
  }
  const byId = new Map([...objectives.values()].map((one) => [one.id, one]))
  await bringAll(
    run,
    {
      type: reading,
      ...{ created: 'reading.added', updated: 'reading.added' },
      needs: ({ after }) => {
        const of = byId.get(after.objectiveId)
        return [{ permission: 'reading.add', scope: of ? scopeOfObjective(of) : 'organisation' }]
      },
      problems: ({ after }) => problems.get(after.id) ?? [],
    },
    wanted,
  )
}

/** Objectives with what was read of their measures. */
export async function bringObjectives(run: Run): Promise<void> {
  const { ctx, programme: file } = run
  const present = new Map((await everyRecord(ctx, objective)).map((one) => [one.key, one]))
  const wanted: Wanted<Objective>[] = []
  for (const [at, part] of file.objectives.entries())
    wanted.push(await wantedOf(run, part, ['objectives', at], present.get(part.key)))
  const problems = new Map<Id, FieldProblem[]>()
  for (const { after } of wanted) problems.set(after.id, await problemsOfObjective(ctx, after))
  const saved = await bringAll(
    run,
    {
      type: objective,
      ...{ created: 'objective.created', updated: 'objective.updated' },
      needs: ({ before, after }) => [
        {
          permission: `objective.${before ? 'update' : 'create'}`,
          scope: scopeOfObjective(...(before ? [before] : []), after),
        },
      ],
      problems: ({ after }) => problems.get(after.id) ?? [],
    },
    wanted,
  )
  await bringReadings(run, new Map(saved.map((one) => [one.key, one])))
  noteLeft(
    run,
    'objective',
    present.keys(),
    file.objectives.map((part) => part.key),
  )
}
