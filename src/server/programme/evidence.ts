import { everyOf } from '../../db/loaded.ts'
import { type Evidence, evidence } from '../../evidence/evidence.ts'
import { verdictProblems } from '../../evidence/judgement.ts'
import { contentProblems, repeated, timeProblems } from '../../evidence/rules.ts'
import type { Day } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { type Facts, factsOf, type Known, knownOf, nameOf, refuse } from './evidence-facts.ts'
import { keepTexts } from './evidence-files.ts'
import { type Item, itemsOf } from './evidence-parts.ts'
import { composed, laidOnto } from './evidence-record.ts'
import type { Placed } from './implementations.ts'
import { receivedOf } from './received.ts'
import { bringAll, everyRecord, noteLeft, type Run, refuseLocated, type Wanted } from './run.ts'

/** An item with its facts and its id, before its files are looked at. */
type Prepared = { item: Item; facts: Facts; before: Evidence | undefined; id: Id; replaces: Id | null }

function replacedBy(run: Run, { part, path }: Item, keys: ReadonlyMap<string, Id>): Promise<Id | null> {
  if (part.replaces === null) return Promise.resolve(null)
  const id = keys.get(part.replaces)
  const params = { noun: 'evidence', key: part.replaces }
  return id === undefined
    ? refuse(run, [...path, 'replaces'], 'programme.reference', params)
    : Promise.resolve(id)
}

/** Of items that the file could mean, the one of which the same became, in place of the same item. */
function alike(left: readonly Evidence[], { part }: Item, replaces: Id | null): Evidence | undefined {
  const same = left.filter(
    (one) => one.withdrawn?.on === part.withdrawn?.on && one.disposed?.on === part.disposed?.on,
  )
  const inPlace = (one: Evidence) => one.replaces === replaces
  return same.find(inPlace) ?? left.find(inPlace) ?? same[0] ?? left[0]
}

async function prepared(
  run: Run,
  items: readonly Item[],
  known: Known,
): Promise<{ all: Prepared[]; keys: ReadonlyMap<string, Id> }> {
  const present = Map.groupBy(await everyRecord(run.ctx, evidence), nameOf)
  const keys = new Map<string, Id>()
  const names = new Set<string>()
  const claimed = new Set<Id>()
  const all: Prepared[] = []
  for (const item of items) {
    const facts = await factsOf(run, item, known)
    const name = nameOf(facts)
    const { key, withdrawn, disposed } = item.part
    // Items that look alike are told apart by their keys, or by what became of them.
    const told = [name, key, withdrawn?.on, disposed?.on].join(' ')
    if (names.has(told)) await refuse(run, item.path, 'programme.evidence_twice', {})
    names.add(told)
    const replaced = await replacedBy(run, item, keys)
    const left = (present.get(name) ?? []).filter((one) => !claimed.has(one.id))
    const before = alike(left, item, replaced)
    if (before) claimed.add(before.id)
    const replaces = before?.replaces ?? replaced
    const id = before?.id ?? newId(run.ctx.random)
    if (item.part.key !== undefined) keys.set(item.part.key, id)
    all.push({ item, facts, before, id, replaces })
  }
  return { all, keys }
}

async function wantedOf(run: Run, items: readonly Item[], known: Known) {
  const received = await receivedOf(run.ctx, Object.values(run.files))
  const wanted: Wanted<Evidence>[] = []
  const { all, keys } = await prepared(run, items, known)
  for (const { item, facts, before, id, replaces } of all) {
    const record = before
      ? await laidOnto(run, before, facts, item)
      : await composed(run, facts, item, id, received)
    wanted.push({ key: facts.title, path: item.path, before, after: { ...record, replaces } })
  }
  return { wanted, keys }
}

/** Nothing was taken back or disposed of on a day that has not come. */
const ended = ({ withdrawn, disposed }: Evidence, today: Day): FieldProblem[] =>
  Object.entries({ withdrawn, disposed }).flatMap(([name, act]) =>
    act && act.on > today
      ? [fieldProblem(`/${name}/on`, 'programme.review_future', { day: act.on, today })]
      : [],
  )

/** The evidence that the file names. Verdicts in it are history: the log says who brought them. */
export async function bringEvidence(
  run: Run,
  placed: readonly Placed[],
): Promise<{ saved: Evidence[]; keys: ReadonlyMap<string, Id> }> {
  const { ctx } = run
  const known = await knownOf(run)
  const here = [...(await everyOf(ctx, evidence)).values()]
  const { wanted, keys } = await wantedOf(run, itemsOf(run, placed), known)
  const isKnown = ({ edition, requirement }: Evidence['requirements'][number]) =>
    ctx.catalogue.editions.get(edition)?.requirements.some(({ id }) => id === requirement)
  const problems = ({ before, after }: Wanted<Evidence>): FieldProblem[] => [
    ...(before?.review ? [] : verdictProblems(after, ctx.today)),
    ...(before ? [] : ended(after, ctx.today)),
    ...timeProblems(after, ctx.today),
    ...(before || (run.rehearsal && run.missing.size > 0) ? [] : contentProblems(after)),
    ...repeated('assetIds', after.assetIds),
    ...after.requirements.flatMap((one, index) =>
      isKnown(one) ? [] : [fieldProblem(`/requirements/${index}`, 'record.reference_unknown')],
    ),
  ]
  const needs = ({ before, after }: Wanted<Evidence>) => {
    const scope = { entities: [after.entityId] }
    const shown = after.implementationIds.flatMap((id) => known.byId.get(id)?.entityId ?? [])
    const actions = [
      ...(before ? [] : ['add']),
      ...(after.review && !before?.review ? ['review'] : []),
      ...(after.hold && !before?.hold ? ['hold'] : []),
      ...(after.withdrawn && !before?.withdrawn ? ['withdraw'] : []),
      ...(after.disposed && !before?.disposed ? ['dispose'] : []),
    ]
    return [
      ...actions.map((action) => ({ permission: `evidence.${action}`, scope })),
      // Evidence makes something green: only who answers for that place may say that it does.
      { permission: 'evidence.link', scope: { entities: [...new Set([after.entityId, ...shown])] } },
    ]
  }
  refuseLocated(
    run,
    wanted
      .filter((one) => one.before === undefined)
      .map((one) => ({ path: one.path, problems: problems(one) })),
  )
  if (!run.rehearsal) await keepTexts(run)
  const saved = await bringAll(
    run,
    { type: evidence, created: 'evidence.added', updated: 'evidence.linked', needs, problems },
    wanted,
  )
  const named = new Set(wanted.map(({ after }) => after.id))
  noteLeft(
    run,
    'evidence',
    here.filter((one) => one.withdrawn === null && !named.has(one.id)).map((one) => one.title),
    [],
  )
  return { saved, keys }
}
