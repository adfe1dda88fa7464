import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { may } from '../access/permission.ts'
import { type Actor, type ActorGrant, roles } from '../kernel/actor.ts'
import { permissionMatrix } from '../server/nouns.ts'
import { covers, grantProblems, isInForce } from './role-grant.ts'

// A tree of four: top <- left, right; left <- leaf.
const chains: Record<string, string[]> = {
  top: ['top'],
  left: ['left', 'top'],
  right: ['right', 'top'],
  leaf: ['leaf', 'left', 'top'],
}
const ancestors = (entity: string) => chains[entity] ?? []
const entities = Object.keys(chains)

const anyGrant = fc.oneof(
  fc.record({
    role: fc.constantFrom(...roles),
    entityId: fc.constantFrom(null, ...entities),
    certificateId: fc.constant(null),
  }),
  fc.record({
    role: fc.constant('auditor' as const),
    entityId: fc.constant(null),
    certificateId: fc.constantFrom('iso', 'soc'),
  }),
) as fc.Arbitrary<ActorGrant>

const actorWith = (grants: ActorGrant[], scopes: string[] | null = null): Actor => ({
  kind: scopes ? 'key' : 'person',
  id: null,
  name: 'Somebody',
  organisationId: '00000000-0000-4000-8000-000000000001',
  grants,
  scopes,
})

const matrix = permissionMatrix()
const permissions = [...matrix.keys()]
const scopes = [
  'organisation' as const,
  ...entities.map((entity) => ({ entities: [entity] })),
  ...['iso', 'soc'].map((certificateId) => ({ entities: [], certificateId })),
]

describe('what one person may give another', () => {
  it('row 5, 22, 32: is never more than they may do themselves, whichever way it is given', () => {
    fc.assert(
      fc.property(anyGrant, anyGrant, (own, given) => {
        if (!covers(own, given, ancestors) || own.role === given.role) return
        // An auditor signs nothing and sees less than a manager: only those who give roles are compared.
        if (own.role !== 'owner' && own.role !== 'manager') return
        for (const permission of permissions) {
          for (const scope of scopes) {
            if (may(matrix, actorWith([given]), permission, scope, ancestors, true))
              expect([permission, may(matrix, actorWith([own]), permission, scope, ancestors, true)]).toEqual(
                [permission, true],
              )
          }
        }
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('is measured by one grant, not by the rank of one and the reach of another', () => {
    const owns: ActorGrant[] = [
      { role: 'owner', entityId: 'leaf', certificateId: null },
      { role: 'manager', entityId: null, certificateId: null },
    ]
    const everywhere: ActorGrant = { role: 'owner', entityId: null, certificateId: null }
    expect(owns.some((own) => covers(own, everywhere, ancestors))).toBe(false)
    expect(owns.some((own) => covers(own, { ...everywhere, entityId: 'leaf' }, ancestors))).toBe(true)
    expect(owns.some((own) => covers(own, { ...everywhere, entityId: 'left' }, ancestors))).toBe(false)
  })

  it('covers itself and everything that something it covers covers', () => {
    fc.assert(
      fc.property(anyGrant, anyGrant, anyGrant, (a, b, c) => {
        expect(covers(a, a, ancestors)).toBe(true)
        if (covers(a, b, ancestors) && covers(b, c, ancestors)) expect(covers(a, c, ancestors)).toBe(true)
      }),
      { seed: 6, numRuns: 2000 },
    )
  })
})

describe('scopes of a key', () => {
  it('row 18, 42: allow a permission only when they name it or its noun, and never add to the role', () => {
    const anyScope = fc.constantFrom(...permissions, ...permissions.map((one) => `${one.split('.')[0]}.*`))
    fc.assert(
      fc.property(anyGrant, fc.uniqueArray(anyScope, { maxLength: 6 }), (grant, chosen) => {
        for (const permission of permissions) {
          const named = chosen.includes(permission) || chosen.includes(`${permission.split('.')[0]}.*`)
          for (const scope of scopes) {
            // A key is nobody: what everyone who is signed in may do is not for it.
            const byRole = may(
              matrix,
              { ...actorWith([grant]), kind: 'key' },
              permission,
              scope,
              ancestors,
              true,
            )
            expect(may(matrix, actorWith([grant], chosen), permission, scope, ancestors, true)).toBe(
              byRole && named,
            )
          }
        }
      }),
      { seed: 18, numRuns: 100 },
    )
  })

  it('are whole names: no prefix, star or empty list reaches further', () => {
    const owner: ActorGrant = { role: 'owner', entityId: null, certificateId: null }
    for (const chosen of [
      [],
      ['*'],
      ['person'],
      ['person.'],
      ['p*'],
      ['*.read'],
      ['PERSON.READ'],
      ['person.rea'],
    ]) {
      expect(may(matrix, actorWith([owner], chosen), 'person.read', 'organisation', ancestors, false)).toBe(
        false,
      )
    }
  })
})

describe('a grant', () => {
  it('holds from its first day until the day on which it ends', () => {
    const grant = { grantedOn: '2023-04-01', endedOn: '2023-07-31' }
    expect(
      ['2023-03-31', '2023-04-01', '2023-07-30', '2023-07-31'].map((day) => isInForce(grant, day)),
    ).toEqual([false, true, true, false])
    expect(isInForce({ ...grant, endedOn: null }, '2199-01-01')).toBe(true)
  })

  it('ties an external auditor to an engagement, and nobody else', () => {
    const codes = (one: ActorGrant) => grantProblems(one).map((problem) => problem.code)
    expect(codes({ role: 'auditor', entityId: null, certificateId: 'iso' })).toEqual([])
    expect(codes({ role: 'auditor', entityId: null, certificateId: null })).toEqual([
      'grant.auditor_needs_engagement',
    ])
    expect(codes({ role: 'manager', entityId: null, certificateId: 'iso' })).toEqual([
      'grant.engagement_is_for_auditors',
    ])
  })
})
