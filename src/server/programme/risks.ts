import { issue } from '../../context/issue.ts'
import { obligation } from '../../context/obligation.ts'
import { datedFrom } from '../../kernel/dated.ts'
import { fieldProblem, Problem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { type RiskAcceptance, riskAcceptance } from '../../risks/acceptance.ts'
import { historyProblems } from '../../risks/history.ts'
import type { RiskMethod } from '../../risks/method.ts'
import { methodInForce } from '../../risks/method-rules.ts'
import { type Action, datedOfAction, type Risk, risk } from '../../risks/risk.ts'
import { substanceDigest } from '../../risks/substance.ts'
import { riskOn } from '../../risks/view.ts'
import { formerOf } from './former.ts'
import { bringRiskMethods } from './risk-methods.ts'
import {
  bringAll,
  everyRecord,
  idOf,
  idOrNull,
  laidOver,
  locatedAt,
  noteLeft,
  type Run,
  type Wanted,
} from './run.ts'
import type { RiskPart } from './schema-risks.ts'

type Path = PropertyKey[]
type Keyed = ReadonlyMap<string, Id>
type Known = { issues: Keyed; obligations: Keyed; methods: ReadonlyMap<number, RiskMethod> }

async function idsOf(run: Run, noun: keyof Run['ids'], keys: readonly string[], path: Path): Promise<Id[]> {
  const found: Id[] = []
  for (const [index, key] of keys.entries()) found.push(await idOf(run, noun, key, [...path, index]))
  return found
}

/** Ids of what is here; whatever is not is refused with its place (`unknownNames`). */
const namedIn = (known: Keyed, keys: readonly string[]): Id[] => keys.flatMap((key) => known.get(key) ?? [])

async function assessmentsOf(run: Run, part: RiskPart, path: Path, { methods }: Known) {
  const found: Risk['assessments'] = []
  for (const [index, one] of part.assessments.entries()) {
    const here = [...path, 'assessments', index]
    const method =
      one.method === undefined ? methodInForce([...methods.values()], one.on) : methods.get(one.method)
    const refused =
      one.method === undefined
        ? fieldProblem('/on', 'risk.no_method', { day: one.on })
        : fieldProblem('/method', 'record.reference_unknown')
    const value = ([likelihood, consequence]: readonly [number, number]) => ({
      likelihood: likelihood - 1,
      consequence: consequence - 1,
    })
    found.push({
      ...{ on: one.on, methodId: method?.id ?? (await refuse(run, here, refused)) },
      ...{ inherent: value(one.inherent), current: value(one.current), residual: value(one.residual) },
      ...{ rationale: one.rationale, exception: one.exception },
      personId: await idOrNull(run, 'person', one.by, [...here, 'by']),
    })
  }
  return found
}

const refuse = (run: Run, path: Path, problem: ReturnType<typeof fieldProblem>): Promise<never> =>
  locatedAt(run, path, () => Promise.reject(new Problem('invalid', 'input.invalid', { count: 1 }, [problem])))

/** Nothing where nothing changed: what an action lacks is not the same as what is empty. */
async function formerOfAction(run: Run, one: RiskPart['actions'][number], path: Path) {
  const former = await formerOf(run, one.former, path)
  return former === null ? {} : { former }
}

async function actionsOf(run: Run, part: RiskPart, path: Path) {
  const found: Risk['actions'] = []
  for (const [index, one] of part.actions.entries()) {
    const here = [...path, 'actions', index]
    found.push({
      ...{ key: one.key, name: one.name, plannedOn: one.planned, dueOn: one.due, doneOn: one.done },
      ...{ dropped: one.dropped, cost: one.cost },
      ownerId: await idOrNull(run, 'person', one.owner, [...here, 'owner']),
      controlId: await idOrNull(run, 'control', one.control, [...here, 'control']),
      ...(await formerOfAction(run, one, here)),
    })
  }
  return found
}

const inOrder = <T>(list: T[], dayOf: (one: T) => string): T[] =>
  list.sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0))

