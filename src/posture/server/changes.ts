import type { Asset } from '../../assets/asset.ts'
import type { Check } from '../../checks/check.ts'
import type { Run } from '../../checks/run.ts'
import type { Control } from '../../controls/control.ts'
import type { Implementation } from '../../controls/implementation.ts'
import type { Occurrence } from '../../controls/occurrence.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import type { Catalogue } from '../../frameworks/catalogue.ts'
import type { Entity } from '../../organisation/entity.ts'
import type { Service } from '../../organisation/service.ts'
import type { Applicability } from '../../programmes/applicability.ts'
import type { Programme } from '../../programmes/programme.ts'
import type { Change, FactOf, Kind } from '../facts.ts'
import type { HeldPosture } from '../held.ts'
import { implementationFact, linkFacts, occurrenceFacts, togetherFacts } from '../translate/controls.ts'
import { checkFact, evidenceFacts, resourceFact, resultFacts } from '../translate/evidence.ts'
import { decisionFacts, programmeFact } from '../translate/programmes.ts'

/** A record as an entry of the log states it, and as the entry before that did; null when it is new. */
export type Stated = { noun: string; before: unknown; after: unknown }

type Surroundings = Pick<HeldPosture, 'controls' | 'editions'> & { catalogue: Catalogue }

/** Which facts went, came and changed, told apart by a key. */
function between<K extends Kind>(
  kind: K,
  before: readonly FactOf[K][],
  after: readonly FactOf[K][],
  keyOf: (fact: FactOf[K]) => string,
): Change[] {
  const was = new Map(before.map((fact) => [keyOf(fact), fact]))
  const is = new Map(after.map((fact) => [keyOf(fact), fact]))
  const change = (from: FactOf[K] | null, to: FactOf[K] | null) =>
    ({ kind, before: from, after: to }) as Change
  return [
    ...[...was].filter(([key]) => !is.has(key)).map(([, fact]) => change(fact, null)),
    ...[...is].map(([key, fact]) => change(was.get(key) ?? null, fact)),
  ]
}

const byId = (fact: { id: string }) => fact.id

function controlChanges(before: Control | null, after: Control, around: Surroundings): Change[] {
  const { library } = around.catalogue
  const groupsBefore = togetherFacts([...around.controls.values()], library)
  around.controls.set(after.id, after)
  const groupsAfter = togetherFacts([...around.controls.values()], library)
  return [
    ...between('links', before ? linkFacts(before, library) : [], linkFacts(after, library), byId),
    ...between('together', groupsBefore, groupsAfter, byId),
  ]
}

function programmeChanges(before: Programme | null, after: Programme, around: Surroundings): Change[] {
  around.editions.set(after.id, after.edition)
  const edition = around.catalogue.editions.get(after.edition)
  if (!edition) return []
  return between(
    'programmes',
    before ? [programmeFact(before, edition)] : [],
    [programmeFact(after, edition)],
    byId,
  )
}

/** How to tell the changes of facts from two states of a record, for each noun that a posture is made from. */
const translators: Readonly<Record<string, (stated: Stated, around: Surroundings) => Change[]>> = {
  entity: ({ before, after }) =>
    between('entities', before ? [before as Entity] : [], [after as Entity], byId),
  service: ({ before, after }) =>
    between('services', before ? [before as Service] : [], [after as Service], byId),
  programme: ({ before, after }, around) =>
    programmeChanges(before as Programme | null, after as Programme, around),
  applicability({ before, after }, { editions }) {
    const facts = (one: Applicability | null) =>
      one ? decisionFacts(one, editions.get(one.programmeId) ?? '') : []
    return between('decisions', facts(before as Applicability | null), facts(after as Applicability), byId)
  },
  control: ({ before, after }, around) => controlChanges(before as Control | null, after as Control, around),
  implementation({ before, after }) {
    const facts = (one: Implementation | null) => (one ? [implementationFact(one)] : [])
    return between(
      'implementations',
      facts(before as Implementation | null),
      facts(after as Implementation),
      byId,
    )
  },
  occurrence({ before, after }) {
    const facts = (one: Occurrence | null) => (one ? occurrenceFacts(one) : [])
    return between('occurrences', facts(before as Occurrence | null), facts(after as Occurrence), byId)
  },
  evidence({ before, after }) {
    const facts = (one: Evidence | null) => (one ? evidenceFacts(one) : [])
    return between(
      'evidence',
      facts(before as Evidence | null),
      facts(after as Evidence),
      (fact) => fact.implementationId,
    )
  },
  check({ before, after }) {
    const facts = (one: Check | null) => (one ? [checkFact(one)] : [])
    return between('checks', facts(before as Check | null), facts(after as Check), byId)
  },
  asset({ before, after }) {
    const facts = (one: Asset | null) => (one ? [resourceFact(one)] : [])
    return between('resources', facts(before as Asset | null), facts(after as Asset), byId)
  },
  run({ before, after }) {
    const facts = (one: Run | null) => (one ? resultFacts(one) : [])
    return between('results', facts(before as Run | null), facts(after as Run), byId)
  },
}

/** The nouns of whose records a posture is made. */
export const nounsOfPosture = Object.keys(translators)

export const changesOf = (stated: Stated, around: Surroundings): Change[] =>
  translators[stated.noun]?.(stated, around) ?? []
