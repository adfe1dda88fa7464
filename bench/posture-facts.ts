// The facts of a large organisation, the same for the same seed: what bench/posture.ts measures on.
import { readFileSync } from 'node:fs'
import { requirementsSchema } from '../src/frameworks/edition.ts'
import { addDays, type Day } from '../src/kernel/day.ts'
import type {
  Decision,
  Evidence,
  Facts,
  Implementation,
  Link,
  Occurrence,
  Programme,
  Requirement,
  Result,
  Together,
} from '../src/posture/facts.ts'
import { relationships } from '../src/posture/relationship.ts'

export const scale = {
  entities: 20,
  services: 40,
  programmes: 30,
  libraryControls: 84,
  ownControls: 156,
  implementations: 5000,
  evidence: 500_000,
  occurrences: 50_000,
  checks: 100,
  resources: 500,
  results: 50_000,
}

export const today: Day = '2023-07-31'
const start: Day = '2020-08-01'
const span = 1095
const editions = ['iso27001-2022', 'pci-dss-4.0.1', 'tsc-2017', 'iso27001-2013'] as const

/** Mulberry32: numbers from 0 to below 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const days = Array.from({ length: span * 2 }, (_, at) => addDays(start, at))
const dayAt = (at: number): Day => days[Math.max(0, Math.min(days.length - 1, Math.floor(at)))] ?? today
const list = <T>(length: number, make: (at: number) => T): T[] => Array.from({ length }, (_, at) => make(at))
const idOf = (kind: string, at: number) => `${kind}-0192-7abc-8def-${String(at).padStart(12, '0')}`
const open = { from: null, to: null }

/** As many as wanted: the facts are made one by one and not kept here. */
function* each<T>(count: number, make: (at: number) => T): Iterable<T> {
  for (let at = 0; at < count; at++) yield make(at)
}

export function manyFacts(seed = 1): Facts & { implementations: Implementation[] } {
  const random = seeded(seed)
  const below = (count: number) => Math.floor(random() * count)
  const one = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const requirements = editions.flatMap((edition): Requirement[] => {
    const file = new URL(`../frameworks/${edition}/requirements.json`, import.meta.url)
    const nodes = requirementsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return nodes.map(({ id, parent, requirement }) => ({
      edition,
      id,
      parent,
      assessable: requirement === true,
    }))
  })
  const library = list(scale.libraryControls, (at) => idOf('library', at))
  const own = list(scale.ownControls, (at) => idOf('control', at))
  const controls = [...library, ...own]
  const entities = list(scale.entities, (at) => ({
    id: idOf('entity', at),
    parentId: at === 0 ? null : idOf('entity', Math.floor((at - 1) / 4)),
    kind: at % 3 === 0 ? ('company' as const) : ('site' as const),
  }))
  const services = list(scale.services, (at) => ({ id: idOf('service', at), entityId: one(entities).id }))

  const links: Link[] = []
  const link = (source: Link['source'], target: Link['target']) =>
    links.push({ id: idOf('link', links.length), source, relationship: one(relationships), target, ...open })
  const together: Together[] = []
  for (const { edition, id, assessable } of requirements) {
    const reached = assessable ? 1 + below(3) : below(8) === 0 ? 1 : 0
    const named = list(reached, () => one(library))
    for (const control of new Set(named)) link({ control }, { edition, requirement: id })
    if (reached === 3)
      together.push({
        id: idOf('together', together.length),
        controls: [...new Set(named)],
        requirement: { edition, requirement: id },
        ...open,
      })
  }
  for (const control of own) link({ control }, { control: one(library) })

  const programmes = list(
    scale.programmes,
    (at): Programme => ({
      id: idOf('programme', at),
      editions: [{ edition: editions[at % editions.length] ?? editions[0], requirements: null, ...open }],
      entities: at % 2 === 0 ? list(10, () => ({ entityId: one(entities).id, ...open })) : [],
      services: at % 2 === 0 ? [] : list(10, () => ({ serviceId: one(services).id, ...open })),
      audits: [dayAt(span + below(365))],
    }),
  )
  const decisions = list(200, (at): Decision => {
    const { edition, id } = one(requirements)
    const programmeId = one(programmes).id
    return {
      id: idOf('decision', at),
      programmeId,
      edition,
      requirement: id,
      unit: null,
      justification: 'Nothing of the kind is in the scope.',
      ...open,
    }
  })

  const implementations = list(scale.implementations, (at): Implementation => {
    const onEntity = at < controls.length * scale.entities
    const stance = random() < 0.93 ? 'operating' : random() < 0.5 ? 'planned' : 'excluded'
    return {
      id: idOf('implementation', at),
      controlId: onEntity ? (controls[at % controls.length] ?? '') : one(controls),
      entityId: onEntity ? (entities[Math.floor(at / controls.length)]?.id ?? '') : one(entities).id,
      serviceId: onEntity ? null : one(services).id,
      stances: [{ stance, reason: 'As decided by the owner.', from: dayAt(below(200)), to: null }],
      frequency: random() < 0.3 ? '3-months' : null,
    }
  })
  const per = (total: number, at: number) =>
    idOf('implementation', Math.floor((at * scale.implementations) / total))
  const evidence = (at: number): Evidence => {
    const on = below(span)
    const accepted = random() < 0.9
    return {
      id: idOf('evidence', at),
      implementationId: per(scale.evidence, at),
      aboutFrom: dayAt(on - 30),
      aboutTo: dayAt(on),
      collectedAt: dayAt(on),
      validUntil: dayAt(on + 20 + below(100)),
      toleranceDays: 5,
      verdict: accepted ? 'accepted' : random() < 0.7 ? 'awaiting' : 'rejected',
      decidedOn: accepted ? dayAt(on + 3) : null,
    }
  }
  const rounds = scale.occurrences / scale.implementations
  const occurrence = (at: number): Occurrence => {
    const from = (span / rounds) * (at % rounds)
    const to = from + span / rounds - 1
    const outcome = random() < 0.97 ? ('pass' as const) : ('fail' as const)
    return {
      id: idOf('occurrence', at),
      implementationId: per(scale.occurrences, at),
      periodFrom: dayAt(from),
      periodTo: dayAt(to),
      dueBy: dayAt(to),
      attempts: random() < 0.97 ? [{ on: dayAt(to - below(40)), outcome }] : [],
      missedReason: null,
    }
  }
  const checks = list(scale.checks, (at) => ({ id: idOf('check', at), controlId: one(controls), ...open }))
  const resources = list(scale.resources, (at) => ({
    id: idOf('resource', at),
    entityId: one(entities).id,
    services: list(below(3), () => ({ serviceId: one(services).id, ...open })),
    ...open,
  }))
  const result = (at: number): Result => {
    const on = dayAt(below(span))
    const outcome = random() < 0.995 ? 'pass' : one(['fail', 'error', 'not-run'] as const)
    const validUntil = addDays(on, 400)
    const at_ = `${on}T03:00:00Z`
    return {
      id: idOf('result', at),
      checkId: one(checks).id,
      resourceId: one(resources).id,
      outcome,
      on,
      at: at_,
      validUntil,
    }
  }
  return {
    entities,
    services,
    requirements,
    programmes,
    decisions,
    links,
    together,
    implementations,
    occurrences: each(scale.occurrences, occurrence),
    evidence: each(scale.evidence, evidence),
    checks,
    resources,
    results: each(scale.results, result),
  }
}
