import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { type Id, idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { isKeyTaken, keySchema } from './entity.ts'

export const serviceKinds = ['product', 'system'] as const

/** A product or system that a certification can have in its scope. */
export const service = recordType('service', 'service', {
  key: keySchema,
  /** The entity that answers for it. */
  entityId: idSchema,
  kind: z.enum(serviceKinds),
  name: localText(200),
  offeredFrom: daySchema.nullable(),
  offeredTo: daySchema.nullable(),
})

export type Service = RecordOf<typeof service>

export function serviceProblems(
  one: Service,
  others: ReadonlyMap<Id, Pick<Service, 'id' | 'key'>>,
): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (one.offeredFrom && one.offeredTo && one.offeredTo < one.offeredFrom) {
    problems.push(
      fieldProblem('/offeredTo', 'interval.end_before_start', { from: one.offeredFrom, to: one.offeredTo }),
    )
  }
  if (isKeyTaken(one, others)) {
    problems.push(fieldProblem('/key', 'record.key_taken', { key: one.key }))
  }
  return problems
}
