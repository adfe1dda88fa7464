import { sql } from 'kysely'
import { asset } from '../../assets/asset.ts'
import { check } from '../../checks/check.ts'
import { control } from '../../controls/control.ts'
import { implementation } from '../../controls/implementation.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { evidence } from '../../evidence/evidence.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { RecordType } from '../../kernel/record.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { person } from '../../people/person.ts'
import type { Unit } from '../facts.ts'
import type { Reason } from '../reason.ts'

type Named = { id: Id; name: LocalText }

/** The names behind the ids of an answer, each kind read in one query. */
export type Names = {
  unit(unit: Unit): { entityId: Id; serviceId: Id | null; name: LocalText }
  control(id: Id): { id: Id; code: string; name: LocalText; reviewed: boolean }
  evidence(id: Id): { id: Id; title: string } | null
  check(id: Id): Named | null
  asset(id: Id): Named | null
  owner(implementationId: Id | null, controlId: Id): Named | null
}

async function pick<Row extends { id: Id }>(
  ctx: Context,
  type: RecordType,
  columns: string,
  ids: Iterable<Id>,
): Promise<ReadonlyMap<Id, Row>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select ${sql.raw(columns)} from ${rowsOf(ctx, type, 'r')} where id = any(${wanted}::uuid[])`.execute(
    ctx.tx,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** What an answer speaks of: its controls with their implementations, and the reasons given. */
export type Spoken = { controlId: Id; implementationId: Id | null; reasons: readonly Reason[] }

const idsIn = (spoken: readonly Spoken[], field: 'evidenceId' | 'checkId' | 'resourceId'): Id[] =>
  spoken.flatMap(({ reasons }) =>
    reasons.flatMap((reason) => {
      const id = (reason as Partial<Record<typeof field, Id>>)[field]
      return id === undefined ? [] : [id]
    }),
  )

const gone: LocalText = { en: '—', ja: '—' }

/** Reads the names of everything that some answers speak of: eight queries, however many answers. */
export async function namesFor(
  ctx: Context,
  spoken: readonly Spoken[],
  moreControls: readonly Id[] = [],
): Promise<Names> {
  const entities = new Map((await allEntities(ctx)).map((one) => [one.id, one.name]))
  const services = new Map((await allServices(ctx)).map((one) => [one.id, one.name]))
  const controls = await pick<{ id: Id; code: string; name: LocalText; review: unknown; ownerId: Id | null }>(
    ctx,
    control,
    'id, code, name, review, owner_id',
    [...spoken.map((one) => one.controlId), ...moreControls],
  )
  const implementations = await pick<{ id: Id; ownerId: Id | null }>(
    ctx,
    implementation,
    'id, owner_id',
    spoken.flatMap((one) => one.implementationId ?? []),
  )
  const owners = [...controls.values(), ...implementations.values()].flatMap((one) => one.ownerId ?? [])
  const people = await pick<Named>(ctx, person, 'id, name', owners)
  const items = await pick<{ id: Id; title: string }>(ctx, evidence, 'id, title', idsIn(spoken, 'evidenceId'))
  const checks = await pick<Named>(ctx, check, 'id, name', idsIn(spoken, 'checkId'))
  const assets = await pick<Named>(ctx, asset, 'id, name', idsIn(spoken, 'resourceId'))
  return {
    unit: ({ entityId, serviceId }) => ({
      entityId,
      serviceId,
      name: (serviceId === null ? entities.get(entityId) : services.get(serviceId)) ?? gone,
    }),
    control(id) {
      const found = controls.get(id)
      return {
        id,
        code: found?.code ?? '—',
        name: found?.name ?? gone,
        reviewed: (found?.review ?? null) !== null,
      }
    },
    evidence: (id) => items.get(id) ?? null,
    check: (id) => checks.get(id) ?? null,
    asset: (id) => assets.get(id) ?? null,
    owner(implementationId, controlId) {
      const own = implementationId === null ? null : implementations.get(implementationId)?.ownerId
      return people.get(own ?? controls.get(controlId)?.ownerId ?? '') ?? null
    },
  }
}