/** The actions of the file over those that are here; what changed of whose they are and by when is dated. */
async function laidActions(run: Run, part: RiskPart, path: Path, present: readonly Action[]) {
  const wanted = await actionsOf(run, part, path)
  return laidOver(present, wanted, (a, b) => a.key === b.key).map((one) => {
    const before = present.find((each) => each.key === one.key)
    return before ? datedFrom(before, one, datedOfAction, run.ctx.today) : one
  })
}

async function historyOf(run: Run, part: RiskPart, path: Path, known: Known, before?: Risk) {
  const treatments: Risk['treatments'] = []
  for (const [index, { from, option, why, controls }] of part.treatments.entries()) {
    const here = [...path, 'treatments', index, 'controls']
    treatments.push({ from, option, why, controlIds: await idsOf(run, 'control', controls, here) })
  }
  const reviews: Risk['reviews'] = []
  for (const [index, { on, by, note }] of part.reviews.entries())
    reviews.push({ on, note, personId: await idOf(run, 'person', by, [...path, 'reviews', index, 'by']) })
  const assessments = await assessmentsOf(run, part, path, known)
  return {
    assessments: inOrder(
      laidOver(before?.assessments ?? [], assessments, (a, b) => a.on === b.on),
      (one) => one.on,
    ),
    treatments: inOrder(
      laidOver(before?.treatments ?? [], treatments, (a, b) => a.from === b.from),
      (one) => one.from,
    ),
    actions: await laidActions(run, part, path, before?.actions ?? []),
    reviews: inOrder(
      laidOver(before?.reviews ?? [], reviews, (a, b) => a.on === b.on && a.personId === b.personId),
      (one) => one.on,
    ),
  }
}

async function wantedOf(run: Run, part: RiskPart, at: number, known: Known, before?: Risk) {
  const path = ['risks', at]
  const { code, name, scenario, approach, threat, vulnerability, affects } = part
  const after: Risk = {
    ...{ id: before?.id ?? newId(run.ctx.random), version: before?.version ?? 0 },
    ...{ code, name, scenario, approach, threat, vulnerability, affects },
    entityId: await idOf(run, 'entity', part.entity, [...path, 'entity']),
    serviceIds: await idsOf(run, 'service', part.services, [...path, 'services']),
    assetIds: await idsOf(run, 'asset', part.assets, [...path, 'assets']),
    issueIds: namedIn(known.issues, part.issues),
    obligationIds: namedIn(known.obligations, part.obligations),
    ownerId: await idOrNull(run, 'person', part.owner, [...path, 'owner']),
    identifiedOn: part.identified,
    ...(await historyOf(run, part, path, known, before)),
    ...{ reviewMonths: part.reviewMonths, quantity: part.quantity },
    ...closureOf(part, before ?? null),
    former: before ? before.former : await formerOf(run, part.former, path),
  }
  return { key: code, path, before, after } satisfies Wanted<Risk>
}

/** A closing that somebody took back since is not brought again by the file that brought it. */
function closureOf(part: RiskPart, before: Risk | null): Pick<Risk, 'closed' | 'reopened'> {
  const reopened = part.reopened.length > 0 ? part.reopened : (before?.reopened ?? [])
  const isOver = reopened.some(({ closed }) => closed.on === part.closed?.on)
  return { closed: (isOver ? null : part.closed) ?? before?.closed ?? null, reopened }
}

const unknownNames = (part: RiskPart | undefined, known: Known) => [
  ...(part?.issues ?? []).flatMap((key, index) =>
    known.issues.has(key)
      ? []
      : [fieldProblem(`/issues/${index}`, 'programme.reference', { noun: 'issue', key })],
  ),
  ...(part?.obligations ?? []).flatMap((key, index) =>
    known.obligations.has(key)
      ? []
      : [fieldProblem(`/obligations/${index}`, 'programme.reference', { noun: 'obligation', key })],
  ),
]

