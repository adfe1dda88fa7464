import type { Kept } from '../context/kept.ts'
import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'

/** Kinds of record that belong to people. */
export const handedNouns = [
  'programme',
  'isms-role',
  'objective',
  'risk',
  'control',
  'implementation',
  'check',
  'asset',
  'interested-party',
  'context-issue',
  'obligation',
  'arrangement',
] as const

/** One way in which a record is somebody's: as its owner, or with an action of its plan (`action:a2`). */
export type Part = { part: string; personId: Id }

/**
 * How records of one kind belong to people. `parts` says whose they are on a day, nothing where the record has ended by
 * then; `hand` gives some parts to another person from a day on.
 */
export type Belonging<R> = {
  parts(one: R, day: Day): Part[]
  hand(one: R, parts: ReadonlySet<string>, to: Id, day: Day): R
}

export const named = (part: string, personId: Id | null): Part[] =>
  personId === null ? [] : [{ part, personId }]

type Owned = { ownerId: Id | null }

/** Records that have an owner and nobody else. */
export const ownedBy = <R extends Owned>(stands: (one: R, day: Day) => boolean): Belonging<R> => ({
  parts: (one, day) => (stands(one, day) ? named('owner', one.ownerId) : []),
  hand: (one, parts, to) => (parts.has('owner') ? { ...one, ownerId: to } : one),
})

/** Not over: what begins later needs somebody too. */
export const notOver = (last: Day | null, day: Day): boolean => last === null || day <= last

export const keptBelongs = <R extends Pick<Kept, 'ownerId' | 'to'>>(): Belonging<R> =>
  ownedBy<R>((one, day) => notOver(one.to, day))
