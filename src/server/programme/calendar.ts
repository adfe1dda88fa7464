import { type Arrangement, arrangement } from '../../calendar/arrangement.ts'
import { type Reminder, reminder } from '../../calendar/reminder.ts'
import { type CalendarRules, calendarRules } from '../../calendar/rules.ts'
import { fieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { type Known, knownOf, refuse } from './evidence-facts.ts'
import { bringAll, everyRecord, idOf, idOrNull, type Run, type Wanted } from './run.ts'
import type { DueNamed } from './schema-calendar.ts'

type Path = readonly PropertyKey[]
/** Ids of the items of evidence that the file names by their keys. */
type Items = ReadonlyMap<string, Id>

/** What subjects are found by. */
type Around = { items: Items; known: Known }

async function occurrenceOf(
  run: Run,
  named: Extract<DueNamed, { kind: 'occurrence' }>['occurrence'],
  path: Path,
  known: Known,
): Promise<Id> {
  const { control, ended, period } = named
  const place = [
    await idOf(run, 'control', control, [...path, 'control']),
    await idOf(run, 'entity', named.entity, [...path, 'entity']),
    (await idOrNull(run, 'service', named.service, [...path, 'service'])) ?? '',
  ].join(' ')
  const of = known.byPlace.get(ended === null ? place : `${place} ${ended}`)
  if (!of) return refuse(run, path, 'programme.control_place', { control })
  const found = known.periods.get(`${of.id} ${period}`)
  return found ?? (await refuse(run, [...path, 'period'], 'programme.no_period', { day: period }))
}

/** The due thing as the calendar names it. */
async function subjectOf(run: Run, due: DueNamed, path: Path, { items, known }: Around): Promise<string> {
  switch (due.kind) {
    case 'occurrence':
      return `occurrence:${await occurrenceOf(run, due.occurrence, [...path, 'occurrence'], known)}`
    case 'evidence':
    case 'evidence-review': {
      const id = items.get(due.item)
      if (id !== undefined) return `${due.kind}:${id}`
      return refuse(run, [...path, 'item'], 'programme.reference', { noun: 'evidence', key: due.item })
    }
    case 'control-review':
      return `control-review:${await idOf(run, 'control', due.control, [...path, 'control'])}`
    case 'certificate':
      return `certificate:${await idOf(run, 'certificate', due.certificate, [...path, 'certificate'])}:${due.step}`
    default:
      return `${due.kind}:${await idOf(run, 'programme', due.programme, [...path, 'programme'])}:${due.step}`
  }
}

async function bringRules(run: Run): Promise<void> {
  const { ctx } = run
  const { rules } = run.programme.calendar
  if (rules === null) return
  const [before] = await everyRecord(ctx, calendarRules)
  const after: CalendarRules = { ...rules, id: ctx.organisationId, version: before?.version ?? 0 }
  await bringAll(
    run,
    {
      type: calendarRules,
      created: 'calendar_rules.set',
      updated: 'calendar_rules.set',
      needs: () => [{ permission: 'calendar_rules.update', scope: 'organisation' }],
      problems: () => [],
    },
    [{ key: 'rules', path: ['calendar', 'rules'], before, after }],
  )
}

async function bringReminders(run: Run): Promise<void> {
  const { ctx } = run
  const { reminders } = run.programme.calendar
  if (reminders.length === 0) return
  const present = new Map((await everyRecord(ctx, reminder)).map((one) => [one.personId, one]))
  const wanted: Wanted<Reminder>[] = []
  for (const [at, { person, digest, language }] of reminders.entries()) {
    const path = ['calendar', 'reminders', at]
    const personId = await idOf(run, 'person', person, [...path, 'person'])
    const before = present.get(personId)
    const fresh = { id: newId(ctx.random), version: 0, personId }
    wanted.push({ key: person, path, before, after: { ...(before ?? fresh), digest, language } })
  }
  await bringAll(
    run,
    {
      type: reminder,
      created: 'reminder.set',
      updated: 'reminder.set',
      // Each chooses for themself; for others only whoever answers for their records does.
      needs: () => [{ permission: 'person.update', scope: 'organisation' }],
      problems: () => [],
    },
    wanted,
  )
}

/** What was agreed about what is due. What the file does not name stays arranged as it is. */
async function bringArrangements(run: Run, items: Items): Promise<void> {
  const { ctx } = run
  const { arrangements } = run.programme.calendar
  if (arrangements.length === 0) return
  const present = new Map((await everyRecord(ctx, arrangement)).map((one) => [one.subject, one]))
  const wanted: Wanted<Arrangement>[] = []
  // Read once: there may be as many arrangements as occurrences.
  const known = await knownOf(run)
  for (const [at, part] of arrangements.entries()) {
    const path = ['calendar', 'arrangements', at]
    const subject = await subjectOf(run, part.due, [...path, 'due'], { items, known })
    const before = present.get(subject)
    const after: Arrangement = {
      id: before?.id ?? newId(ctx.random),
      version: before?.version ?? 0,
      subject,
      entityId: await idOrNull(run, 'entity', part.entity, [...path, 'entity']),
      assigneeId: await idOrNull(run, 'person', part.assignee, [...path, 'assignee']),
      snoozedUntil: part.until,
      reason: part.reason,
      personId: await idOrNull(run, 'person', part.by, [...path, 'by']),
    }
    wanted.push({ key: subject, path, before, after })
  }
  const rules = {
    type: arrangement,
    needs: ({ after }: Wanted<Arrangement>) => [
      {
        permission: 'arrangement.manage',
        scope: after.entityId === null ? ('organisation' as const) : { entities: [after.entityId] },
      },
    ],
    problems: ({ after }: Wanted<Arrangement>) =>
      after.assigneeId === null && after.snoozedUntil === null
        ? [fieldProblem('', 'programme.nothing_arranged')]
        : [],
  }
  const isHanded = ({ after }: Wanted<Arrangement>) => after.assigneeId !== null
  const [handed, aside] = ['arrangement.delegated', 'arrangement.snoozed']
  await bringAll(run, { ...rules, created: handed, updated: handed }, wanted.filter(isHanded))
  await bringAll(
    run,
    { ...rules, created: aside, updated: aside },
    wanted.filter((one) => !isHanded(one)),
  )
}

/** How people are reminded and what they arranged. Calendar addresses are secrets, and no file makes them. */
export async function bringCalendar(run: Run, items: Items): Promise<void> {
  await bringRules(run)
  await bringReminders(run)
  await bringArrangements(run, items)
}
