import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import { objective } from '../../objectives/objective.ts'
import { type Reading, reading } from '../../objectives/reading.ts'
import { programme } from '../../programmes/programme.ts'
import { formerParts } from './former.ts'
import { everyRecord } from './run.ts'
import type { Names } from './write-programmes.ts'

/** Readings that count, each with the wrong ones that it stands for. */
function readingParts(all: readonly Reading[], people: ReadonlyMap<Id, string>) {
  const byId = new Map(all.map((one) => [one.id, one]))
  const replaced = new Set(all.map((one) => one.replaces))
  const part = ({ on, value, source, note, readById }: Reading) => ({
    ...{ on, value, source, note, by: readById && people.get(readById) },
  })
  const wrongOf = (one: Reading): Reading[] => {
    const before = one.replaces === null ? undefined : byId.get(one.replaces)
    return before ? [...wrongOf(before), before] : []
  }
  return all
    .filter((one) => !replaced.has(one.id))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .map((one) => {
      const wrong = wrongOf(one).map(part)
      return { ...part(one), ...(wrong.length > 0 ? { wrong } : {}) }
    })
}

export async function objectiveParts(ctx: Context, { entities, people }: Names) {
  const programmes = new Map((await everyRecord(ctx, programme)).map((one) => [one.id, one.key]))
  const readings = Map.groupBy(await everyRecord(ctx, reading), (one) => one.objectiveId)
  const all = (await everyRecord(ctx, objective)).toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return all.map((one) => {
    const { measuredById, evaluatedById, ...measure } = one.measure
    return {
      ...{ key: one.key, name: one.name, why: one.why },
      programmes: one.programmeIds.flatMap((id) => programmes.get(id) ?? []),
      entities: one.entityIds.flatMap((id) => entities.get(id) ?? []),
      owner: one.ownerId && people.get(one.ownerId),
      ...formerParts(one.former, people),
      plan: one.plan,
      measure: {
        ...measure,
        measuredBy: measuredById && people.get(measuredById),
        evaluatedBy: evaluatedById && people.get(evaluatedById),
      },
      ...{ targets: one.targets, from: one.from, to: one.to },
      readings: readingParts(readings.get(one.id) ?? [], people),
    }
  })
}
