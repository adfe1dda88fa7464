import fc from 'fast-check'
import { addDays, type Day } from '../../src/kernel/day.ts'
import type { Change, FactOf, Kind, Link, Node } from '../../src/posture/facts.ts'
import { stances } from '../../src/posture/facts.ts'
import { relationships } from '../../src/posture/relationship.ts'

/** Facts as lists, which a test may change. */
export type Lists = { [K in Kind]: FactOf[K][] }

export const always = { from: null, to: null }
export const onDay = (number: number): Day => addDays('2023-01-01', number)

export const noFacts = (): Lists => ({
  entities: [],
  services: [],
  requirements: [],
  programmes: [],
  decisions: [],
  links: [],
  together: [],
  implementations: [],
  occurrences: [],
  evidence: [],
  checks: [],
  resources: [],
  results: [],
})

export const edition = 'e'
export const requirement = (id: string) => ({ edition, requirement: id })

export const link = (control: string, relationship: Link['relationship'], target: Node): Link => ({
  id: `${control}-${relationship}-${JSON.stringify(target)}`,
  source: { control },
  relationship,
  target,
  ...always,
})

export const operating = (id: string, controlId: string, entityId: string): FactOf['implementations'] => ({
  id,
  controlId,
  entityId,
  serviceId: null,
  stances: [{ stance: 'operating', reason: null, ...always }],
  frequency: null,
})

/** Accepted on the spot, about the day it was taken. */
export const accepted = (id: string, implementationId: string, on: Day, validUntil: Day | null) => ({
  id,
  implementationId,
  aboutFrom: on,
  aboutTo: on,
  collectedAt: on,
  validUntil,
  toleranceDays: 0,
  verdict: 'accepted' as const,
  decidedOn: null,
})

export const result = (
  id: string,
  checkId: string,
  resourceId: string,
  outcome: FactOf['results']['outcome'],
  on: Day,
  validUntil: Day | null = null,
): FactOf['results'] => ({ id, checkId, resourceId, outcome, on, at: `${on}T06:00:00Z`, validUntil })

/** One company, one programme over it, requirements without sections: the smallest world to ask about. */
export const company = (...requirements: string[]): Lists => ({
  ...noFacts(),
  entities: [{ id: 'co', parentId: null, kind: 'company' }],
  requirements: requirements.map((id) => ({ edition, id, parent: null, assessable: true })),
  programmes: [
    {
      id: 'iso',
      editions: [{ edition, requirements: null, ...always }],
      entities: [{ entityId: 'co', ...always }],
      services: [],
      audits: [],
    },
  ],
})

// Small worlds, in which everything meets everything: circles, overrides, ties, missing ends.

const places = ['co', 'sub', 'site']
const services = ['pay', 'chat']
const controls = ['own1', 'own2', 'lib1', 'lib2']
const nodes: FactOf['requirements'][] = [
  { edition, id: 'S', parent: null, assessable: false },
  { edition, id: 'S1', parent: 'S', assessable: true },
  { edition, id: 'S2', parent: 'S', assessable: true },
  { edition, id: 'T', parent: null, assessable: true },
  { edition: 'f', id: 'U', parent: null, assessable: true },
]

export const span = 40
const anyDay = fc.integer({ min: 0, max: span }).map(onDay)
const maybeDay = fc.option(anyDay, { freq: 2 })
const lasting = fc
  .tuple(maybeDay, maybeDay)
  .map(([a, b]) => (a !== null && b !== null && b < a ? { from: b, to: a } : { from: a, to: b }))
const openEnded = fc.constant(always)
const anyUnit = fc.oneof(
  fc.constantFrom(...places).map((entityId) => ({ entityId, serviceId: null })),
  fc
    .constantFrom(...services)
    .map((serviceId) => ({ entityId: 'sub', serviceId: serviceId as string | null })),
)
const anyRequirement = fc.constantFrom(...nodes).map(({ edition, id }) => ({ edition, requirement: id }))
const anyNode = fc.oneof(
  fc.constantFrom(...controls).map((control) => ({ control })),
  anyRequirement,
)

type Makers = { readonly [K in Kind]?: (id: string) => fc.Arbitrary<FactOf[K]> }

