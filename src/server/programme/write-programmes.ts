import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import { type Applicability, applicability } from '../../programmes/applicability.ts'
import { programme } from '../../programmes/programme.ts'
import { everyRecord } from './run.ts'

type Keys = ReadonlyMap<Id, string>
export type Names = { entities: Keys; services: Keys; certificates: Keys; people: Keys }

const inOrder = <T extends { key: string }>(records: readonly T[]): T[] =>
  records.toSorted((a, b) => (a.key < b.key ? -1 : 1))

/** Decisions that say the same on the same day stand once, with all their requirements. */
function decisionParts(all: readonly Applicability[], people: Keys) {
  const said = all.flatMap(({ requirement, decisions }) =>
    decisions.map(({ from, applicable, reasons, justification, personId }) => ({
      requirement,
      rest: { from, applies: applicable, reasons, justification, by: personId && people.get(personId) },
    })),
  )
  const groups = Map.groupBy(said, ({ rest }) => JSON.stringify(rest))
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group
      return first ? [{ requirements: group.map((one) => one.requirement).sort(), ...first.rest }] : []
    })
    .sort((a, b) => (`${a.from} ${a.requirements[0]}` < `${b.from} ${b.requirements[0]}` ? -1 : 1))
}

export async function programmeParts(ctx: Context, names: Names) {
  const decisions = Map.groupBy(await everyRecord(ctx, applicability), (one) => one.programmeId)
  return inOrder(await everyRecord(ctx, programme)).map((one) => ({
    ...{ key: one.key, name: one.name, edition: one.edition },
    ...{ categories: one.categories, audiences: one.audiences },
    entities: one.entities.map(({ entityId, ...days }) => ({
      entity: names.entities.get(entityId),
      ...days,
    })),
    services: one.services.map(({ serviceId, ...days }) => ({
      service: names.services.get(serviceId),
      ...days,
    })),
    cycles: one.cycles.map(({ from, to, auditOn }) => ({ from, to, audit: auditOn })),
    owner: one.ownerId && names.people.get(one.ownerId),
    certificate: one.certificateId && names.certificates.get(one.certificateId),
    ended: one.endedOn,
    applicability: decisionParts(decisions.get(one.id) ?? [], names.people),
  }))
}
