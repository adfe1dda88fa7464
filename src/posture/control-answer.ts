import { checkBit, checksOn, ownCode, withChecks } from './control.ts'
import { inForce, lastDay, turns } from './days.ts'
import { type Declared, declared } from './declared.ts'
import { evidenceReasons, evidenceTurns } from './evidence.ts'
import type { Check, Unit } from './facts.ts'
import { occurrenceReasons, occurrenceTurns } from './occurrences.ts'
import { inOrder, type Reason } from './reason.ts'
import { findingOn, findingReason, resultTurns, type Timeline } from './results.ts'
import { isInside, placesOf } from './scope.ts'
import { absent, type ControlState, controlStateOf } from './state.ts'
import type { Slot, Store } from './store.ts'

/** A control at a unit, with everything that speaks for and against it. */
export type ControlAnswer = {
  controlId: string
  state: ControlState
  implementationId: string | null
  /** Where the implementation stands; elsewhere than the unit when it is inherited. */
  at: Unit | null
  reasons: readonly Reason[]
}

const slotsFor = (store: Store, controlId: string, unit: Unit): Slot[] =>
  placesOf(store, unit).flatMap((place) => store.placed.get(controlId)?.get(place) ?? [])

const timelinesOf = (store: Store, check: Check): Timeline[] => [
  ...(store.timelines.get(check.id)?.values() ?? []),
]

const within = (store: Store, unit: Unit, day: number) => (timeline: Timeline) => {
  const resource = store.resources.get(timeline.resourceId)
  return resource !== undefined && isInside(store, resource, unit, day)
}

/** Why there is nothing: it ended, or it never was. */
function absence(slots: readonly Slot[], day: number): Reason[] {
  const ended = slots.flatMap(({ fact }) =>
    (fact?.stances ?? [])
      .filter((stance) => lastDay(stance.to) < day)
      .map((stance): Reason & { on: string } => ({
        code: 'control.ended',
        implementationId: fact?.id ?? '',
        on: stance.to ?? '',
      })),
  )
  const last = ended.sort((a, b) => (a.on > b.on ? -1 : 1))[0]
  return last ? [last] : [{ code: 'control.none' }]
}

function checkReasons(store: Store, controlId: string, unit: Unit, day: number): Reason[] {
  return checksOn(store, controlId).flatMap((check) => {
    const timelines = timelinesOf(store, check).filter(within(store, unit, day))
    if (lastDay(check.to) < day)
      return timelines.some((timeline) => findingOn(timeline, day) !== null)
        ? [{ code: 'check.ended', checkId: check.id, on: check.to ?? '' }]
        : []
    if (!inForce(check, day)) return []
    return timelines.flatMap((timeline) => {
      const finding = findingOn(timeline, day)
      return finding === null ? [] : [findingReason(timeline, finding)]
    })
  })
}

function operatingReasons(store: Store, { slot, fact }: Declared, unit: Unit, day: number): Reason[] {
  const { id: implementationId, controlId, frequency } = fact
  const rounds = occurrenceReasons(slot.rounds, day)
  if (rounds.length === 0 && frequency !== null) rounds.push({ code: 'occurrence.none', implementationId })
  const said = [
    ...evidenceReasons(slot.evidence, day),
    ...rounds,
    ...checkReasons(store, controlId, unit, day),
  ]
  return said.length > 0 ? said : [{ code: 'control.nothing-shown', implementationId }]
}

/** The state of a control at a unit on a day, with its reasons down to evidence, occurrences and results. */
export function controlAnswer(store: Store, controlId: string, unit: Unit, day: number): ControlAnswer {
  const found = declared(store, controlId, placesOf(store, unit), day)
  if (found === null) {
    const reasons = absence(slotsFor(store, controlId, unit), day)
    return { controlId, state: controlStateOf(absent), implementationId: null, at: null, reasons }
  }
  const { id: implementationId, entityId, serviceId } = found.fact
  const { stance, reason } = found.stance
  const reasons: Reason[] =
    stance === 'operating'
      ? operatingReasons(store, found, unit, day)
      : [{ code: `control.${stance}`, implementationId, reason }]
  const state = controlStateOf(controlCode(store, controlId, unit, day))
  return { controlId, state, implementationId, at: { entityId, serviceId }, reasons: inOrder(reasons) }
}

/** The state alone, as a code. */
export function controlCode(store: Store, controlId: string, unit: Unit, day: number): number {
  const found = declared(store, controlId, placesOf(store, unit), day)
  if (found === null) return absent
  let bits = 0
  for (const check of checksOn(store, controlId))
    if (inForce(check, day))
      for (const timeline of timelinesOf(store, check).filter(within(store, unit, day)))
        bits |= checkBit(timeline, day)
  return withChecks(ownCode(found, day), bits)
}

/** The days on which the state of a control at a unit may change, in no order. */
export function controlTurns(store: Store, controlId: string, unit: Unit): number[] {
  const declarations = slotsFor(store, controlId, unit).flatMap(({ fact, evidence, rounds }) => [
    ...(fact?.stances ?? []).flatMap(turns),
    ...evidenceTurns(evidence),
    ...occurrenceTurns(rounds),
  ])
  const checked = checksOn(store, controlId).flatMap((check) => [
    ...turns(check),
    ...timelinesOf(store, check).flatMap((timeline) => {
      const resource = store.resources.get(timeline.resourceId)
      if (resource === undefined) return []
      return [...turns(resource), ...resource.services.flatMap(turns), ...resultTurns(timeline)]
    }),
  ])
  return [...declarations, ...checked]
}
