import { asset } from '../../assets/asset.ts'
import { issue } from '../../context/issue.ts'
import { obligation } from '../../context/obligation.ts'
import { control } from '../../controls/control.ts'
import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import { type RiskAcceptance, riskAcceptance } from '../../risks/acceptance.ts'
import { type RiskMethod, riskMethod } from '../../risks/method.ts'
import { type Risk, type RiskValue, risk } from '../../risks/risk.ts'
import { substanceDigest } from '../../risks/substance.ts'
import { riskOn } from '../../risks/view.ts'
import { formerParts } from './former.ts'
import { everyRecord } from './run.ts'
import type { Names } from './write-programmes.ts'

type Keys = ReadonlyMap<Id, string>
type All = Names & {
  assets: Keys
  controls: Keys
  issues: Keys
  obligations: Keys
  methods: ReadonlyMap<Id, number>
}

const keysOf = (records: readonly { id: Id; key: string }[]): Keys =>
  new Map(records.map((one) => [one.id, one.key]))

const known = (ids: readonly Id[], keys: Keys) => ids.flatMap((id) => keys.get(id) ?? [])

function methodPart(one: RiskMethod, { people }: Names) {
  const { id: _i, version: _v, authorIds, draftedOn, approval, ...content } = one
  return {
    ...content,
    authors: known(authorIds, people),
    drafted: draftedOn,
    approved: approval && { by: people.get(approval.personId), on: approval.on },
  }
}

/** A version whose author or approver has left cannot be brought by a file, nor what was judged by it. */
export async function riskMethodParts(ctx: Context, names: Names) {
  return (await everyRecord(ctx, riskMethod))
    .filter((one) => one.authorIds.every((id) => names.people.has(id)))
    .filter(({ approval }) => approval === null || names.people.has(approval.personId))
    .sort((a, b) => a.number - b.number)
    .map((one) => methodPart(one, names))
}

const levels = ({ likelihood, consequence }: RiskValue) => [likelihood + 1, consequence + 1]

/** Acceptances that a file can bring: of exactly what the risk's history says stood on their day. */
function acceptanceParts(one: Risk, all: readonly RiskAcceptance[], people: Keys) {
  return all
    .filter((each) => people.has(each.personId))
    .filter((each) => {
      const view = riskOn(one, each.on)
      return view !== null && substanceDigest(view) === each.substance
    })
    .map(({ personId, on, until, note, revoked }) => ({ by: people.get(personId), on, until, note, revoked }))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
}

function riskPart(one: Risk, acceptances: readonly RiskAcceptance[], names: All) {
  const { people } = names
  return {
    ...{ code: one.code, name: one.name, scenario: one.scenario, approach: one.approach },
    ...{ threat: one.threat, vulnerability: one.vulnerability, affects: one.affects },
    entity: names.entities.get(one.entityId),
    services: known(one.serviceIds, names.services),
    assets: known(one.assetIds, names.assets),
    issues: known(one.issueIds, names.issues),
    obligations: known(one.obligationIds, names.obligations),
    owner: one.ownerId && people.get(one.ownerId),
    ...formerParts(one.former, people),
    identified: one.identifiedOn,
    assessments: one.assessments.map(({ methodId, personId, inherent, current, residual, ...rest }) => ({
      ...rest,
      method: names.methods.get(methodId),
      ...{ inherent: levels(inherent), current: levels(current), residual: levels(residual) },
      by: personId && people.get(personId),
    })),
    treatments: one.treatments.map(({ controlIds, ...rest }) => ({
      ...rest,
      controls: known(controlIds, names.controls),
    })),
    actions: one.actions.map(({ ownerId, controlId, plannedOn, dueOn, doneOn, former, ...rest }) => ({
      ...rest,
      owner: ownerId && people.get(ownerId),
      ...formerParts(former, people),
      ...{ planned: plannedOn, due: dueOn, done: doneOn },
      control: controlId && names.controls.get(controlId),
    })),
    reviews: one.reviews.flatMap(({ on, personId, note }) =>
      people.has(personId) ? [{ on, by: people.get(personId), note }] : [],
    ),
    ...{ reviewMonths: one.reviewMonths, quantity: one.quantity, closed: one.closed },
    ...(one.reopened.length > 0 ? { reopened: one.reopened } : {}),
    acceptances: acceptanceParts(one, acceptances, people),
  }
}

export async function riskParts(ctx: Context, names: Names) {
  const acceptances = Map.groupBy(await everyRecord(ctx, riskAcceptance), (one) => one.riskId)
  const all: All = {
    ...names,
    assets: keysOf(await everyRecord(ctx, asset)),
    controls: new Map((await everyRecord(ctx, control)).map((one) => [one.id, one.code])),
    issues: keysOf(await everyRecord(ctx, issue)),
    obligations: keysOf(await everyRecord(ctx, obligation)),
    methods: new Map((await everyRecord(ctx, riskMethod)).map((one) => [one.id, one.number])),
  }
  return (await everyRecord(ctx, risk))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((one) => riskPart(one, acceptances.get(one.id) ?? [], all))
}
