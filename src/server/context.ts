import { sql } from 'kysely'
import { isGranted, may, visibleTo } from '../access/permission.ts'
import type { Context, Tx } from '../db/context.ts'
import { dayOf } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import { ancestorsOf, descendantsOf } from '../organisation/entity.ts'
import { discardObject } from './discard-object.ts'
import type { Caller, Runtime } from './runtime.ts'

type Frame = { timeZone: string; demoDay: string | null; tree: { id: Id; parentId: Id | null }[] }

/** The organisation's calendar and entity tree in one query; both decide what follows. */
async function frame(tx: Tx): Promise<Frame> {
  const { rows } = await sql<Frame>`
    select o.time_zone, o.demo_day,
      (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'parentId', e.parent_id)), '[]') from entity e) as tree
    from organisation o`.execute(tx)
  return rows[0] ?? { timeZone: 'UTC', demoDay: null, tree: [] }
}

/** Builds what an operation may use, inside its transaction. */
export async function contextOf(
  runtime: Runtime,
  caller: Caller,
  tx: Tx,
  permission: string,
): Promise<Context> {
  const { timeZone, demoDay, tree } = await frame(tx)
  const parents = new Map(tree.map((node) => [node.id, node.parentId]))
  const today = demoDay ?? dayOf(runtime.clock.now(), timeZone)
  const ancestors = (entity: Id) => ancestorsOf(parents, entity)
  const afterCommit: Context['afterCommit'] = []
  return {
    actor: caller.actor,
    organisationId: caller.actor.organisationId,
    clock: runtime.clock,
    random: runtime.random,
    tx,
    objects: runtime.objects,
    mails: (runtime.mail ?? null) !== null,
    discard: (digest) => {
      afterCommit.push(() => discardObject(runtime, digest))
    },
    catalogue: runtime.catalogue,
    postures: runtime.postures,
    counts: runtime.counts ?? new Map(),
    language: caller.language,
    today,
    asOf: caller.asOf ?? today,
    knownAt: caller.knownAt ?? null,
    visible: visibleTo(runtime.matrix, caller.actor, permission, (top) => descendantsOf(parents, top)),
    ancestors,
    can: (wanted, scope) => may(runtime.matrix, caller.actor, wanted, scope, ancestors, true),
    couldWith: (grants, wanted, scope) => {
      const somebody = { ...caller.actor, kind: 'person' as const, id: null, grants, scopes: null }
      return may(runtime.matrix, somebody, wanted, scope, ancestors, true)
    },
    get permissions() {
      return [...runtime.matrix.keys()].filter((key) => isGranted(runtime.matrix, caller.actor, key))
    },
    permissionKnown: (wanted) =>
      runtime.matrix.has(wanted) ||
      (wanted.endsWith('.*') &&
        [...runtime.matrix.keys()].some((key) => key.startsWith(wanted.slice(0, -1)))),
    command: permission,
    entries: [],
    loaded: new Map(),
    afterCommit,
  }
}
