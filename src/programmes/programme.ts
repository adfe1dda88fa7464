import { z } from 'zod'
import { audiences, keySchema as dataKey } from '../frameworks/fields.ts'
import { formerSchema } from '../kernel/dated.ts'
import { type Day, daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { type Id, idSchema } from '../kernel/id.ts'
import { holdsOn, intervalShape, isOrdered, overlaps } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { keySchema } from '../organisation/entity.ts'

const cycleSchema = z.strictObject({
  from: daySchema,
  to: daySchema,
  /** First day on which the auditor is expected. */
  auditOn: daySchema.nullable(),
})

export type Cycle = z.output<typeof cycleSchema>

/** An edition of a framework applied to a scope, over one cycle after another. */
export const programme = recordType('programme', 'programme', {
  key: keySchema,
  name: localText(200),
  /** Key of the edition in the catalogue. */
  edition: dataKey.max(80),
  /** Categories of the edition that apply; empty means all of it. */
  categories: z.array(dataKey).max(20),
  /** Whom PCI DSS sees in the assessed entity, beside every assessed entity: its requirements for these apply too. */
  audiences: z.array(z.enum(audiences)).max(5),
  entities: z.array(z.strictObject({ entityId: idSchema, ...intervalShape })).max(500),
  /** When services are named, each of them is judged for itself; otherwise each entity is. */
  services: z.array(z.strictObject({ serviceId: idSchema, ...intervalShape })).max(500),
  cycles: z.array(cycleSchema).min(1).max(100),
  ownerId: idSchema.nullable(),
  /** The certification that this programme is for: the engagement of its external auditors. */
  certificateId: idSchema.nullable(),
  endedOn: daySchema.nullable(),
  former: formerSchema({ ownerId: idSchema.nullable() }),
})

export type Programme = RecordOf<typeof programme>

export const entitiesOn = (one: Programme, day: Day): Id[] =>
  one.entities.filter((part) => holdsOn(part, day)).map((part) => part.entityId)

export const programmeServicesOn = (one: Programme, day: Day): Id[] =>
  one.services.filter((part) => holdsOn(part, day)).map((part) => part.serviceId)

/** The cycle that a day falls into, or the last one that began before it. */
export const cycleOn = (one: Programme, day: Day): Cycle | null =>
  one.cycles.filter((cycle) => cycle.from <= day).at(-1) ?? null

/** Running on a day: begun with its first cycle and not ended. */
export const isRunning = (one: Programme, day: Day): boolean =>
  (one.cycles[0]?.from ?? '9999') <= day && (one.endedOn === null || day <= one.endedOn)

/** A day, or the last on which the programme ran where that is earlier: what stood then is what is left of it. */
export const lastDayBy = (one: Programme, day: Day): Day =>
  one.endedOn !== null && one.endedOn < day ? one.endedOn : day

function cycleProblems(cycles: readonly Cycle[]): FieldProblem[] {
  return cycles.flatMap((cycle, index) => {
    const at = `/cycles/${index}`
    const before = cycles[index - 1]
    return [
      ...(cycle.to < cycle.from
        ? [fieldProblem(`${at}/to`, 'interval.end_before_start', { from: cycle.from, to: cycle.to })]
        : []),
      ...(before && cycle.from <= before.to
        ? [fieldProblem(`${at}/from`, 'programme.cycles_overlap', { from: cycle.from, to: before.to })]
        : []),
      ...(cycle.auditOn !== null && cycle.auditOn < cycle.from
        ? [fieldProblem(`${at}/auditOn`, 'programme.audit_before_cycle', { from: cycle.from })]
        : []),
    ]
  })
}

type Part = { from: Day | null; to: Day | null }

/** The same thing twice for the same days, or days in the wrong order. */
function partProblems<P extends Part>(pointer: string, parts: readonly P[], idOf: (part: P) => Id) {
  return parts.flatMap((part, index): FieldProblem[] => {
    if (!isOrdered(part))
      return [
        fieldProblem(`${pointer}/${index}/to`, 'interval.end_before_start', {
          from: part.from ?? '',
          to: part.to ?? '',
        }),
      ]
    const twice = parts.slice(0, index).some((other) => idOf(other) === idOf(part) && overlaps(other, part))
    return twice ? [fieldProblem(`${pointer}/${index}`, 'programme.part_twice')] : []
  })
}

/** What is wrong with a programme by itself; whether what it cites exists is for the command to find out. */
export const programmeProblems = (one: Programme): FieldProblem[] => [
  ...cycleProblems(one.cycles),
  ...partProblems('/entities', one.entities, (part) => part.entityId),
  ...partProblems('/services', one.services, (part) => part.serviceId),
  ...(one.entities.length + one.services.length === 0
    ? [fieldProblem('/entities', 'programme.scope_empty')]
    : []),
]
