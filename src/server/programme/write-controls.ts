import { canonicalize } from '#tlog'
import { type Control, control } from '../../controls/control.ts'
import { type Implementation, implementation } from '../../controls/implementation.ts'
import { type Occurrence, occurrence } from '../../controls/occurrence.ts'
import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import { formerParts } from './former.ts'
import { everyRecord } from './run.ts'
import type { Names } from './write-programmes.ts'

const same = (a: unknown, b: unknown) => canonicalize(a ?? null) === canonicalize(b ?? null)

function occurrencePart(one: Occurrence, names: Names) {
  return {
    ...{ from: one.periodFrom, to: one.periodTo, due: one.dueBy, planned: one.plannedOn },
    trigger: one.trigger,
    attempts: one.attempts.map(({ on, outcome, personId, note }) => ({
      ...{ on, outcome, note },
      by: personId && names.people.get(personId),
    })),
    missed: one.missed && {
      ...{ reason: one.missed.reason, on: one.missed.on },
      by: one.missed.personId && names.people.get(one.missed.personId),
    },
    cancelled: one.cancelled,
  }
}

/** By first day; several of one day, such as those of an event, by what they say. */
const orderOf = (part: ReturnType<typeof occurrencePart>) => `${part.from} ${JSON.stringify(part)}`

function implementationPart(one: Implementation, occurrences: readonly Occurrence[], names: Names) {
  return {
    entity: names.entities.get(one.entityId),
    service: one.serviceId && names.services.get(one.serviceId),
    inheritable: one.inheritable,
    owner: one.ownerId && names.people.get(one.ownerId),
    ...formerParts(one.former, names.people),
    ...{ description: one.description, frequency: one.frequency, evidenceDays: one.evidenceDays },
    ...{ phases: one.phases, ended: one.endedOn },
    occurrences: occurrences
      .map((each) => occurrencePart(each, names))
      .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
  }
}

/** Words that are still those of the library are left out: they come with the adoption. */
function wordsOf(ctx: Context, one: Control) {
  const shipped = one.libraryId === null ? undefined : ctx.catalogue.library.controls.get(one.libraryId)
  const { name, objective, practice, protects } = one
  if (!shipped) return { name, objective, practice, protects }
  return {
    ...(same(name, shipped.title) ? {} : { name }),
    ...(same(objective, shipped.objective) ? {} : { objective }),
    ...(same(practice, shipped.practice) ? {} : { practice }),
    ...(same(protects, shipped.protects) ? {} : { protects }),
  }
}

/** Somebody who left has no key: their review is history that no file can bring. */
function reviewOf({ review }: Control, { people }: Names) {
  if (review === null || !people.has(review.personId)) return null
  return { by: people.get(review.personId), on: review.on }
}

export async function controlParts(ctx: Context, names: Names) {
  const all = (await everyRecord(ctx, control)).toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const codes = new Map<Id, string>(all.map((one) => [one.id, one.code]))
  const carriedOut = Map.groupBy(await everyRecord(ctx, implementation), (one) => one.controlId)
  const planned = Map.groupBy(await everyRecord(ctx, occurrence), (one) => one.implementationId)
  const placeOf = (one: Implementation) =>
    [
      names.entities.get(one.entityId),
      one.serviceId ? names.services.get(one.serviceId) : '',
      // What ended comes before what runs at the same place.
      one.endedOn ?? '9999-12-31',
      one.phases[0]?.from,
    ].join(' ')
  return all.map((one) => ({
    adopt: one.libraryId,
    library: one.libraryVersion,
    code: one.code,
    ...wordsOf(ctx, one),
    owner: one.ownerId && names.people.get(one.ownerId),
    ...formerParts(one.former, names.people),
    reviewed: reviewOf(one, names),
    requirements: one.requirementLinks,
    controls: one.controlLinks.map(({ controlId, ...link }) => ({ control: codes.get(controlId), ...link })),
    together: one.together.map(({ controlIds, ...group }) => ({
      ...group,
      controls: controlIds.map((id) => codes.get(id)),
    })),
    retired: one.retiredOn,
    implementations: (carriedOut.get(one.id) ?? [])
      .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
      .map((each) => implementationPart(each, planned.get(each.id) ?? [], names)),
  }))
}
