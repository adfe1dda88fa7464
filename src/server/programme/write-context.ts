import { ismsRole } from '../../context/isms-role.ts'
import { issue } from '../../context/issue.ts'
import type { Kept } from '../../context/kept.ts'
import { obligation } from '../../context/obligation.ts'
import { party } from '../../context/party.ts'
import { scopeStatement } from '../../context/scope-statement.ts'
import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { programme } from '../../programmes/programme.ts'
import { formerParts } from './former.ts'
import { everyRecord } from './run.ts'
import type { Names } from './write-programmes.ts'

type Keys = ReadonlyMap<Id, string>

const byKey = <T extends { key: string }>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => (a.key < b.key ? -1 : 1))

const known = (ids: readonly Id[], keys: Keys) => ids.flatMap((id) => keys.get(id) ?? [])

const keptPart = (is: string, one: Kept & { name: LocalText }, { entities, people }: Names) => ({
  ...{ is, key: one.key, name: one.name, entities: known(one.entityIds, entities) },
  owner: one.ownerId && people.get(one.ownerId),
  ...formerParts(one.former, people),
  reviews: one.reviews.map(({ on, personId, note }) => ({ on, by: personId && people.get(personId), note })),
  ...{ reviewMonths: one.reviewMonths, from: one.from, to: one.to },
})

async function keptParts(ctx: Context, names: Names) {
  const parties = byKey(await everyRecord(ctx, party))
  const partyKeys = new Map(parties.map((one) => [one.id, one.key]))
  return [
    ...parties.map((one) => ({
      ...{ ...keptPart('party', one, names), kind: one.kind },
      needs: one.needs.map(({ text, answer }) => ({ text, answer })),
    })),
    ...byKey(await everyRecord(ctx, issue)).map((one) => ({
      ...{ ...keptPart('issue', one, names), origin: one.origin, topic: one.topic },
      ...{ relevant: one.relevant, effect: one.effect },
    })),
    ...byKey(await everyRecord(ctx, obligation)).map((one) => ({
      ...{ ...keptPart('obligation', one, names), kind: one.kind, source: one.source },
      ...{ jurisdiction: one.jurisdiction, demands: one.demands },
      party: one.partyId && partyKeys.get(one.partyId),
      services: known(one.serviceIds, names.services),
      requirements: one.requirements,
    })),
  ]
}

/** Versions of scope statements. One whose author has left cannot be brought by a file. */
async function scopeParts(ctx: Context, { entities, services, people }: Names) {
  const programmes = new Map((await everyRecord(ctx, programme)).map((one) => [one.id, one.key]))
  return (await everyRecord(ctx, scopeStatement))
    .filter((one) =>
      [...one.authorIds, ...(one.approval ? [one.approval.personId] : [])].every((id) => people.has(id)),
    )
    .map((one) => ({
      ...{ is: 'scope', programme: programmes.get(one.programmeId) ?? '', number: one.number },
      ...{ scope: one.scope, boundaries: one.boundaries },
      entities: known(one.entityIds, entities),
      services: known(one.serviceIds, services),
      ...{ interfaces: one.interfaces, exclusions: one.exclusions, effective: one.effectiveFrom },
      ...{ authors: known(one.authorIds, people), drafted: one.draftedOn },
      approved: one.approval && { by: people.get(one.approval.personId), on: one.approval.on },
      withdrawn: one.withdrawn,
    }))
    .sort((a, b) => (a.programme === b.programme ? a.number - b.number : a.programme < b.programme ? -1 : 1))
}

async function roleParts(ctx: Context, { entities, people }: Names) {
  return byKey(await everyRecord(ctx, ismsRole)).map((one) => ({
    ...{ is: 'role', key: one.key, name: one.name, responsibilities: one.responsibilities },
    ...{ authority: one.authority, clauses: one.clauses },
    entity: one.entityId && entities.get(one.entityId),
    // Somebody who has left has no key in a file.
    holders: one.holders
      .filter((holder) => people.has(holder.personId))
      .map(({ personId, deputyId, from, to }) => ({
        ...{ person: people.get(personId), deputy: deputyId && people.get(deputyId), from, to },
      })),
    ...{ from: one.from, to: one.to },
  }))
}

/** The context as a file has it, in the order in which its parts name each other. */
export const contextParts = async (ctx: Context, names: Names) => [
  ...(await keptParts(ctx, names)),
  ...(await scopeParts(ctx, names)),
  ...(await roleParts(ctx, names)),
]
