import { ismsRole } from '../../src/context/isms-role.ts'
import { issue } from '../../src/context/issue.ts'
import { obligation } from '../../src/context/obligation.ts'
import { party } from '../../src/context/party.ts'
import { scopeStatement } from '../../src/context/scope-statement.ts'
import {
  changeIssues,
  changeObligations,
  changeParties,
  createIssue,
  createObligation,
  createParty,
  endIssue,
  endObligation,
  endParty,
  updateIssue,
  updateObligation,
  updateParty,
} from '../../src/context/server/commands.ts'
import { createRole, handOverRole, updateRole } from '../../src/context/server/role-commands.ts'
import {
  approveScope,
  draftScope,
  editScope,
  withdrawScope,
} from '../../src/context/server/scope-commands.ts'
import { addDays } from '../../src/kernel/day.ts'
import { objective } from '../../src/objectives/objective.ts'
import { reading } from '../../src/objectives/reading.ts'
import {
  assignObjectives,
  createObjective,
  endObjective,
  updateObjective,
} from '../../src/objectives/server/commands.ts'
import { addReading, importReadings } from '../../src/objectives/server/reading-commands.ts'
import { isDraft } from '../../src/people/approval.ts'
import { programme } from '../../src/programmes/programme.ts'
import { createProgramme } from '../../src/programmes/server/commands.ts'
import { dayOf, type Hands, nextNumber, one, today, versionOf, words } from './replay-hands.ts'
import type { Step, Work } from './replay-steps.ts'

export const ismsDoings = [
  'add party',
  'change party',
  'review parties',
  'add issue',
  'change issue',
  'review issues',
  'add obligation',
  'change obligation',
  'review obligations',
  'add role',
  'change role',
  'hand over role',
  'draft scope',
  'edit scope',
  'approve scope',
  'add objective',
  'change objective',
  'assign objective',
  'read',
  'correct reading',
  'import readings',
] as const

export const ismsEndings = [
  'end obligation',
  'end party',
  'end issue',
  'withdraw scope',
  'end objective',
] as const

export type IsmsDoing = (typeof ismsDoings)[number] | (typeof ismsEndings)[number]

export const ismsEdition = 'iso27001-2022'

/** A programme of the management system that runs; made when there is none. */
export async function ismsProgramme({ all, does, root }: Hands, step: Step): Promise<string> {
  const running = (await all(programme)).filter(
    ({ edition, endedOn }) => edition === ismsEdition && endedOn === null,
  )
  const found = one(running, step.at)
  if (found) return found.id
  const made = await does(createProgramme, {
    ...{
      key: `isms-${nextNumber()}`,
      name: words(step),
      edition: ismsEdition,
      categories: [],
      audiences: [],
    },
    entities: [{ entityId: root.id, from: null, to: null }],
    services: [],
    cycles: [{ from: '2023-01-01', to: '2023-12-31', auditOn: null }],
    ...{ ownerId: null, certificateId: null },
  })
  return made.id
}

const lasting = ({ to }: { to: string | null }) => to === null
const keptOf = (step: Step, entityIds: string[]) => ({
  ...{ key: `kept-${nextNumber()}`, name: words(step), entityIds, ownerId: null },
  ...{ reviewMonths: step.at % 2 ? 1 + (step.at % 24) : null, from: '2023-01-01', to: null },
})
const ending = (record: { id: string; version: number }, step: Step) => ({
  ...versionOf(record),
  to: addDays(today, -(step.at % 30)),
  reason: step.name,
})
const looked = (record: { id: string; version: number }, step: Step) => ({
  items: [versionOf(record)],
  change: { reviewMonths: 1 + (step.at % 12), review: { on: dayOf(step), note: step.name } },
})