/** What was accepted on a day is what stood on it. An acceptance in a file is history: the log says who brought it. */
async function bringAcceptances(run: Run, risks: ReadonlyMap<string, Risk>): Promise<void> {
  const { ctx, programme: file } = run
  const present = await everyRecord(ctx, riskAcceptance)
  const wanted: Wanted<RiskAcceptance>[] = []
  for (const [at, part] of file.risks.entries()) {
    const one = risks.get(part.code)
    if (one === undefined) continue
    for (const [index, { by, ...given }] of part.acceptances.entries()) {
      const path = ['risks', at, 'acceptances', index]
      const personId = await idOf(run, 'person', by, [...path, 'by'])
      const before = present.find(
        (each) => each.riskId === one.id && each.on === given.on && each.personId === personId,
      )
      const view = riskOn(one, given.on)
      const substance = before?.substance ?? (view && substanceDigest(view))
      if (substance === null) await refuse(run, path, fieldProblem('/on', 'risk_acceptance.nothing'))
      const after: RiskAcceptance = {
        ...{ id: before?.id ?? newId(ctx.random), version: before?.version ?? 0, riskId: one.id },
        ...{
          riskVersion: before?.riskVersion ?? one.version,
          substance: substance ?? '',
          personId,
          ...given,
        },
      }
      wanted.push({ key: `${part.code} ${given.on}`, path, before, after })
    }
  }
  const entityOf = new Map([...risks.values()].map((one) => [one.id, one.entityId]))
  await bringAll(
    run,
    {
      ...{ type: riskAcceptance, created: 'risk.accepted', updated: 'risk.acceptance_revoked' },
      needs: ({ after }) => [
        { permission: 'risk-acceptance.accept', scope: { entities: [entityOf.get(after.riskId) ?? ''] } },
      ],
      problems: ({ after }) =>
        after.on > ctx.today
          ? [fieldProblem('/on', 'risk.in_future', { day: after.on, today: ctx.today })]
          : [],
    },
    wanted,
  )
}

/** Risks as the file says, with the method by which they were judged and what their owners accepted. */
export async function bringRisks(run: Run): Promise<void> {
  const { ctx, programme: file } = run
  const methods = await bringRiskMethods(run)
  const present = new Map((await everyRecord(ctx, risk)).map((one) => [one.code, one]))
  if (file.risks.length === 0) return noteLeft(run, risk.noun, present.keys(), [])
  const known: Known = {
    methods,
    issues: new Map((await everyRecord(ctx, issue)).map((one) => [one.key, one.id])),
    obligations: new Map((await everyRecord(ctx, obligation)).map((one) => [one.key, one.id])),
  }
  const wanted: Wanted<Risk>[] = []
  for (const [at, part] of file.risks.entries())
    wanted.push(await wantedOf(run, part, at, known, present.get(part.code)))
  const byId = new Map([...methods.values()].map((one) => [one.id, one]))
  const partOf = new Map(file.risks.map((part) => [part.code, part]))
  const saved = await bringAll(
    run,
    {
      ...{ type: risk, created: 'risk.identified', updated: 'risk.updated' },
      needs: ({ before, after }) => {
        const scope = { entities: [...new Set([before?.entityId ?? after.entityId, after.entityId])] }
        return [
          { permission: before ? 'risk.update' : 'risk.create', scope },
          ...(after.closed && !before?.closed ? [{ permission: 'risk.close', scope }] : []),
        ]
      },
      problems: ({ after }) => [
        ...unknownNames(partOf.get(after.code), known),
        ...historyProblems(after, byId, ctx.today),
      ],
    },
    wanted,
  )
  await bringAcceptances(run, new Map(saved.map((one) => [one.code, one])))
  noteLeft(
    run,
    risk.noun,
    present.keys(),
    file.risks.map((part) => part.code),
  )
}
