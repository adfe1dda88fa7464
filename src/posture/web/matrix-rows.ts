import { inTreeOrder } from '../../web/frame/tree.ts'
import { type ProgrammeRow, type Totals, type UnitName, unitKey } from './shapes.ts'

type Entity = { id: string; parentId: string | null; name: UnitName['name'] }

export type MatrixRow = {
  key: string
  unit: UnitName
  depth: number
  /** By programme; a programme that does not have the unit in its scope is absent. */
  totals: ReadonlyMap<string, Totals>
}

/** Every unit of any programme once: entities in the order of their tree, the services of each below it. */
export function matrixRows(
  programmes: readonly ProgrammeRow[],
  entities: readonly Entity[],
  top: string | undefined,
): MatrixRow[] {
  const found = new Map<string, { unit: UnitName; totals: Map<string, Totals> }>()
  for (const one of programmes)
    for (const { totals, ...unit } of one.units) {
      const row = found.get(unitKey(unit)) ?? { unit, totals: new Map<string, Totals>() }
      row.totals.set(one.programmeId, totals)
      found.set(unitKey(unit), row)
    }
  const known = new Set(entities.map((one) => one.id))
  const services = Map.groupBy(
    [...found].filter(([, { unit }]) => unit.serviceId !== null),
    ([, { unit }]) => unit.entityId,
  )
  const rowsOf = (entityId: string, depth: number): MatrixRow[] => {
    const own = found.get(entityId)
    const below = services.get(entityId) ?? []
    return [
      ...(own ? [{ key: entityId, depth, ...own }] : []),
      ...below.map(([key, row]) => ({ key, depth: own ? depth + 1 : depth, ...row })),
    ]
  }
  const placed = inTreeOrder(entities, top).flatMap(({ node, depth }) => rowsOf(node.id, depth))
  const least = Math.min(...placed.map(({ depth }) => depth))
  const strangers = [...found].filter(([, { unit }]) => !known.has(unit.entityId))
  return [
    ...placed.map((row) => ({ ...row, depth: row.depth - least })),
    ...(top ? [] : strangers.map(([key, row]) => ({ key, depth: 0, ...row }))),
  ]
}
