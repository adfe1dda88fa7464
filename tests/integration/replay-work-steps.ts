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
import { addDays } from '../../src/kernel/day.ts'
import type { RecordOf } from '../../src/kernel/record.ts'
import { erase, requestErasure } from '../../src/log/server/erase.ts'
import { updateOnboarding } from '../../src/onboarding/server/commands.ts'
import { getOnboarding } from '../../src/onboarding/server/queries.ts'
import { programme } from '../../src/programmes/programme.ts'
import {
  createProgramme,
  decideApplicability,
  endProgramme,
  updateProgramme,
} from '../../src/programmes/server/commands.ts'
import { answer, execute } from '../../src/server/execute.ts'
import { sentFile } from '../support/evidence.ts'
import type { Programme } from '../support/trust-world.ts'
import type { World } from '../support/world.ts'
import { dayOf, hands, nextNumber, one, today, versionOf, words } from './replay-hands.ts'
import type { Step, Work } from './replay-steps.ts'

/** In an order in which each can find something to work on. */
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
  'carry out at events',
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
  'say beginning',
] as const

/** What ends things: it comes last. */
export const workEndings = [
  'withdraw evidence',
  'dispose of evidence',
  'end check',
  'end carrying out',
  'retire control',
  'end programme',
] as const

export type WorkDoing = (typeof workDoings)[number] | (typeof workEndings)[number]

const libraryIds = ['ACC-02', 'ACC-03', 'ACC-06', 'OPS-05', 'MON-02', 'VUL-01']
const editions = ['iso27001-2022', 'tsc-2017'] as const
const requirements = { 'iso27001-2022': ['A.5.1', 'A.5.7', 'A.8.5'], 'tsc-2017': ['CC1.1', 'CC6.1', 'CC7.2'] }

export function workSteps(world: World, programmeOf: Programme): Record<WorkDoing, Work> {
  const { runtime, root, system, who, other, does, all, on, colleague, taken } = hands(world, programmeOf)
  const { home } = programmeOf
  const { organisationId } = home
  const personId = who.actor.id ?? ''
  const standing = (item: RecordOf<typeof evidence>) => !item.withdrawn && !item.disposed
  const running = ({ endedOn }: { endedOn: string | null }) => endedOn === null
  const open = ({ retiredOn }: { retiredOn: string | null }) => retiredOn === null
  const assetOf = (step: Step) => ({
    key: `asset-${nextNumber()}`,
    name: words(step),
    kind: 'system',
    entityId: root.id,
    identifiers: [`host-${nextNumber()}.example`],
    inUseFrom: null,
    inUseTo: null,
  })
  const controlOf = (step: Step) => ({
    code: `OWN-${nextNumber()}`,
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
    files: [(await sentFile(world, who, `Seen ${nextNumber()}.`, `proof-${nextNumber()}.txt`)).id],
  })
  const implementationOf = (step: Step, controlId: string, frequency: object) => ({
    ...{ controlId, entityId: root.id, serviceId: null, inheritable: true, ownerId: personId },
    ...{ description: words(step), frequency, evidenceDays: 90 },
    phases: [{ from: '2023-01-01', stance: 'operating', reason: null }],
  })
  const checkOf = (step: Step, controlId: string) => ({
    key: `check-${nextNumber()}`,
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
      does(
        createImplementation,
        implementationOf(step, id, {
          ...{ kind: 'calendar', every: 'monthly', anchor: '2023-01-01', graceDays: step.at % 9 },
        }),
      ),
    ),
    'carry out at events': on(control, open, ({ id }, step) =>
      does(
        createImplementation,
        implementationOf(step, id, { kind: 'event', trigger: words(step), withinDays: 10 }),
      ),
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
        key: `programme-${nextNumber()}`,
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
      const assets = await all(asset)
      const collection = {
        format: collectionFormat,
        kind: 'accounts',
        tool: { name: 'lister', version: null },
        host: 'collector.example',
        startedAt: '2023-07-31T02:58:00.000Z',
        endedAt: '2023-07-31T02:59:00.000Z',
        items: assets.slice(0, 5).map((each, at) => ({
          ...{ resource: each.identifiers[0], names: [], incomplete: null },
          facts: { mfa: (step.at + at) % 2 === 0, number: nextNumber() },
        })),
      }
      return does(pushCollection, {
        collection,
        entityId: root.id,
        nonce: null,
        raw: await taken('lister.txt', `What it printed, ${nextNumber()}.`),
        data: await taken('collection.json', JSON.stringify(collection)),
      })
    },
    'run check': on(
      check,
      (record) => record.activeTo === null,
      async ({ id }, step) => {
        const items = await all(evidence)
        const asked = one(
          items.filter((each) => each.data && standing(each)),
          step.at,
        )
        return asked && does(runCheck, { id, evidenceId: asked.id })
      },
    ),
    'add evidence': async (step) => {
      const places = (await all(implementation)).filter(running)
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
      const assets = await all(asset)
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
    'say beginning': async (step) => {
      const { version } = await answer(runtime, who, getOnboarding, {})
      return does(updateOnboarding, {
        ...{ version, scopeEntityIds: [], scopeServiceIds: [] },
        ...{ skipped: step.at % 2 ? ['people' as const] : [], putAway: step.at % 3 === 0 },
      })
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
      const places = (await all(implementation)).filter(running)
      const standingOnes = (await all(control)).filter(open)
      const free = one(
        standingOnes.filter(({ id }) => !places.some((each) => each.controlId === id)),
        step.at,
      )
      return free && does(retireControl, { ...versionOf(free), on: today, reason: step.name })
    },
    'end programme': on(programme, running, (record, step) =>
      does(endProgramme, { ...versionOf(record), endedOn: today, reason: step.name }),
    ),
  }
}
