import { addDays, type Day, daysBetween } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Evidence } from './evidence.ts'

/** Days for which evidence speaks that is linked to no implementation and does not say it itself. */
export const usualDays = 365

/**
 * The last day for which evidence speaks when it does not say so: counted from the end of what it is about, by the
 * shortest time of the implementations that it is for.
 */
export const derivedValidity = (
  one: Pick<Evidence, 'aboutTo'>,
  implementations: readonly { evidenceDays: number }[],
): Day =>
  addDays(
    one.aboutTo,
    implementations.length === 0
      ? usualDays
      : Math.min(...implementations.map(({ evidenceDays }) => evidenceDays)),
  )

type Times = Pick<
  Evidence,
  'aboutFrom' | 'aboutTo' | 'collectedOn' | 'collectedAt' | 'validUntil' | 'validityStated'
>

/** What is wrong with the times of an item: it is about the past, was taken after that, and speaks from then on. */
export function timeProblems(one: Times, today: Day): FieldProblem[] {
  const { aboutFrom, aboutTo, collectedOn, collectedAt, validUntil, validityStated } = one
  const problem = (wrong: boolean, field: string, code: string, params: Record<string, string>) =>
    wrong ? [fieldProblem(`/${field}`, code, params)] : []
  return [
    ...problem(aboutFrom > aboutTo, 'aboutTo', 'interval.end_before_start', { from: aboutFrom, to: aboutTo }),
    ...problem(aboutTo > today, 'aboutTo', 'evidence.in_future', { day: aboutTo, today }),
    ...problem(collectedOn > today, 'collectedOn', 'evidence.in_future', { day: collectedOn, today }),
    ...problem(collectedOn < aboutTo, 'collectedOn', 'evidence.collected_before', {
      day: collectedOn,
      to: aboutTo,
    }),
    ...problem(validityStated && validUntil < collectedOn, 'validUntil', 'evidence.validity_over', {
      until: validUntil,
      collected: collectedOn,
    }),
    // In any time zone an instant's day differs by one at most.
    ...problem(
      collectedAt !== null && Math.abs(daysBetween(collectedAt.slice(0, 10), collectedOn)) > 1,
      'collectedAt',
      'evidence.instant_elsewhere',
      { day: collectedOn },
    ),
  ]
}

/** Names that stand twice in a list of links. */
export function repeated(pointer: string, names: readonly string[]): FieldProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [fieldProblem(`/${pointer}/${index}`, 'evidence.link_twice')] : [],
  )
}

/**
 * Evidence without content shows nothing; what a person attests or observes may be words alone, and what is kept elsewhere
 * says where.
 */
export function contentProblems(
  one: Pick<Evidence, 'files' | 'data' | 'source' | 'description' | 'location'>,
): FieldProblem[] {
  if (one.source === 'referenced')
    return one.location === null ? [fieldProblem('/location', 'evidence.location_missing')] : []
  if (one.files.length > 0 || one.data !== null) return []
  const words = one.source === 'attested' || one.source === 'observed'
  if (words && one.description !== null) return []
  return [fieldProblem('/files', words ? 'evidence.words_missing' : 'evidence.files_missing')]
}

/** Who had a hand in an item cannot be the one who accepts it (four eyes). */
export const isInvolved = (one: Pick<Evidence, 'collectorId' | 'addedById'>, personId: string): boolean =>
  one.collectorId === personId || one.addedById === personId