/** How a fact of each kind comes about. `steady` facts have no end of their own. */
const makersFor = (steady: boolean) => {
  const days = steady ? openEnded : lasting
  const implementationId = fc.constantFrom('i0', 'i1', 'i2', 'i3', 'i4', 'i5')
  return {
    decisions: (id) =>
      fc
        .record({
          node: anyRequirement,
          unit: fc.option(anyUnit),
          days,
          says: fc.constantFrom('', 'None here.'),
        })
        .map(({ node, unit, days, says }) => ({
          id,
          programmeId: 'p1',
          ...node,
          unit,
          justification: says,
          ...days,
        })),
    links: (id) =>
      fc
        .record({ source: anyNode, relationship: fc.constantFrom(...relationships), target: anyNode, days })
        .map(({ days, ...link }) => ({ id, ...link, ...days })),
    together: (id) =>
      fc
        .record({
          controls: fc.uniqueArray(fc.constantFrom(...controls), { minLength: 1 }),
          requirement: anyRequirement,
          days,
        })
        .map(({ days, ...group }) => ({ id, ...group, ...days })),
    implementations: (id) =>
      fc
        .record({
          controlId: fc.constantFrom(...controls),
          unit: anyUnit,
          stance: fc.constantFrom('operating' as const, ...stances, 'operating' as const),
          days,
          frequency: fc.constantFrom(null, null, '3-months'),
          inheritable: fc.constantFrom(true, true, false),
        })
        .map(({ unit, stance, days, ...rest }) => ({
          id,
          ...rest,
          ...unit,
          stances: [{ stance, reason: 'Because.', ...days }],
        })),
    occurrences: (id) =>
      fc
        .record({
          implementationId,
          start: fc.integer({ min: 0, max: span }),
          length: fc.integer({ min: 0, max: 12 }),
          grace: fc.integer({ min: 0, max: 3 }),
          attempts: fc.array(
            fc.record({ on: anyDay, outcome: fc.constantFrom('pass' as const, 'fail' as const) }),
            { maxLength: 2 },
          ),
        })
        .map(({ start, length, grace, attempts, implementationId }) => ({
          id,
          implementationId,
          periodFrom: onDay(start),
          periodTo: onDay(start + length),
          dueBy: onDay(start + length + grace),
          attempts,
          missedReason: null,
        })),
    evidence: (id) =>
      fc
        .record({
          implementationId,
          collectedAt: anyDay,
          validUntil: maybeDay,
          toleranceDays: fc.integer({ min: 0, max: 3 }),
          verdict: fc.constantFrom(
            'accepted' as const,
            'accepted' as const,
            'awaiting' as const,
            'rejected' as const,
          ),
          decidedOn: maybeDay,
        })
        .map((item) => ({ id, aboutFrom: item.collectedAt, aboutTo: item.collectedAt, ...item })),
    checks: (id) =>
      fc
        .record({ controlId: fc.constantFrom(...controls), days })
        .map(({ controlId, days }) => ({ id, controlId, ...days })),
    resources: (id) =>
      fc
        .record({
          entityId: fc.constantFrom(...places),
          services: fc.array(fc.record({ serviceId: fc.constantFrom(...services), days }), { maxLength: 2 }),
          days,
        })
        .map(({ entityId, services, days }) => ({
          id,
          entityId,
          services: services.map(({ serviceId, days }) => ({ serviceId, ...days })),
          ...days,
        })),
    results: (id) =>
      fc
        .record({
          checkId: fc.constantFrom('c0', 'c1'),
          resourceId: fc.constantFrom('r0', 'r1', 'r2'),
          outcome: fc.constantFrom(
            'pass' as const,
            'pass' as const,
            'fail' as const,
            'error' as const,
            'not-run' as const,
          ),
          on: anyDay,
          hour: fc.integer({ min: 0, max: 2 }),
          validUntil: maybeDay,
        })
        .map(({ hour, ...rest }) => ({ id, ...rest, at: `${rest.on}T0${hour}:00:00Z` })),
  } satisfies Makers
}

type Made = keyof ReturnType<typeof makersFor>
const kinds: readonly { kind: Made; prefix: string; most: number }[] = [
  { kind: 'decisions', prefix: 'd', most: 2 },
  { kind: 'links', prefix: 'l', most: 8 },
  { kind: 'together', prefix: 't', most: 2 },
  { kind: 'implementations', prefix: 'i', most: 6 },
  { kind: 'occurrences', prefix: 'o', most: 6 },
  { kind: 'evidence', prefix: 'v', most: 8 },
  { kind: 'checks', prefix: 'c', most: 2 },
  { kind: 'resources', prefix: 'r', most: 3 },
  { kind: 'results', prefix: 'x', most: 8 },
]

const fixed = (): Pick<Lists, 'entities' | 'services' | 'requirements' | 'programmes'> => ({
  entities: [
    { id: 'co', parentId: null, kind: 'company' },
    { id: 'sub', parentId: 'co', kind: 'company' },
    { id: 'site', parentId: 'sub', kind: 'site' },
  ],
  services: services.map((id) => ({ id, entityId: 'sub' })),
  requirements: [...nodes],
  programmes: [
    {
      id: 'p1',
      editions: [{ edition, requirements: null, ...always }],
      entities: [...places].map((entityId) => ({ entityId, ...always })),
      services: [],
      audits: [onDay(span + 10)],
    },
    {
      id: 'p2',
      editions: [
        { edition, requirements: ['S1', 'T'], ...always },
        { edition: 'f', requirements: null, ...always },
      ],
      entities: [],
      services: services.map((serviceId) => ({ serviceId, ...always })),
      audits: [onDay(span + 5)],
    },
  ],
})

/** A small world; a steady one has nothing that begins or ends by itself. */
export function world(steady = false): fc.Arbitrary<Lists> {
  const makers = makersFor(steady)
  const lists = kinds.map(({ kind, prefix, most }) =>
    fc
      .integer({ min: Math.floor(most / 2), max: most })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => makers[kind](`${prefix}${at}`))))
      .map((facts) => [kind, facts]),
  )
  return fc.tuple(...lists).map((entries) => ({ ...noFacts(), ...fixed(), ...Object.fromEntries(entries) }))
}

/** Another fact in the place of one of a world, a new one, or one less. */
export const change: fc.Arbitrary<(facts: Lists) => Change> = fc
  .constantFrom(...kinds)
  .chain(({ kind, prefix, most }) =>
    fc.record({
      kind: fc.constant(kind),
      at: fc.integer({ min: 0, max: most }),
      make: makersFor(false)[kind](`${prefix}*`),
      gone: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
    }),
  )
  .map(({ kind, at, make, gone }) => (facts) => {
    const list: readonly { id: string }[] = facts[kind]
    const before = list[at] ?? list.find(({ id }) => id === make.id) ?? null
    const after = gone && before !== null ? null : { ...make, id: before?.id ?? make.id }
    return { kind, before, after } as Change
  })

/** The lists after a change. */
export function changed(facts: Lists, { kind, before, after }: Change): Lists {
  const left = (facts[kind] as unknown[]).filter((fact) => fact !== before)
  return { ...facts, [kind]: after === null ? left : [...left, after] }
}
