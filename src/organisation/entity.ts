import { z } from 'zod'
import type { Day } from '../kernel/day.ts'
import { daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { type Id, idSchema } from '../kernel/id.ts'
import { holdsOn } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'

/** A short stable name by which a programme file refers to a record: `line-fukuoka`. */
export const keySchema = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'key' })

export const entityKinds = ['company', 'division', 'site'] as const

/** A legal entity, a part of one, or a site. The tree of entities is what roles are granted on. */
export const entity = recordType('entity', 'entity', {
  key: keySchema,
  parentId: idSchema.nullable(),
  kind: z.enum(entityKinds),
  name: localText(200),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'country' })
    .nullable(),
  /** First and last day on which it belonged to the organisation; null is open. */
  memberFrom: daySchema.nullable(),
  memberTo: daySchema.nullable(),
})

export type Entity = RecordOf<typeof entity>

export const isMember = (one: Pick<Entity, 'memberFrom' | 'memberTo'>, day: Day): boolean =>
  holdsOn({ from: one.memberFrom, to: one.memberTo }, day)

/** An entity and all above it, nearest first. A cycle, which no command lets in, ends the walk. */
export function ancestorsOf(parents: Pick<ReadonlyMap<Id, Id | null>, 'get'>, start: Id): Id[] {
  const chain: Id[] = []
  let at: Id | null | undefined = start
  while (at && !chain.includes(at)) {
    chain.push(at)
    at = parents.get(at)
  }
  return chain
}

/** An entity and all below it. */
export const descendantsOf = (parents: ReadonlyMap<Id, Id | null>, top: Id): Id[] =>
  [...parents.keys()].filter((id) => ancestorsOf(parents, id).includes(top))

/** Whether another record of the same kind has the key already. */
export function isKeyTaken(
  one: { id: Id; key: string },
  others: ReadonlyMap<Id, { id: Id; key: string }>,
): boolean {
  for (const other of others.values()) if (other.key === one.key && other.id !== one.id) return true
  return false
}

/** What is wrong with an entity among its relatives: membership out of order, a missing parent, a circle. */
export function entityProblems(one: Entity, others: ReadonlyMap<Id, Entity>): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (one.memberFrom && one.memberTo && one.memberTo < one.memberFrom) {
    problems.push(
      fieldProblem('/memberTo', 'interval.end_before_start', { from: one.memberFrom, to: one.memberTo }),
    )
  }
  if (isKeyTaken(one, others)) {
    problems.push(fieldProblem('/key', 'record.key_taken', { key: one.key }))
  }
  if (one.parentId !== null) {
    const parents = { get: (id: Id) => others.get(id)?.parentId }
    if (!others.has(one.parentId)) problems.push(fieldProblem('/parentId', 'record.reference_unknown'))
    else if (ancestorsOf(parents, one.parentId).includes(one.id))
      problems.push(fieldProblem('/parentId', 'entity.circle'))
  }
  return problems
}
