import { type Arrangement, arrangement } from '../../calendar/arrangement.ts'
import { reminder } from '../../calendar/reminder.ts'
import { calendarRules } from '../../calendar/rules.ts'
import { control } from '../../controls/control.ts'
import { implementation } from '../../controls/implementation.ts'
import { occurrence } from '../../controls/occurrence.ts'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import type { Id } from '../../kernel/id.ts'
import { programme } from '../../programmes/programme.ts'
import { everyRecord } from './run.ts'
import type { DueNamed } from './schema-calendar.ts'
import type { Names } from './write-programmes.ts'

/** Arrangements that still arrange something. */
const standing = async (ctx: Context): Promise<Arrangement[]> =>
  (await everyRecord(ctx, arrangement)).filter((one) => one.assigneeId !== null || one.snoozedUntil !== null)

const aboutEvidence = /^evidence(?:-review)?:(.+)$/

/** Items of evidence about which something is arranged: the file has to name them. */
export async function arrangedEvidence(ctx: Context): Promise<ReadonlySet<Id>> {
  const all = await standing(ctx)
  return new Set(all.flatMap(({ subject }) => aboutEvidence.exec(subject)?.[1] ?? []))
}

type Keys = ReadonlyMap<Id, string>

/** What is due by the names of the file; null for what a file cannot bring, such as a request for a report. */
async function namesOfDue(ctx: Context, names: Names, items: Keys) {
  const controls = await everyOf(ctx, control)
  const implementations = await everyOf(ctx, implementation)
  const occurrences = await everyOf(ctx, occurrence)
  const programmes = await everyOf(ctx, programme)
  const occurrenceOf = (id: Id): DueNamed | null => {
    const one = occurrences.get(id)
    const of = one && implementations.get(one.implementationId)
    const code = of && controls.get(of.controlId)?.code
    const entity = of && names.entities.get(of.entityId)
    // Several events of one day have no name that tells them apart, nor has what was taken off the plan.
    if (!one || !of || !code || !entity || one.trigger !== null || one.cancelled !== null) return null
    const service = of.serviceId === null ? null : (names.services.get(of.serviceId) ?? null)
    const place = { control: code, entity, service, ended: of.endedOn, period: one.periodFrom }
    return { kind: 'occurrence', occurrence: place }
  }
  return (subject: string): DueNamed | null => {
    const [kind = '', id = '', ...rest] = subject.split(':')
    const step = rest.join(':')
    switch (kind) {
      case 'occurrence':
        return occurrenceOf(id)
      case 'evidence':
      case 'evidence-review': {
        const item = items.get(id)
        return item === undefined ? null : { kind, item }
      }
      case 'control-review': {
        const code = controls.get(id)?.code
        return code === undefined ? null : { kind, control: code }
      }
      case 'certificate': {
        const key = names.certificates.get(id)
        return key === undefined ? null : { kind, certificate: key, step }
      }
      case 'programme-audit':
      case 'programme-cycle': {
        const key = programmes.get(id)?.key
        return key === undefined ? null : { kind, programme: key, step }
      }
      default:
        return null
    }
  }
}

const inOrder = <T>(parts: readonly T[]): T[] =>
  parts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

export async function calendarParts(ctx: Context, names: Names, items: Keys) {
  const named = await namesOfDue(ctx, names, items)
  const [rules] = await everyRecord(ctx, calendarRules)
  const reminders = await everyRecord(ctx, reminder)
  const arrangements = (await standing(ctx)).flatMap((one) => {
    const due = named(one.subject)
    // Handed to somebody who has left: the file knows nobody to hand it to.
    const assignee = one.assigneeId && (names.people.get(one.assigneeId) ?? null)
    if (due === null || (assignee === null && one.snoozedUntil === null)) return []
    return [
      {
        due,
        entity: one.entityId && names.entities.get(one.entityId),
        ...{ assignee, until: one.snoozedUntil, reason: one.reason },
        by: one.personId && names.people.get(one.personId),
      },
    ]
  })
  return {
    rules: rules && (({ id: _, version: __, ...said }) => said)(rules),
    reminders: inOrder(
      reminders.flatMap(({ personId, digest, language }) => {
        const person = names.people.get(personId)
        return person === undefined ? [] : [{ person, digest, language }]
      }),
    ),
    arrangements: inOrder(arrangements),
  }
}
