import { z } from 'zod'
import { certificate } from '../../src/certificates/certificate.ts'
import { type Control, control } from '../../src/controls/control.ts'
import { type Implementation, implementation } from '../../src/controls/implementation.ts'
import { type Occurrence, occurrence } from '../../src/controls/occurrence.ts'
import type { Context } from '../../src/db/context.ts'
import { save } from '../../src/db/save.ts'
import { type Evidence, evidence } from '../../src/evidence/evidence.ts'
import type { ActorGrant, Role } from '../../src/kernel/actor.ts'
import type { Command } from '../../src/kernel/command.ts'
import { type Id, newId } from '../../src/kernel/id.ts'
import type { RecordOf, RecordType } from '../../src/kernel/record.ts'
import { type Person, person } from '../../src/people/person.ts'
import { roleGrant } from '../../src/people/role-grant.ts'
import { type Programme, programme } from '../../src/programmes/programme.ts'
import { execute } from '../../src/server/execute.ts'
import type { Caller } from '../../src/server/runtime.ts'
import { isms } from './certificates.ts'
import type { Home, World } from './world.ts'

/** Writes a record as it is, past the rules of its noun. */
const plant = <R extends RecordType>(type: R): Command<Context, RecordOf<R>, RecordOf<R>> => ({
  kind: 'command',
  noun: 'organisation',
  action: 'found',
  input: z.any() as unknown as z.ZodType<RecordOf<R>>,
  output: z.any() as unknown as z.ZodType<RecordOf<R>>,
  scope: () => 'organisation',
  run: (ctx, record) => save(ctx, type, `${type.noun}.planted`, record),
})

export type Planter = ReturnType<typeof planter>

/** Records of the nouns that calendars speak of, as a test wants them. */
export function planter({ runtime }: World, home: Home) {
  const put = <R extends RecordType>(type: R, record: object): Promise<RecordOf<R>> =>
    execute(runtime, home.system, plant(type), {
      id: newId(runtime.random),
      version: 0,
      ...record,
    } as unknown as RecordOf<R>)
  const words = (text: string) => ({ en: text, ja: `${text}（日本語）` })
  return {
    put,
    /** Somebody with a role over an entity, or over everything. */
    async somebody(name: string, role: Role, entityId: Id | null, parts: Partial<Person> = {}) {
      const one = await put(person, {
        name: words(name),
        email: `${name.toLowerCase().replaceAll(' ', '.')}@example.org`,
        entityId,
        jobTitle: null,
        state: 'active',
        accountId: null,
        ...parts,
      })
      const grant: ActorGrant = { role, entityId, certificateId: null }
      await put(roleGrant, { personId: one.id, ...grant, grantedOn: '2020-01-01', endedOn: null })
      const caller: Caller = {
        actor: {
          kind: 'person',
          id: one.id,
          name,
          organisationId: home.organisationId,
          grants: [grant],
          scopes: null,
        },
        language: 'en',
      }
      return { ...one, caller }
    },
    control: (code: string, parts: Partial<Control> = {}) =>
      put(control, {
        code,
        name: words(code),
        objective: words(code),
        practice: null,
        libraryId: null,
        libraryVersion: null,
        review: { personId: newId(runtime.random), on: '2022-01-01' },
        protects: { properties: [], kinds: [] },
        requirementLinks: [],
        controlLinks: [],
        together: [],
        ownerId: null,
        retiredOn: null,
        ...parts,
      }),
    implementation: (controlId: Id, entityId: Id, parts: Partial<Implementation> = {}) =>
      put(implementation, {
        controlId,
        entityId,
        serviceId: null,
        inheritable: true,
        ownerId: null,
        description: words('How'),
        frequency: null,
        evidenceDays: 90,
        phases: [{ from: '2022-01-01', stance: 'operating', reason: null }],
        endedOn: null,
        ...parts,
      }),
    occurrence: (implementationId: Id, dueBy: string, parts: Partial<Occurrence> = {}) =>
      put(occurrence, {
        implementationId,
        periodFrom: dueBy,
        periodTo: dueBy,
        dueBy,
        plannedOn: '2022-01-01',
        trigger: null,
        attempts: [],
        missed: null,
        cancelled: null,
        ...parts,
      }),
    evidence: (title: string, entityId: Id, parts: Partial<Evidence> = {}) =>
      put(evidence, {
        title,
        description: null,
        location: null,
        entityId,
        source: 'uploaded',
        collector: null,
        collectorId: null,
        addedById: null,
        aboutFrom: '2023-01-01',
        aboutTo: '2023-01-31',
        collectedOn: '2023-02-01',
        collectedAt: null,
        validUntil: '2023-08-31',
        validityStated: true,
        toleranceDays: 0,
        files: [],
        data: null,
        implementationIds: [],
        occurrenceIds: [],
        requirements: [],
        assetIds: [],
        review: {
          verdict: 'accepted',
          personId: newId(runtime.random),
          on: '2023-02-02',
          note: null,
        },
        replaces: null,
        withdrawn: null,
        retainUntil: null,
        hold: null,
        disposed: null,
        ...parts,
      }),
    certificate: (parts: Parameters<typeof isms>[0]) => {
      const { id: _, version: __, ...one } = isms(parts)
      return put(certificate, one)
    },
    programme: (key: string, entityId: Id, parts: Partial<Programme> = {}) =>
      put(programme, {
        key,
        name: words(key),
        edition: 'iso27001-2013',
        categories: [],
        audiences: [],
        entities: [{ entityId, from: null, to: null }],
        services: [],
        cycles: [{ from: '2023-01-01', to: '2023-12-31', auditOn: null }],
        ownerId: null,
        certificateId: null,
        endedOn: null,
        ...parts,
      }),
  }
}
