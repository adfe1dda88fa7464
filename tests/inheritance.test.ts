import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Implementation, stances } from '../src/controls/implementation.ts'
import { carriedAt } from '../src/controls/inheritance.ts'
import { createPosture } from '../src/posture/posture.ts'
import { implementationFact } from '../src/posture/translate/controls.ts'

// The screen says whose way a place follows, and the posture says what that is worth: they must mean the same one.

const entities = [
  { id: 'group', parentId: null },
  { id: 'company', parentId: 'group' },
  { id: 'site', parentId: 'company' },
  { id: 'sister', parentId: 'group' },
] as const
const services = [
  { id: 'product', entityId: 'company' },
  { id: 'system', entityId: 'group' },
] as const
const days = ['2023-01-01', '2023-02-01', '2023-03-01', '2023-04-01', '2023-05-01']
const places = [
  ...entities.map((one) => ({ entityId: one.id as string, serviceId: null as string | null })),
  ...services.map((one) => ({ entityId: one.entityId as string, serviceId: one.id as string | null })),
]

const implementation = fc
  .record({
    place: fc.constantFrom(...places),
    inheritable: fc.boolean(),
    phases: fc
      .uniqueArray(fc.record({ from: fc.constantFrom(...days), stance: fc.constantFrom(...stances) }), {
        minLength: 1,
        maxLength: 3,
        selector: (phase) => phase.from,
      })
      .map((phases) =>
        phases
          .toSorted((a, b) => (a.from < b.from ? -1 : 1))
          .map((phase) => ({ ...phase, reason: phase.stance === 'operating' ? null : { en: 'Because' } })),
      ),
    endedOn: fc.option(fc.constantFrom('2023-05-15', '2023-06-15')),
  })
  .map(({ place, ...parts }) => ({ ...place, ...parts }))

it('whose way a place follows is the same for the screen and for the posture', () => {
  fc.assert(
    fc.property(
      // One at a time in each place, as the register has it.
      fc.uniqueArray(implementation, { maxLength: 6, selector: (one) => `${one.entityId} ${one.serviceId}` }),
      fc.constantFrom('2022-12-31', ...days, '2023-05-16', '2023-07-01'),
      (given, day) => {
        const all = given.map(
          (one, index): Implementation => ({
            ...one,
            id: `implementation-${index}`,
            version: 1,
            former: null,
            controlId: 'control',
            ownerId: null,
            description: { en: 'Somehow' },
            frequency: null,
            evidenceDays: 365,
          }),
        )
        const posture = createPosture({
          entities: entities.map((one) => ({ ...one, kind: 'company' as const })),
          services: [...services],
          requirements: [],
          programmes: [],
          decisions: [],
          links: [],
          together: [],
          implementations: all.map(implementationFact),
          occurrences: [],
          evidence: [],
          checks: [],
          resources: [],
          results: [],
        })
        const parents = new Map<string, string | null>(entities.map((one) => [one.id, one.parentId]))
        for (const place of places) {
          const found = carriedAt(all, parents, place, day)
          const followed = found.kind === 'none' ? null : found.by.id
          expect(posture.control('control', place, day).implementationId).toBe(followed)
        }
      },
    ),
    { numRuns: 300, seed: 20_230_731 },
  )
})
