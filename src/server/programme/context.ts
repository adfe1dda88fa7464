import { issue } from '../../context/issue.ts'
import type { Kept, Review } from '../../context/kept.ts'
import { obligation } from '../../context/obligation.ts'
import { party } from '../../context/party.ts'
import { issueNoun, obligationNoun, partyNoun } from '../../context/server/commands.ts'
import { type KeptNoun, problemsOf, scopeOfEntities } from '../../context/server/kept-commands.ts'
import type { FieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import type { RecordOf, RecordType } from '../../kernel/record.ts'
import { bringRoles } from './context-roles.ts'
import { bringScopes } from './context-scopes.ts'
import { formerOf } from './former.ts'
import { bringAll, everyRecord, idOf, idOrNull, laidOver, noteLeft, type Run, type Wanted } from './run.ts'
import type { ContextPart, KeptPart, PartOf } from './schema-context.ts'

type Path = readonly PropertyKey[]

/** The parts of one kind, each with its place in the file. */
export const partsOf = <Is extends ContextPart['is']>(run: Run, is: Is) =>
  run.programme.context.flatMap((part, at) =>
    part.is === is ? [{ part: part as PartOf<Is>, path: ['context', at] as Path }] : [],
  )

export async function idsIn(run: Run, noun: keyof Run['ids'], keys: readonly string[], path: Path) {
  const ids: Id[] = []
  for (const [index, key] of keys.entries()) ids.push(await idOf(run, noun, key, [...path, index]))
  return ids
}

async function reviewsOf(run: Run, part: KeptPart, path: Path, before: readonly Review[]): Promise<Review[]> {
  const wanted: Review[] = []
  for (const [index, { on, by, note }] of part.reviews.entries())
    wanted.push({
      on,
      personId: await idOrNull(run, 'person', by, [...path, 'reviews', index, 'by']),
      note,
    })
  const all = laidOver(before, wanted, (a, b) => a.on === b.on && a.note === b.note)
  return all.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

async function keptOf(run: Run, part: KeptPart, path: Path, before: Kept | undefined) {
  const { key, name, reviewMonths, from, to } = part
  return {
    ...{ id: before?.id ?? newId(run.ctx.random), version: before?.version ?? 0, key, name },
    entityIds: await idsIn(run, 'entity', part.entities, [...path, 'entities']),
    ownerId: await idOrNull(run, 'person', part.owner, [...path, 'owner']),
    reviews: await reviewsOf(run, part, path, before?.reviews ?? []),
    ...{ reviewMonths, former: before ? before.former : await formerOf(run, part.former, path), from, to },
  }
}

type Kind<R extends RecordType, Input> = {
  type: R
  noun: KeptNoun<RecordOf<R> & Kept, Input>
}

/** Brings the entries of one kind: their rules are those of a single change. */
async function bringKept<R extends RecordType, Input>(
  run: Run,
  { type, noun }: Kind<R, Input>,
  wanted: readonly Wanted<RecordOf<R> & Kept>[],
  present: ReadonlyMap<string, unknown>,
): Promise<void> {
  const { ctx } = run
  const problems = new Map<Id, FieldProblem[]>()
  for (const { before, after } of wanted)
    if (!before || JSON.stringify(before) !== JSON.stringify(after))
      problems.set(after.id, await problemsOf(ctx, noun, after))
  await bringAll(
    run,
    {
      type,
      ...{ created: `${type.noun}.created`, updated: `${type.noun}.updated` },
      needs: ({ before, after }) => {
        const [old, now] = [before as Kept | undefined, after as unknown as Kept]
        return [
          {
            permission: `${type.noun}.${before ? 'update' : 'create'}`,
            scope: scopeOfEntities(...(old ? [old.entityIds] : []), now.entityIds),
          },
        ]
      },
      problems: ({ after }) => problems.get((after as unknown as Kept).id) ?? [],
    },
    wanted,
  )
  noteLeft(
    run,
    type.noun,
    present.keys(),
    wanted.map((one) => one.key),
  )
}

const byKey = <T extends { key: string }>(all: readonly T[]) => new Map(all.map((one) => [one.key, one]))

async function bringParties(run: Run): Promise<void> {
  const present = byKey(await everyRecord(run.ctx, party))
  const wanted: Wanted<RecordOf<typeof party>>[] = []
  for (const { part, path } of partsOf(run, 'party')) {
    const before = present.get(part.key)
    const needs = part.needs.map(({ text, answer }) => ({ text, addressed: answer !== null, answer }))
    const after = { ...(await keptOf(run, part, path, before)), kind: part.kind, needs }
    wanted.push({ key: part.key, path, before, after })
  }
  await bringKept(run, { type: party, noun: partyNoun }, wanted, present)
}

async function bringIssues(run: Run): Promise<void> {
  const present = byKey(await everyRecord(run.ctx, issue))
  const wanted: Wanted<RecordOf<typeof issue>>[] = []
  for (const { part, path } of partsOf(run, 'issue')) {
    const before = present.get(part.key)
    const { origin, topic, relevant, effect } = part
    const after = { ...(await keptOf(run, part, path, before)), origin, topic, relevant, effect }
    wanted.push({ key: part.key, path, before, after })
  }
  await bringKept(run, { type: issue, noun: issueNoun }, wanted, present)
}

async function bringObligations(run: Run): Promise<void> {
  const present = byKey(await everyRecord(run.ctx, obligation))
  const parties = byKey(await everyRecord(run.ctx, party))
  const wanted: Wanted<RecordOf<typeof obligation>>[] = []
  for (const { part, path } of partsOf(run, 'obligation')) {
    const before = present.get(part.key)
    const { kind, source, jurisdiction, demands, requirements } = part
    const after = {
      ...(await keptOf(run, part, path, before)),
      ...{ kind, source, jurisdiction, demands },
      // An id that is nobody's lets the rule of the noun name the place.
      partyId: part.party === null ? null : (parties.get(part.party)?.id ?? newId(run.ctx.random)),
      serviceIds: await idsIn(run, 'service', part.services, [...path, 'services']),
      requirements,
    }
    wanted.push({ key: part.key, path, before, after })
  }
  await bringKept(run, { type: obligation, noun: obligationNoun }, wanted, present)
}

/** The context, in the order in which its parts name each other. */
export async function bringContext(run: Run): Promise<void> {
  await bringParties(run)
  await bringIssues(run)
  await bringObligations(run)
  await bringScopes(run)
  await bringRoles(run)
}
