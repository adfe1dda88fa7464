import { sql } from 'kysely'
import { asset } from '../../src/assets/asset.ts'
import { createAsset, updateAsset } from '../../src/assets/server/commands.ts'
import { setAssetScale } from '../../src/assets/server/scale-commands.ts'
import { getAssetScale } from '../../src/assets/server/scale-queries.ts'
import { arrangement } from '../../src/calendar/arrangement.ts'
import { feed } from '../../src/calendar/feed.ts'
import { clearArrangement, delegateDue, snoozeDue } from '../../src/calendar/server/arrange-commands.ts'
import { createFeed, revokeFeed } from '../../src/calendar/server/feed-commands.ts'
import { listDue } from '../../src/calendar/server/queries.ts'
import { getReminder, setReminder } from '../../src/calendar/server/reminder-commands.ts'
import { setCalendarRules } from '../../src/calendar/server/rules-commands.ts'
import { getCalendarRules } from '../../src/calendar/server/rules-queries.ts'
import { check } from '../../src/checks/check.ts'
import { collectionFormat } from '../../src/checks/collection.ts'
import { createCheck, endCheck, runCheck, updateCheck } from '../../src/checks/server/commands.ts'
import { pushCollection } from '../../src/checks/server/push.ts'
import { control } from '../../src/controls/control.ts'
import { implementation } from '../../src/controls/implementation.ts'
import { occurrence } from '../../src/controls/occurrence.ts'
import {
  adoptControls,
  createControl,
  retireControl,
  reviewControl,
  updateControl,
} from '../../src/controls/server/commands.ts'
import {
  createImplementation,
  endImplementation,
  updateImplementation,
} from '../../src/controls/server/implementation-commands.ts'
import {
  cancelOccurrence,
  explainMissed,
  performOccurrence,
  planOccurrences,
  raiseOccurrence,
} from '../../src/controls/server/occurrence-commands.ts'
import type { Context } from '../../src/db/context.ts'
import { reading } from '../../src/db/transaction.ts'
import { evidence } from '../../src/evidence/evidence.ts'
import { addEvidence, reviseEvidence } from '../../src/evidence/server/commands.ts'
import {
  disposeEvidence,
  holdEvidence,
  releaseEvidence,
  retainEvidence,
  withdrawEvidence,
} from '../../src/evidence/server/keeping-commands.ts'
import { linkEvidence, unlinkEvidence } from '../../src/evidence/server/link-commands.ts'
import { reviewEvidence } from '../../src/evidence/server/review-commands.ts'
import type { Command } from '../../src/kernel/command.ts'
import { addDays } from '../../src/kernel/day.ts'
import type { RecordOf, RecordType } from '../../src/kernel/record.ts'
import { erase, requestErasure } from '../../src/log/server/erase.ts'
import { addPerson } from '../../src/people/server/commands.ts'
import { giveGrant } from '../../src/people/server/grant-commands.ts'
import { programme } from '../../src/programmes/programme.ts'
import {
  createProgramme,
  decideApplicability,
  endProgramme,
  updateProgramme,
} from '../../src/programmes/server/commands.ts'
import { takeIn } from '../../src/server/evidence-intake.ts'
import { answer, execute } from '../../src/server/execute.ts'
import type { Caller } from '../../src/server/runtime.ts'
import { sentFile } from '../support/evidence.ts'
import type { Programme } from '../support/trust-world.ts'
import { grantAll, type World } from '../support/world.ts'
import type { Step, Work } from './replay-steps.ts'

/** In an order in which each can find something to work on; what ends things comes last. */
export const workDoings = [
  'add asset',
  'change asset',
  'erase',
  'set scale',
  'adopt control',
  'add control',
  'change control',
  'review control',
  'carry out',
  'change carrying out',
  'plan',
  'perform',
  'raise',
  'explain',
  'cancel',
  'add programme',
  'change programme',
  'decide',
  'add check',
  'change check',
  'push',
  'run check',
  'add evidence',
  'revise evidence',
  'link evidence',
  'unlink evidence',
  'review evidence',
  'retain evidence',
  'hold evidence',
  'release evidence',
  'hand on',
  'put aside',
  'clear arrangement',
  'make feed',
  'end feed',
  'set rules',
  'set reminder',
  'withdraw evidence',
  'dispose of evidence',
  'end check',
  'end carrying out',
  'retire control',
  'end programme',
] as const