function contextSteps({ does, on, all, root, colleague }: Hands) {
  const at = (step: Step) => (step.at % 3 ? [root.id] : [])
  /** All but one: a party that something cites cannot end. */
  const citable = async (step: Step) => one((await all(party)).filter(lasting).slice(1), step.at)?.id ?? null
  return {
    'add party': (step: Step) =>
      does(createParty, {
        ...{ ...keptOf(step, at(step)), kind: 'customer' },
        needs: [{ text: words(step), addressed: step.at % 2 === 0, answer: words(step) }],
      }),
    'change party': on(party, lasting, ({ reviews: _, ...record }, step) =>
      does(updateParty, { ...record, name: words(step), reason: step.name }),
    ),
    'review parties': on(party, lasting, (record, step) => does(changeParties, looked(record, step))),
    'end party': async (step: Step) => {
      const cited = new Set((await all(obligation)).map(({ partyId }) => partyId))
      const parties = (await all(party)).filter(lasting)
      const chosen = one(
        parties.filter(({ id }) => !cited.has(id)),
        step.at,
      )
      return chosen && does(endParty, ending(chosen, step))
    },
    'add issue': (step: Step) =>
      does(createIssue, {
        ...{ ...keptOf(step, at(step)), origin: 'external', topic: 'climate' },
        ...{ relevant: step.at % 2 === 0, effect: words(step) },
      }),
    'change issue': on(issue, lasting, ({ reviews: _, ...record }, step) =>
      does(updateIssue, { ...record, effect: words(step), reason: null }),
    ),
    'review issues': on(issue, lasting, (record, step) => does(changeIssues, looked(record, step))),
    'end issue': on(issue, lasting, (record, step) => does(endIssue, ending(record, step))),
    'add obligation': async (step: Step) =>
      does(createObligation, {
        ...{ ...keptOf(step, at(step)), kind: 'legal', source: words(step), jurisdiction: 'JP' },
        ...{ demands: words(step), partyId: await citable(step) },
        ...{ serviceIds: [], requirements: [{ edition: ismsEdition, requirement: 'A.5.31' }] },
      }),
    'change obligation': on(obligation, lasting, ({ reviews: _, ...record }, step) =>
      does(updateObligation, { ...record, demands: words(step), reason: step.name }),
    ),
    'review obligations': on(obligation, lasting, (record, step) =>
      does(changeObligations, looked(record, step)),
    ),
    'end obligation': on(obligation, lasting, (record, step) => does(endObligation, ending(record, step))),
    'add role': async (step: Step) =>
      does(createRole, {
        ...{ key: `role-${nextNumber()}`, name: words(step), responsibilities: words(step), authority: null },
        ...{ clauses: ['5.3 a'], entityId: step.at % 2 ? root.id : null, from: null, to: null },
        holders: [{ personId: await colleague(step), deputyId: null, from: '2023-01-01', to: null }],
      }),
    'change role': on(ismsRole, lasting, (record, step) =>
      does(updateRole, { ...record, authority: words(step), reason: step.name }),
    ),
    'hand over role': on(ismsRole, lasting, async (record, step) =>
      does(handOverRole, {
        ...{ ...versionOf(record), personId: await colleague(step), from: addDays(today, step.at % 30) },
        reason: step.name,
      }),
    ),
  }
}

function scopeSteps(hand: Hands) {
  const { does, on, root, other } = hand
  const contentOf = (step: Step) => ({
    ...{ scope: words(step), boundaries: null, entityIds: [root.id], serviceIds: [], interfaces: [] },
    exclusions: [{ what: words(step), justification: words(step) }],
    effectiveFrom: today,
  })
  return {
    'draft scope': async (step: Step) =>
      does(draftScope, { id: await ismsProgramme(hand, step), ...contentOf(step) }),
    'edit scope': on(scopeStatement, isDraft, (record, step) =>
      does(editScope, { ...versionOf(record), ...contentOf(step) }),
    ),
    'approve scope': on(scopeStatement, isDraft, (record) => does(approveScope, versionOf(record), other)),
    'withdraw scope': on(
      scopeStatement,
      (record) => record.withdrawn === null,
      (record, step) => does(withdrawScope, { ...versionOf(record), reason: step.name }),
    ),
  }
}

function objectiveSteps({ does, on, all, root, colleague }: Hands) {
  return {
    'add objective': (step: Step) =>
      does(createObjective, {
        ...{ key: `objective-${nextNumber()}`, name: words(step), why: words(step), programmeIds: [] },
        ...{ entityIds: step.at % 2 ? [root.id] : [], ownerId: null, plan: words(step) },
        measure: {
          ...{ name: words(step), method: words(step), unit: { en: '%', ja: '%' }, direction: 'up' },
          ...{ everyMonths: 1 + (step.at % 12), measuredById: null, evaluatedById: null },
        },
        targets: [{ by: '2023-12-31', value: step.at / 8, upper: null }],
        ...{ from: '2023-01-01', to: null },
      }),
    'change objective': on(objective, lasting, (record, step) =>
      does(updateObjective, { ...record, plan: words(step), reason: step.name }),
    ),
    'assign objective': on(objective, lasting, async (record, step) =>
      does(assignObjectives, { items: [versionOf(record)], ownerId: await colleague(step), reason: null }),
    ),
    read: on(objective, lasting, ({ id }, step) =>
      does(addReading, {
        ...{ id, on: dayOf(step), value: step.at / 16, source: step.name, note: null, replaces: null },
      }),
    ),
    'correct reading': async (step: Step) => {
      const readings = await all(reading)
      const replaced = new Set(readings.map((each) => each.replaces))
      const wrong = one(
        readings.filter(({ id }) => !replaced.has(id)),
        step.at,
      )
      return (
        wrong &&
        does(addReading, {
          ...{ id: wrong.objectiveId, on: wrong.on, value: step.at / 3, source: step.name, note: step.name },
          replaces: wrong.id,
        })
      )
    },
    'import readings': on(objective, lasting, ({ key }, step) =>
      does(importReadings, {
        ...{ mode: 'apply', columns: ['objective', 'on', 'value', 'source'] },
        rows: [{ row: 2, cells: { objective: key, on: dayOf(step), value: '12.5', source: step.name } }],
        reason: step.name,
      }),
    ),
    'end objective': on(objective, lasting, (record, step) => does(endObjective, ending(record, step))),
  }
}

export const ismsSteps = (hand: Hands): Record<IsmsDoing, Work> => ({
  ...contextSteps(hand),
  ...scopeSteps(hand),
  ...objectiveSteps(hand),
})
