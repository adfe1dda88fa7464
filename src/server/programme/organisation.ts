import { entity } from '../../organisation/entity.ts'
import {
  createEntity,
  createService,
  updateEntity,
  updateOrganisation,
  updateService,
} from '../../organisation/server/commands.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import { service } from '../../organisation/service.ts'
import { bring, everyRecord, idOf, idOrNull, noteLeft, type Run, within } from './run.ts'
import type { EntityPart } from './schema.ts'

export async function bringOrganisation(run: Run): Promise<void> {
  const { organisation } = run.programme
  if (!organisation) return
  const after = Object.fromEntries(Object.entries(organisation).filter(([, value]) => value !== undefined))
  await bring(run, {
    noun: 'organisation',
    key: 'organisation',
    path: ['organisation'],
    before: await theOrganisation(run.ctx),
    after,
    create: () => Promise.reject(new Error('an organisation is founded, not created')),
    update: ({ id: _, ...before }) => within(run.ctx, updateOrganisation, { ...before, ...after }),
  })
}

/** Parents before their children; what hangs on nothing known comes last and is refused there. */
function fromTheTop(parts: readonly EntityPart[], known: ReadonlySet<string>) {
  const placed = new Set(known)
  const ordered: { part: EntityPart; at: number }[] = []
  let rest = parts.map((part, at) => ({ part, at }))
  while (rest.length > 0) {
    const ready = rest.filter(({ part }) => part.parent === null || placed.has(part.parent))
    ordered.push(...(ready.length > 0 ? ready : rest))
    if (ready.length === 0) break
    for (const { part } of ready) placed.add(part.key)
    rest = rest.filter((one) => !ready.includes(one))
  }
  return ordered
}

export async function bringEntities(run: Run): Promise<void> {
  const present = new Map((await everyRecord(run.ctx, entity)).map((one) => [one.key, one]))
  for (const one of present.values()) run.ids.entity.set(one.key, one.id)
  const parts = run.programme.entities
  for (const { part, at } of fromTheTop(parts, new Set(present.keys()))) {
    const path = ['entities', at]
    const after = {
      key: part.key,
      parentId: await idOrNull(run, 'entity', part.parent, [...path, 'parent']),
      kind: part.kind,
      name: part.name,
      country: part.country,
      memberFrom: part.member.from,
      memberTo: part.member.to,
    }
    const saved = await bring(run, {
      ...{ noun: 'entity', key: part.key, path, before: present.get(part.key), after },
      create: () => within(run.ctx, createEntity, after),
      update: (before) => within(run.ctx, updateEntity, { ...before, ...after }),
    })
    run.ids.entity.set(saved.key, saved.id)
  }
  noteLeft(
    run,
    'entity',
    present.keys(),
    parts.map((part) => part.key),
  )
}

export async function bringServices(run: Run): Promise<void> {
  const present = new Map((await everyRecord(run.ctx, service)).map((one) => [one.key, one]))
  for (const one of present.values()) run.ids.service.set(one.key, one.id)
  const parts = run.programme.services
  for (const [at, part] of parts.entries()) {
    const path = ['services', at]
    const after = {
      key: part.key,
      entityId: await idOf(run, 'entity', part.entity, [...path, 'entity']),
      kind: part.kind,
      name: part.name,
      offeredFrom: part.offered.from,
      offeredTo: part.offered.to,
    }
    const saved = await bring(run, {
      ...{ noun: 'service', key: part.key, path, before: present.get(part.key), after },
      create: () => within(run.ctx, createService, after),
      update: (before) => within(run.ctx, updateService, { ...before, ...after }),
    })
    run.ids.service.set(saved.key, saved.id)
  }
  noteLeft(
    run,
    'service',
    present.keys(),
    parts.map((part) => part.key),
  )
}
