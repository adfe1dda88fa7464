import { sql } from 'kysely'
import { type Asset, asset } from '../../assets/asset.ts'
import type { DueSource } from '../../calendar/server/source.ts'
import { type Check, check } from '../../checks/check.ts'
import { ismsRole } from '../../context/isms-role.ts'
import { type Issue, issue } from '../../context/issue.ts'
import type { Kept } from '../../context/kept.ts'
import { type Obligation, obligation } from '../../context/obligation.ts'
import { type Party, party } from '../../context/party.ts'
import { scopeOfEntities } from '../../context/server/kept-commands.ts'
import { type Control, control } from '../../controls/control.ts'
import { type Implementation, implementation } from '../../controls/implementation.ts'
import { controlsById } from '../../controls/server/queries.ts'
import type { Scope } from '../../kernel/command.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { objective } from '../../objectives/objective.ts'
import { allServices } from '../../organisation/server/queries.ts'
import { type Programme, programme } from '../../programmes/programme.ts'
import { scopeOfProgramme } from '../../programmes/server/queries.ts'
import { risk } from '../../risks/risk.ts'
import { keptBelongs, notOver, ownedBy } from '../belonging.ts'
import { objectiveBelongs } from '../objective-belongs.ts'
import { riskBelongs } from '../risk-belongs.ts'
import { roleBelongs } from '../role-belongs.ts'
import { arrangements } from './arrangement-spec.ts'
import { byOwner, type Spec, specOf } from './spec.ts'

type Keyed = { id: Id; key: string; name: LocalText }

const keyed = (one: Keyed, scope: Scope) => ({ code: one.key, name: one.name, pageOf: one.id, scope })

const within = (entityId: Id): Scope => ({ entities: [entityId] })

const programmes = specOf({
  type: programme,
  permission: 'programme.update',
  belongs: ownedBy<Programme>((one, day) => notOver(one.endedOn, day)),
  touching: byOwner,
  async shown(ctx) {
    const services = await allServices(ctx)
    return (one) => keyed(one, scopeOfProgramme(one, services))
  },
})

const assets = specOf({
  type: asset,
  permission: 'asset.update',
  belongs: ownedBy<Asset>((one, day) => notOver(one.inUseTo, day)),
  touching: byOwner,
  shown: async () => (one) => keyed(one, within(one.entityId)),
})

const controls = specOf({
  type: control,
  permission: 'control.update',
  belongs: ownedBy<Control>((one, day) => one.retiredOn === null || day < one.retiredOn),
  touching: byOwner,
  shown: async () => (one) => ({ code: one.code, name: one.name, pageOf: one.id, scope: 'organisation' }),
})

const implementations = specOf({
  type: implementation,
  permission: 'implementation.update',
  belongs: ownedBy<Implementation>((one, day) => notOver(one.endedOn, day)),
  touching: byOwner,
  async shown(ctx, records) {
    const found = await controlsById(ctx, [...new Set(records.map((one) => one.controlId))])
    return (one) => ({
      code: found.get(one.controlId)?.code ?? '',
      name: found.get(one.controlId)?.name ?? {},
      ...{ pageOf: one.controlId, scope: within(one.entityId) },
    })
  },
})

const checks = specOf({
  type: check,
  permission: 'check.update',
  belongs: ownedBy<Check>((one, day) => notOver(one.activeTo, day)),
  touching: byOwner,
  shown: async () => (one) => keyed(one, 'organisation'),
})

const risks = specOf({
  type: risk,
  permission: 'risk.update',
  belongs: riskBelongs,
  touching: (people) => sql<boolean>`(${byOwner(people)} or exists (
    select 1 from jsonb_array_elements(actions) as action
    where (action ->> 'ownerId')::uuid = any(${people}) or exists (
      -- On a past day an action may be whose it was before.
      select 1 from jsonb_path_query(action, '$.former[*].was.ownerId') as was where (was #>> '{}')::uuid = any(${people}))))`,
  shown: async () => (one, part) => ({
    code: one.code,
    name: one.actions.find((action) => part === `action:${action.key}`)?.name ?? one.name,
    ...{ pageOf: one.id, scope: within(one.entityId) },
  }),
})

const objectives = specOf({
  type: objective,
  permission: 'objective.update',
  belongs: objectiveBelongs,
  touching: (people) => sql<boolean>`(${byOwner(people)}
    or (measure ->> 'measuredById')::uuid = any(${people})
    or (measure ->> 'evaluatedById')::uuid = any(${people}))`,
  shown: async () => (one) => keyed(one, scopeOfEntities(one.entityIds)),
})

const keptWords = async () => (one: Keyed & Pick<Kept, 'entityIds'>) =>
  keyed(one, scopeOfEntities(one.entityIds))

const parties = specOf({
  type: party,
  permission: 'interested-party.update',
  belongs: keptBelongs<Party>(),
  touching: byOwner,
  shown: keptWords,
})

const issues = specOf({
  type: issue,
  permission: 'context-issue.update',
  belongs: keptBelongs<Issue>(),
  touching: byOwner,
  shown: keptWords,
})

const obligations = specOf({
  type: obligation,
  permission: 'obligation.update',
  belongs: keptBelongs<Obligation>(),
  touching: byOwner,
  shown: keptWords,
})

const roles = specOf({
  type: ismsRole,
  permission: 'isms-role.update',
  belongs: roleBelongs,
  touching: (people) => sql<boolean>`exists (select 1 from jsonb_array_elements(holders) as holder
    where (holder ->> 'personId')::uuid = any(${people}) or (holder ->> 'deputyId')::uuid = any(${people}))`,
  shown: async () => (one) => keyed(one, one.entityId === null ? 'organisation' : within(one.entityId)),
})

/**
 * Every kind of record that belongs to people, in the order in which a successor reads them. `sources`: due things of
 * nouns that come after this one, which people hand to each other too.
 */
export const specsWith = (sources: readonly DueSource[]): readonly Spec[] => [
  programmes,
  roles,
  objectives,
  risks,
  controls,
  implementations,
  checks,
  assets,
  parties,
  issues,
  obligations,
  arrangements(sources),
]
