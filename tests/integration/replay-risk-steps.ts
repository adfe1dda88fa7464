import { addDays } from '../../src/kernel/day.ts'
import type { RecordOf } from '../../src/kernel/record.ts'
import { isDraft } from '../../src/people/approval.ts'
import { riskAcceptance } from '../../src/risks/acceptance.ts'
import { riskMethod } from '../../src/risks/method.ts'
import { risk } from '../../src/risks/risk.ts'
import { acceptRisk, revokeAcceptance } from '../../src/risks/server/acceptance-commands.ts'
import { changeAction, doAction, dropAction, planAction } from '../../src/risks/server/action-commands.ts'
import { assessRisk, treatRisk } from '../../src/risks/server/assess-commands.ts'
import { changeRisks } from '../../src/risks/server/bulk-commands.ts'
import { closeRisk, createRisk, reopenRisk, reviewRisk, updateRisk } from '../../src/risks/server/commands.ts'
import {
  approveMethod,
  draftMethod,
  startMethod,
  updateMethod,
  withdrawMethod,
} from '../../src/risks/server/method-commands.ts'
import { getRisk } from '../../src/risks/server/record-queries.ts'
import { startingMethod } from '../../src/risks/starting-method.ts'
import { answer } from '../../src/server/execute.ts'
import { dayOf, type Hands, one, today, versionOf, words } from './replay-hands.ts'
import type { Step, Work } from './replay-steps.ts'

export const riskDoings = [
  'start method',
  'change method',
  'approve method',
  'draft method',
  'add risk',
  'change risk',
  'assess',
  'treat',
  'plan action',
  'change action',
  'drop action',
  'accept',
  'review risk',
  'change risks',
] as const

export const riskEndings = [
  'revoke acceptance',
  'do action',
  'close risk',
  'reopen risk',
  'withdraw method',
] as const

export type RiskDoing = (typeof riskDoings)[number] | (typeof riskEndings)[number]

type Risk = RecordOf<typeof risk>

const standing = ({ closed }: Risk) => closed === null
const openAction = ({ actions }: Risk) =>
  actions.find(({ doneOn, dropped }) => doneOn === null && dropped === null)
const acting = (record: Risk) => standing(record) && openAction(record) !== undefined

function methodSteps({ does, on, other }: Hands) {
  return {
    'start method': () => does(startMethod, {}),
    'draft method': (step: Step) =>
      does(draftMethod, { ...startingMethod, name: words(step), effectiveFrom: today }),
    'change method': on(riskMethod, isDraft, (record, step) =>
      does(updateMethod, {
        ...{ ...startingMethod, ...versionOf(record), name: words(step) },
        effectiveFrom: today,
      }),
    ),
    'approve method': on(riskMethod, isDraft, (record) => does(approveMethod, versionOf(record), other)),
    'withdraw method': on(
      riskMethod,
      (record) => record.withdrawn === null && record.number > 1,
      (record, step) => does(withdrawMethod, { ...versionOf(record), reason: step.name }),
    ),
  }
}

const value = (likelihood: number, consequence: number) => ({ likelihood, consequence })

function judgingSteps({ does, on }: Hands) {
  return {
    assess: on(risk, standing, (record, step) =>
      does(assessRisk, {
        ...{ ...versionOf(record), on: today, rationale: step.name, exception: null },
        ...{ inherent: value(4, 4), current: value(3, step.at % 5), residual: value(1, step.at % 3) },
        ...(step.at % 2 ? {} : { exception: step.name }),
      }),
    ),
    treat: on(
      risk,
      (record) => standing(record) && record.assessments.length > 0,
      (record, step) =>
        does(treatRisk, {
          ...{ ...versionOf(record), from: today, option: step.at % 2 ? 'retain' : 'share' },
          ...{ why: words(step), controlIds: [] },
        }),
    ),
    'review risk': on(risk, standing, (record, step) =>
      does(reviewRisk, { ...versionOf(record), note: step.name }),
    ),
    'change risks': on(risk, standing, (record, step) =>
      does(changeRisks, { items: [versionOf(record)], set: { reviewMonths: 1 + (step.at % 24) } }),
    ),
  }
}

