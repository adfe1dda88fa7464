import { z } from 'zod'
import { type Day, daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { type Id, idSchema } from '../kernel/id.ts'

/** A named person's word for exactly what stands in the record that carries it. */
export const approvalSchema = z.strictObject({ personId: idSchema, on: daySchema })

export type Approval = z.output<typeof approvalSchema>

/** What a version of something goes through: its author writes it, another person approves it, and it stays as it is. */
export const draftShape = {
  /** Everyone who wrote in it: none of them may approve it. */
  authorIds: z.array(idSchema).min(1).max(50),
  draftedOn: daySchema,
  approval: approvalSchema.nullable(),
  /** Given up before it was approved, or withdrawn after. */
  withdrawn: z.strictObject({ on: daySchema, reason: z.string().min(1).max(2000) }).nullable(),
}

export type Drafted = {
  authorIds: readonly Id[]
  draftedOn: Day
  approval: Approval | null
  withdrawn: { on: Day; reason: string } | null
}

export const draftStates = ['draft', 'approved', 'superseded', 'withdrawn'] as const
export type DraftState = (typeof draftStates)[number]

/** State of one version among its series on a day: an approved one holds until a later one is approved. */
export function draftStateOn<D extends Drafted & { number: number }>(
  one: D,
  series: readonly D[],
  day: Day,
): DraftState {
  if (one.withdrawn && one.withdrawn.on <= day) return 'withdrawn'
  const approved = (each: D) =>
    each.approval !== null && each.approval.on <= day && !(each.withdrawn && each.withdrawn.on <= day)
  if (!approved(one)) return 'draft'
  return series.some((other) => other.number > one.number && approved(other)) ? 'superseded' : 'approved'
}

/** Still to be approved: neither approved nor given up. */
export const isDraft = (one: Pick<Drafted, 'approval' | 'withdrawn'>): boolean =>
  one.approval === null && one.withdrawn === null

/** Four eyes (ISO/IEC 27001 7.5.2 c; A.5.3 of 2022): nobody approves what they wrote, and nothing is approved twice. */
export function approvalProblems(one: Drafted, by: Id): FieldProblem[] {
  if (one.withdrawn) return [fieldProblem('/approval', 'approval.withdrawn', { day: one.withdrawn.on })]
  if (one.approval) return [fieldProblem('/approval', 'approval.already', { day: one.approval.on })]
  return one.authorIds.includes(by) ? [fieldProblem('/approval', 'approval.own_work')] : []
}

/** The authors after somebody wrote in it. */
export const withAuthor = (authors: readonly Id[], by: Id): Id[] =>
  authors.includes(by) ? [...authors] : [...authors, by]
