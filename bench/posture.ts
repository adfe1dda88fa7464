// What a posture of a large organisation costs, on one core: all of it, as of a past day, and after one change.
// The reference passes once over as many numbers as there are items of evidence, in the same run. node bench/posture.ts
import type { Change, Evidence, FactOf, Kind } from '../src/posture/facts.ts'
import { createPosture, type Posture } from '../src/posture/posture.ts'
import { manyFacts, scale, seeded, today } from './posture-facts.ts'
import { line, quantile } from './support/server.ts'

const changes = 400

/** CPU time, not the wall clock: what other programs do on the machine then changes little. */
const milliseconds = (work: () => unknown): number => {
  const since = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

/** The least that looking at every item could cost: four comparisons on four numbers of each. */
function reference(): number {
  const rows = Int32Array.from({ length: scale.evidence * 4 }, (_, at) => (at * 2_654_435_761) % 1000)
  const pass = (day: number) => {
    let found = 0
    for (let at = 0; at < rows.length; at += 4)
      if (
        (rows[at] ?? 0) <= day &&
        day <= (rows[at + 1] ?? 0) &&
        (rows[at + 2] ?? 0) <= day &&
        rows[at + 3] !== day
      )
        found++
    return found
  }
  const times = Array.from({ length: 20 }, (_, at) => milliseconds(() => pass(at * 40)))
  return quantile(times, 0.5)
}

const facts = manyFacts()
const random = seeded(2)
const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const lists = {
  programmes: [...facts.programmes],
  links: [...facts.links],
  checks: [...facts.checks],
  resources: [...facts.resources],
  entities: [...facts.entities],
}

const evidence = (at: number): Evidence => ({
  id: `change-${at}`,
  implementationId: one(facts.implementations).id,
  aboutFrom: today,
  aboutTo: today,
  collectedAt: today,
  validUntil: '2023-12-31',
  toleranceDays: 0,
  verdict: 'accepted',
  decidedOn: null,
})

const added = <K extends Kind>(kind: K, after: FactOf[K]) => ({ kind, before: null, after }) as Change

/** The changes of a working day: what is collected, done, found, declared and decided. */
const daily: readonly ((at: number) => Change)[] = [
  (at) => added('evidence', evidence(at)),
  (at) =>
    added('occurrences', {
      id: `change-${at}`,
      implementationId: one(facts.implementations).id,
      periodFrom: '2023-05-01',
      periodTo: '2023-07-30',
      dueBy: '2023-07-30',
      attempts: random() < 0.5 ? [] : [{ on: today, outcome: 'pass' }],
      missedReason: null,
    }),
  (at) =>
    added('results', {
      id: `change-${at}`,
      checkId: one(lists.checks).id,
      resourceId: one(lists.resources).id,
      outcome: random() < 0.5 ? 'fail' : 'pass',
      on: today,
      at: `${today}T09:00:00Z`,
      validUntil: null,
    }),
  () => {
    const before = one(facts.implementations)
    const stance = random() < 0.5 ? ('planned' as const) : ('operating' as const)
    return {
      kind: 'implementations',
      before,
      after: { ...before, stances: [{ stance, reason: null, from: null, to: null }] },
    }
  },
  () => added('resources', { ...one(lists.resources), to: random() < 0.5 ? today : null }),
  (at) =>
    added('decisions', {
      id: `change-${at}`,
      programmeId: one(lists.programmes).id,
      edition: 'iso27001-2022',
      requirement: 'A.5.7',
      unit: null,
      justification: 'Nothing of the kind is in the scope.',
      from: null,
      to: null,
    }),
]

/** Rarer ones: what controls reach, and which requirements and units a programme has. */
const mappings: readonly ((at: number) => Change)[] = [
  (at) => added('links', { ...one(lists.links), id: `change-${at}` }),
  () => added('programmes', { ...one(lists.programmes), audits: [] }),
]

/** The rarest: where things are. Everything is looked at again. */
const moves: readonly ((at: number) => Change)[] = [
  () => added('entities', { ...one(lists.entities), kind: 'division' }),
]

/** From the change to all answers read again. */
const timesOf = (posture: Posture, kinds: readonly ((at: number) => Change)[], count: number): number[] =>
  Array.from({ length: count }, (_, at) => {
    const change = kinds[at % kinds.length]?.(at)
    return milliseconds(() => {
      if (change) posture.apply(change)
      posture.all(today)
    })
  })

const bare = reference()
const ratio = (value: number) => value / bare
const began = process.cpuUsage()
const posture = createPosture(facts)
const made = process.cpuUsage(began).user / 1000
line('reference: one pass', { ms: bare })
line('facts indexed', { ms: made, ratio: ratio(made) })
const whole = milliseconds(() => posture.all(today))
line('everything, first time', { ms: whole, ratio: ratio(whole), 'at most': 1000 })
const past = ['2023-03-31', '2022-12-31', '2022-06-30', '2021-12-31', '2021-07-31'].map((day) =>
  milliseconds(() => posture.all(day)),
)
line('everything as of a past day', {
  'ms, worst': Math.max(...past),
  ratio: ratio(Math.max(...past)),
  'at most': 1000,
})

// The day asked for last follows every change.
posture.all(today)
const after = timesOf(posture, daily, changes)
line('after one change', {
  'ms p50': quantile(after, 0.5),
  p99: quantile(after, 0.99),
  'ratio p99': ratio(quantile(after, 0.99)),
  'at most': 10,
})
const mapped = timesOf(posture, mappings, 60)
line('after a change of mapping or scope', { 'ms p50': quantile(mapped, 0.5), worst: Math.max(...mapped) })
const moved = timesOf(posture, moves, 20)
line('after a change of an entity', { 'ms p50': quantile(moved, 0.5), worst: Math.max(...moved) })
const breaks = milliseconds(() => posture.breaks(today))
line('what will break the next audit', { ms: breaks, ratio: ratio(breaks) })
const row = posture.all(today).programmes[0]?.requirements[3]
const programmeId = posture.all(today).programmes[0]?.programmeId ?? ''
const reasons = milliseconds(() => row && posture.requirement(programmeId, row, today))
line('one requirement with its reasons', { ms: reasons, ratio: ratio(reasons) })
const { heapUsed, arrayBuffers } = process.memoryUsage()
line('memory', { 'heap MB': heapUsed / 1e6, 'arrays MB': arrayBuffers / 1e6 })