function actionSteps({ does, on }: Hands) {
  const keyed = (record: Risk) => ({ ...versionOf(record), key: openAction(record)?.key ?? 'a1' })
  const planned = (step: Step) => ({
    ...{ name: words(step), ownerId: null, dueOn: addDays(today, step.at % 90), controlId: null },
    cost: step.at % 2 ? { amount: step.at, currency: 'JPY' } : null,
  })
  return {
    'plan action': on(risk, standing, (record, step) =>
      does(planAction, { ...versionOf(record), ...planned(step) }),
    ),
    'change action': on(risk, acting, (record, step) =>
      does(changeAction, { ...keyed(record), ...planned(step) }),
    ),
    'do action': on(risk, acting, (record) => does(doAction, { ...keyed(record), on: today })),
    /** One of its own, so that others are left to be done. */
    'drop action': on(risk, standing, async (record, step) => {
      const { id, version, actions } = await does(planAction, { ...versionOf(record), ...planned(step) })
      return does(dropAction, { id, version, key: actions.at(-1)?.key, reason: step.name })
    }),
  }
}

function acceptingSteps({ does, on, all, runtime, callerOf, colleague }: Hands) {
  const written = (record: Risk) => {
    const { assessments: _, treatments: __, actions: ___, reviews: ____, ...open } = record
    const { closed: _____, reopened: ______, ...rest } = open
    return rest
  }
  return {
    /** By an owner who is here: whoever owned it before may have left. */
    accept: on(
      risk,
      (record) => standing(record) && record.treatments.length > 0,
      async (record, step) => {
        const ownerId = await colleague(step)
        const { id, version } = await does(updateRisk, { ...written(record), ownerId })
        const owner = callerOf(ownerId)
        const { substance } = await answer(runtime, owner, getRisk, { id })
        return does(acceptRisk, { id, version, substance, note: step.name }, owner)
      },
    ),
    'revoke acceptance': async (step: Step) => {
      const standingOnes = (await all(riskAcceptance)).filter(({ revoked }) => revoked === null)
      const chosen = one(standingOnes, step.at)
      return chosen && does(revokeAcceptance, { ...versionOf(chosen), reason: step.name })
    },
    'change risk': on(risk, standing, (record, step) =>
      does(updateRisk, { ...written(record), scenario: words(step), reason: step.name }),
    ),
  }
}

export const riskSteps = (hand: Hands): Record<RiskDoing, Work> => ({
  ...methodSteps(hand),
  ...judgingSteps(hand),
  ...actionSteps(hand),
  ...acceptingSteps(hand),
  'add risk': (step: Step) =>
    hand.does(createRisk, {
      ...{ name: words(step), scenario: words(step), approach: 'event', threat: null, vulnerability: null },
      ...{ affects: ['confidentiality'], entityId: hand.root.id, serviceIds: [], assetIds: [], issueIds: [] },
      ...{ obligationIds: [], ownerId: null, identifiedOn: dayOf(step), reviewMonths: null },
      quantity:
        step.at % 2 === 0
          ? null
          : {
              ...{ frequency: { low: 0.25, high: 2 }, loss: { low: 1000, high: 50_000.5 }, currency: 'JPY' },
              ...{ trials: 1000, seed: step.at, why: step.name },
            },
    }),
  'reopen risk': hand.on(
    risk,
    ({ closed }) => closed !== null,
    (record, step) => hand.does(reopenRisk, { ...versionOf(record), reason: step.name }),
  ),
  'close risk': hand.on(
    risk,
    (record) => standing(record) && !acting(record),
    (record, step) => hand.does(closeRisk, { ...versionOf(record), on: today, reason: step.name }),
  ),
})