export type WorkDoing = (typeof workDoings)[number]

const today = '2023-07-31'
const libraryIds = ['ACC-02', 'ACC-03', 'ACC-06', 'OPS-05', 'MON-02', 'VUL-01']
const editions = ['iso27001-2022', 'tsc-2017'] as const
const requirements = { 'iso27001-2022': ['A.5.1', 'A.5.7', 'A.8.5'], 'tsc-2017': ['CC1.1', 'CC6.1', 'CC7.2'] }

let counter = 0

/** The records of a type as they are now, in the order of their ids, with the fields that a record has. */
async function recordsOf<R extends RecordType>(
  world: World,
  organisationId: string,
  type: R,
): Promise<RecordOf<R>[]> {
  const { rows } = await reading(world.database, organisationId, (tx) =>
    sql<Record<string, unknown>>`select * from ${sql.table(type.table)} order by id`.execute(tx),
  )
  // A table may have generated columns, which are no part of a record.
  const fields = Object.keys(type.schema.shape)
  return rows.map(
    (row) => type.schema.parse(Object.fromEntries(fields.map((name) => [name, row[name]]))) as RecordOf<R>,
  )
}

export function workSteps(world: World, { home, author, reviewer }: Programme): Record<WorkDoing, Work> {
  const { runtime } = world
  const { organisationId, root, system } = home
  // Evidence is collected and judged by people who are on record; the author may do everything, and still not judge.
  const own = (caller: Caller): Caller => ({
    ...caller,
    actor: { ...caller.actor, grants: [grantAll('owner')] },
  })
  const [who, other] = [own(author), own(reviewer)]
  const personId = who.actor.id ?? ''
  const does = <I, O>(command: Command<Context, I, O>, input: unknown): Promise<O> =>
    execute(runtime, who, command, input)
  const words = ({ name }: Step) => ({ en: name, ja: `${name}・日本` })
  const dayOf = (step: Step) => addDays('2023-01-01', step.at % 200)
  const one = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)]
  /** Works on a record that `fits`; where none does, on any: what is then refused must leave nothing behind. */
  const on =
    <R extends RecordType>(
      type: R,
      fits: (record: RecordOf<R>) => boolean,
      work: (record: RecordOf<R>, step: Step) => Promise<unknown>,
    ): Work =>
    async (step) => {
      const all = await recordsOf(world, organisationId, type)
      const chosen = one(all.filter(fits), step.at) ?? one(all, step.at)
      return chosen === undefined ? undefined : work(chosen, step)
    }
  const versionOf = ({ id, version }: { id: string; version: number }) => ({ id, version })
  const standing = (item: RecordOf<typeof evidence>) => !item.withdrawn && !item.disposed
  const running = ({ endedOn }: { endedOn: string | null }) => endedOn === null
  const open = ({ retiredOn }: { retiredOn: string | null }) => retiredOn === null
  const assetOf = (step: Step) => ({
    key: `asset-${++counter}`,
    name: words(step),
    kind: 'system',
    entityId: root.id,
    identifiers: [`host-${counter}.example`],
    inUseFrom: null,
    inUseTo: null,
  })
  const controlOf = (step: Step) => ({
    code: `OWN-${++counter}`,
    name: words(step),
    objective: words(step),
    practice: null,
    requirementLinks: [
      {
        edition: editions[0],
        requirement: 'A.5.7',
        relationship: 'subset',
        rationale: 'semantic',
        why: words(step),
      },
    ],
    controlLinks: [],
    together: [],
    ownerId: step.at % 2 ? personId : null,
  })
  const item = async (step: Step) => ({
    title: step.name,
    description: step.name,
    aboutFrom: dayOf(step),
    aboutTo: addDays(dayOf(step), 5),
    collectedOn: addDays(dayOf(step), 5),
    validUntil: addDays(dayOf(step), 90),
    files: [(await sentFile(world, who, `Seen ${++counter}.`, `proof-${counter}.txt`)).id],
  })
  const checkOf = (step: Step, controlId: string) => ({
    key: `check-${++counter}`,
    name: words(step),
    controlId,
    dataKind: 'accounts',
    expression: 'facts.mfa == true',
    severity: 'high',
    everyDays: 1 + (step.at % 30),
    toleranceDays: 1,
    resources: { kinds: [], entityIds: [], serviceIds: [] },
    activeFrom: '2023-01-01',
  })
  const taken = (name: string, text: string) => {
    const bytes = (async function* () {
      yield Buffer.from(text)
    })()
    return takeIn(runtime.objects, { name, type: '', bytes }, 1e6, '/file')
  }
  /** Somebody new who may do anything: those who were there may have left, or lost their roles. */
  const colleague = async (step: Step): Promise<string> => {
    const { id } = await execute(runtime, system, addPerson, {
      name: words(step),
      email: `colleague${++counter}@example.com`,
      ...{ entityId: null, jobTitle: null, state: 'active', accountId: null },
    })
    await does(giveGrant, { personId: id, role: 'manager', entityId: null, certificateId: null })
    return id
  }
  const due = async () => (await answer(runtime, who, listDue([]), { limit: 100 })).items

  return {
    'add asset': (step) => does(createAsset, assetOf(step)),
    'change asset': on(
      asset,
      () => true,
      (record, step) => does(updateAsset, { ...record, name: words(step) }),
    ),
    erase: on(
      asset,
      () => true,
      async ({ id }, step) => {
        const told = await reading(world.database, organisationId, (tx) =>
          tx
            .selectFrom('logEntry')
            .select(['idx', 'statement'])
            .where('recordId', '=', id)
            .orderBy('n')
            .execute(),
        )
        // What a record is now cannot be erased, only what was said of it before.
        const entries = told.slice(0, -1).flatMap(({ idx, statement }) => (statement === null ? [] : [idx]))
        if (entries.length === 0) return undefined
        const about = { subjectNoun: 'asset', subjectId: id, legalBasis: step.name }
        const asked = await execute(runtime, home.manager, requestErasure, { ...about, entries })
        return does(erase, { id: asked.id, version: asked.version })
      },
    ),
    'set scale': async () => {
      const { abilities: _, ...scale } = await answer(runtime, who, getAssetScale, {})
      return does(setAssetScale, scale)
    },
    'adopt control': (step) => does(adoptControls, { controls: [one(libraryIds, step.at)] }),
    'add control': (step) => does(createControl, controlOf(step)),
    'change control': on(
      control,
      open,
      ({ libraryId: _, libraryVersion: __, review: ___, retiredOn: ____, ...record }, step) =>
        does(updateControl, { ...record, name: words(step), reason: step.name }),
    ),
    'review control': on(control, open, (record) => does(reviewControl, versionOf(record))),
    'carry out': on(control, open, ({ id }, step) =>
      does(createImplementation, {
        controlId: id,
        entityId: root.id,
        serviceId: null,
        inheritable: true,
        ownerId: personId,
        description: words(step),
        frequency:
          step.at % 3 === 0
            ? { kind: 'event', trigger: words(step), withinDays: 10 }
            : { kind: 'calendar', every: 'monthly', anchor: '2023-01-01', graceDays: step.at % 9 },
        evidenceDays: 90,
        phases: [{ from: '2023-01-01', stance: 'operating', reason: null }],
      }),
    ),
    'change carrying out': on(implementation, running, ({ endedOn: _, ...record }, step) =>
      does(updateImplementation, { ...record, description: words(step), evidenceDays: 30 + (step.at % 60) }),
    ),
    plan: (step) =>
      execute(runtime, system, planOccurrences, { from: step.at % 2 ? dayOf(step) : '2023-01-01' }),
    perform: on(
      occurrence,
      (record) => record.periodFrom <= today && !record.cancelled,
      (record, step) =>
        does(performOccurrence, {
          ...versionOf(record),
          on: record.periodFrom,
          outcome: step.at % 4 ? 'pass' : 'fail',
          note: step.name,
          personId: null,
        }),
    ),
    raise: on(
      implementation,
      (record) => running(record) && record.frequency?.kind === 'event',
      ({ id }, step) => does(raiseOccurrence, { id, on: dayOf(step), trigger: step.name }),
    ),
    explain: on(
      occurrence,
      (record) => record.dueBy < today && record.attempts.length === 0 && !record.missed && !record.cancelled,
      (record, step) => does(explainMissed, { ...versionOf(record), reason: step.name }),
    ),
    cancel: on(
      occurrence,
      (record) => record.periodFrom > today && !record.cancelled,
      (record, step) => does(cancelOccurrence, { ...versionOf(record), reason: step.name }),
    ),
    'add programme': (step) =>
      does(createProgramme, {
        key: `programme-${++counter}`,
        name: words(step),
        edition: one(editions, step.at),
        categories: step.at % 2 ? ['security'] : [],
        audiences: [],
        entities: [{ entityId: root.id, from: null, to: null }],
        services: [],
        cycles: [{ from: '2023-01-01', to: '2023-12-31', auditOn: '2023-11-01' }],
        ownerId: personId,
        certificateId: null,
      }),
    'change programme': on(programme, running, ({ endedOn: _, ...record }, step) =>
      does(updateProgramme, { ...record, name: words(step) }),
    ),
    decide: on(programme, running, ({ id, edition }, step) =>
      does(decideApplicability, {
        id,
        from: dayOf(step),
        applicable: step.at % 2 === 0,
        justification: words(step),
        requirements: [one(requirements[edition as keyof typeof requirements] ?? [], step.at)],
      }),
    ),
    'add check': on(control, open, ({ id }, step) => does(createCheck, checkOf(step, id))),
    'change check': on(
      check,
      (record) => record.activeTo === null,
      ({ activeTo: _, ...record }, step) => does(updateCheck, { ...record, name: words(step) }),
    ),
    push: async (step) => {
      const assets = await recordsOf(world, organisationId, asset)
      const collection = {
        format: collectionFormat,
        kind: 'accounts',
        tool: { name: 'lister', version: null },
        host: 'collector.example',
        startedAt: '2023-07-31T02:58:00.000Z',
        endedAt: '2023-07-31T02:59:00.000Z',
        items: assets.slice(0, 5).map((each, at) => ({
          ...{ resource: each.identifiers[0], names: [], incomplete: null },
          facts: { mfa: (step.at + at) % 2 === 0, number: ++counter },
        })),
      }
      return does(pushCollection, {
        collection,
        entityId: root.id,
        nonce: null,
        raw: await taken('lister.txt', `What it printed, ${counter}.`),
        data: await taken('collection.json', JSON.stringify(collection)),
      })
    },
    'run check': on(
      check,
      (record) => record.activeTo === null,
      async ({ id }, step) => {
        const items = await recordsOf(world, organisationId, evidence)
        const asked = one(
          items.filter((each) => each.data && standing(each)),
          step.at,
        )
        return asked && does(runCheck, { id, evidenceId: asked.id })
      },
    ),
    'add evidence': async (step) => {
      const places = (await recordsOf(world, organisationId, implementation)).filter(running)
      const place = one(places, step.at)
      return does(addEvidence, {
        ...(await item(step)),
        entityId: root.id,
        implementationIds: place ? [place.id] : [],
      })
    },
    'revise evidence': on(evidence, standing, async (record, step) =>
      does(reviseEvidence, { ...(await item(step)), id: record.id }),
    ),
    'link evidence': on(evidence, standing, async (record, step) => {
      const assets = await recordsOf(world, organisationId, asset)
      const linked = one(
        assets.filter(({ id }) => !record.assetIds.includes(id)),
        step.at,
      )
      return linked && does(linkEvidence, { ...versionOf(record), assetIds: [linked.id] })
    }),
    'unlink evidence': on(
      evidence,
      (record) => standing(record) && record.assetIds.length > 0,
      (record) => does(unlinkEvidence, { ...versionOf(record), assetIds: record.assetIds.slice(0, 1) }),
    ),
    'review evidence': on(evidence, standing, (record, step) =>
      execute(runtime, other, reviewEvidence, {
        ...versionOf(record),
        verdict: step.at % 3 ? 'accepted' : 'rejected',
        note: step.name,
      }),
    ),
    'retain evidence': on(
      evidence,
      (record) => !record.disposed,
      (record, step) =>
        does(retainEvidence, {
          ...versionOf(record),
          retainUntil: addDays('2023-06-01', step.at % 90),
          reason: step.name,
        }),
    ),
    'hold evidence': on(
      evidence,
      (record) => !record.disposed && !record.hold,
      (record, step) => does(holdEvidence, { ...versionOf(record), reason: step.name }),
    ),
    'release evidence': on(
      evidence,
      (record) => record.hold !== null,
      (record, step) => does(releaseEvidence, { ...versionOf(record), reason: step.name }),
    ),
    'hand on': async (step) => {
      const chosen = one(await due(), step.at)
      return (
        chosen &&
        does(delegateDue([]), { subject: chosen.subject, personId: await colleague(step), reason: step.name })
      )
    },
    'put aside': async (step) => {
      const chosen = one(await due(), step.at)
      const until = addDays(today, 1 + (step.at % 90))
      return chosen && does(snoozeDue([]), { subject: chosen.subject, until, reason: step.name })
    },
    'clear arrangement': on(
      arrangement,
      (record) => record.assigneeId !== null || record.snoozedUntil !== null,
      ({ subject }, step) => does(clearArrangement([]), { subject, reason: step.name }),
    ),
    'make feed': (step) => does(createFeed, { reach: step.at % 2 ? 'mine' : 'all', language: 'ja' }),
    'end feed': on(feed, running, ({ id }) => does(revokeFeed, { id })),
    'set rules': async (step) =>
      does(setCalendarRules, {
        version: (await answer(runtime, who, getCalendarRules, {})).version,
        escalationDays: 1 + (step.at % 30),
        leadDays: { occurrence: step.at % 60 },
        digestHour: step.at % 24,
        digest: step.at % 2 === 0,
        language: 'en',
      }),
    'set reminder': async (step) => {
      const { version } = await answer(runtime, who, getReminder, {})
      return does(setReminder, { version, digest: step.at % 2 === 0, language: 'ja' })
    },
    'withdraw evidence': on(evidence, standing, (record, step) =>
      does(withdrawEvidence, { ...versionOf(record), reason: step.name }),
    ),
    'dispose of evidence': on(
      evidence,
      ({ disposed, hold, retainUntil }) => !disposed && !hold && retainUntil !== null && retainUntil < today,
      (record, step) => does(disposeEvidence, { ...versionOf(record), basis: step.name }),
    ),
    'end check': on(
      check,
      (record) => record.activeTo === null,
      (record, step) => does(endCheck, { ...versionOf(record), on: today, reason: step.name }),
    ),
    'end carrying out': on(implementation, running, (record, step) =>
      does(endImplementation, { ...versionOf(record), endedOn: dayOf(step), reason: step.name }),
    ),
    'retire control': async (step) => {
      const places = (await recordsOf(world, organisationId, implementation)).filter(running)
      const all = (await recordsOf(world, organisationId, control)).filter(open)
      const free = one(
        all.filter(({ id }) => !places.some((each) => each.controlId === id)),
        step.at,
      )
      return free && does(retireControl, { ...versionOf(free), on: today, reason: step.name })
    },
    'end programme': on(programme, running, (record, step) =>
      does(endProgramme, { ...versionOf(record), endedOn: today, reason: step.name }),
    ),
  }
}
