import { sql } from 'kysely'
import { isGranted, may, visibleTo } from '../access/permission.ts'
import type { Context, Tx } from '../db/context.ts'
import { dayOf } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import { type Progress, unwatched } from '../kernel/progress.ts'
import { ancestorsOf, descendantsOf } from '../organisation/entity.ts'
import { citationsOf } from './citing.ts'
import { discardObject } from './discard-object.ts'
import type { Frame } from './frame.ts'
import type { Caller, Runtime } from './runtime.ts'

/** Rows of a list share few places: what may be done there is decided once for each, not once for each row. */
function remembering(can: Context['can']): Context['can'] {
  const known = new Map<string, boolean>()
  return (permission, scope) => {
    const key =
      scope === 'organisation' ? permission : `${permission} ${scope.certificateId ?? ''} ${scope.entities}`
    const found = known.get(key) ?? can(permission, scope)
    known.set(key, found)
    return found
  }
}

// Slices of work between two statements: some seconds, and a transaction without any for a minute is ended.
const slicesAwake = 16

/** Long work without statements keeps its transaction by asking for nothing now and then. */
function awake(progress: Progress, tx: Tx): Progress {
  if (progress === unwatched) return progress
  let slices = 0
  return {
    ...progress,
    async step(by) {
      slices += 1
      if (slices % slicesAwake === 0) await sql`select 1`.execute(tx)
      await progress.step(by)
    },
  }
}

/** Builds what an operation may use, inside its transaction. */
export function contextOf(
  runtime: Runtime,
  caller: Caller,
  tx: Tx,
  permission: string,
  { timeZone, demoDay, parents }: Frame,
  logSize: number | null = null,
  progress: Progress = unwatched,
): Context {
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
    assetGraphs: runtime.assetGraphs,
    heldRisks: runtime.heldRisks ?? new Map(),
    logSize,
    counts: runtime.counts ?? new Map(),
    language: caller.language,
    today,
    asOf: caller.asOf ?? today,
    knownAt: caller.knownAt ?? null,
    visible: visibleTo(runtime.matrix, caller.actor, permission, (top) => descendantsOf(parents, top)),
    ancestors,
    hasEntity: (id) => parents.has(id),
    can: remembering((wanted, scope) => may(runtime.matrix, caller.actor, wanted, scope, ancestors, true)),
    couldWith: (grants, wanted, scope) => {
      const somebody = { ...caller.actor, kind: 'person' as const, id: null, grants, scopes: null }
      return may(runtime.matrix, somebody, wanted, scope, ancestors, true)
    },
    citing: citationsOf,
    get permissions() {
      return [...runtime.matrix.keys()].filter((key) => isGranted(runtime.matrix, caller.actor, key))
    },
    permissionKnown: (wanted) =>
      runtime.matrix.has(wanted) ||
      (wanted.endsWith('.*') &&
        [...runtime.matrix.keys()].some((key) => key.startsWith(wanted.slice(0, -1)))),
    command: permission,
    entries: [],
    progress: awake(progress, tx),
    loaded: new Map(),
    afterCommit,
  }
}
