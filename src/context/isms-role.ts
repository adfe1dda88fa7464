import { z } from 'zod'
import type { Day } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { type Id, idSchema } from '../kernel/id.ts'
import { holdsOn, intervalShape, isOrdered, overlaps } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'
import { keySchema } from '../organisation/entity.ts'

const holderSchema = z.strictObject({
  personId: idSchema,
  /** Stands in when the holder is away. */
  deputyId: idSchema.nullable(),
  ...intervalShape,
})

export type Holder = z.output<typeof holderSchema>

/** A role of the management system with its responsibilities and authority, and who held it when (ISO/IEC 27001 5.3). */
export const ismsRole = recordType('isms-role', 'isms_role', {
  key: keySchema,
  name: localText(200),
  responsibilities: localText(4000),
  authority: localText(2000).nullable(),
  /** Clauses that ask for it, such as `5.3 a`. */
  clauses: z.array(lineText(40)).max(20),
  /** The entity that it is for; null is the organisation. */
  entityId: idSchema.nullable(),
  holders: z.array(holderSchema).max(200),
  ...intervalShape,
})

export type IsmsRole = RecordOf<typeof ismsRole>

/** Who holds a role on a day; several may hold one together. */
export const holdersOn = (one: IsmsRole, day: Day): Holder[] =>
  one.holders.filter((holder) => holdsOn(holder, day))

export function roleProblems(one: IsmsRole): FieldProblem[] {
  const late = (at: string, { from, to }: Pick<Holder, 'from' | 'to'>) =>
    fieldProblem(`${at}/to`, 'interval.end_before_start', { from: from ?? '', to: to ?? '' })
  const holders = one.holders.flatMap((holder, index): FieldProblem[] => {
    const at = `/holders/${index}`
    if (!isOrdered(holder)) return [late(at, holder)]
    if (holder.deputyId === holder.personId) return [fieldProblem(`${at}/deputyId`, 'role.own_deputy')]
    const twice = one.holders
      .slice(0, index)
      .some((other) => other.personId === holder.personId && overlaps(other, holder))
    return twice ? [fieldProblem(at, 'role.holder_twice')] : []
  })
  return [...(isOrdered(one) ? [] : [late('', one)]), ...holders]
}

/** The two duties that top management must assign (ISO/IEC 27001 5.3 a and b). */
export const requiredDuties = ['5.3 a', '5.3 b'] as const

export type RoleGap =
  | { kind: 'vacant'; roleId: Id; personId: null; duty: null }
  | { kind: 'left'; roleId: Id; personId: Id; duty: null }
  | { kind: 'unassigned'; roleId: null; personId: null; duty: (typeof requiredDuties)[number] }

/**
 * What nobody answers for on a day: a role without a holder, a holder who has left, a duty of 5.3 that no role with a
 * holder has. `hasLeft` says who is gone.
 */
export function roleGapsOn(roles: Iterable<IsmsRole>, day: Day, hasLeft: (person: Id) => boolean): RoleGap[] {
  const standing = [...roles].filter((one) => holdsOn(one, day))
  const present = (one: IsmsRole) => holdersOn(one, day).filter((holder) => !hasLeft(holder.personId))
  const gaps = standing.flatMap((one): RoleGap[] => {
    const held = holdersOn(one, day)
    if (held.length === 0) return [{ kind: 'vacant', roleId: one.id, personId: null, duty: null }]
    return held.flatMap(({ personId }) =>
      hasLeft(personId) ? [{ kind: 'left' as const, roleId: one.id, personId, duty: null }] : [],
    )
  })
  const answered = new Set(
    standing.filter((one) => present(one).length > 0).flatMap((one) => one.clauses.map(normalised)),
  )
  const open = requiredDuties.filter((duty) => !answered.has(normalised(duty)))
  return [
    ...gaps,
    ...open.map((duty): RoleGap => ({ kind: 'unassigned', roleId: null, personId: null, duty })),
  ]
}

const normalised = (clause: string): string => clause.toLowerCase().replaceAll(/[\s()]/g, '')
