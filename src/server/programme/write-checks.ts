import { check } from '../../checks/check.ts'
import { control } from '../../controls/control.ts'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { everyRecord } from './run.ts'
import type { Names } from './write-programmes.ts'

export async function checkParts(ctx: Context, { entities, people, services }: Names) {
  const controls = await everyOf(ctx, control)
  const all = (await everyRecord(ctx, check)).toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return all.map((one) => ({
    ...{ key: one.key, name: one.name, control: controls.get(one.controlId)?.code },
    ...{ dataKind: one.dataKind, expression: one.expression, severity: one.severity },
    ...(one.ownerId !== null && people.has(one.ownerId) ? { owner: people.get(one.ownerId) } : {}),
    ...{ everyDays: one.everyDays, toleranceDays: one.toleranceDays },
    kinds: one.resources.kinds,
    entities: one.resources.entityIds.map((id) => entities.get(id)),
    services: one.resources.serviceIds.map((id) => services.get(id)),
    ...{ from: one.activeFrom, ended: one.activeTo },
  }))
}
