import type { EditionNode } from '../../frameworks/web/shapes.ts'
import type { RequirementState } from '../state.ts'
import type { RequirementRow, UnitName } from './shapes.ts'
import { unitKey } from './shapes.ts'

/** A requirement with the state that the list shows: as a whole, or at the unit in view. */
export type ShownRow = { row: RequirementRow; state: RequirementState }

export type Line =
  | { kind: 'group'; id: string; node: EditionNode; depth: number }
  | ({ kind: 'row'; depth: number; index: number } & ShownRow)

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

/** The rows with the state at a unit, or as a whole; what does not stand at that unit is left out. */
export function shownRows(
  rows: readonly RequirementRow[],
  units: readonly UnitName[],
  unit: string | undefined,
): ShownRow[] {
  const column = units.findIndex((one) => unitKey(one) === unit)
  if (column < 0) return rows.map((row) => ({ row, state: row.state }))
  return rows.flatMap((row) => {
    const state = row.units[column]?.state
    return state ? [{ row, state }] : []
  })
}

export const matching = (rows: readonly ShownRow[], text: string, state: string | undefined): ShownRow[] => {
  const wanted = fold(text.trim())
  return rows.filter(
    (one) =>
      (!state || one.state === state) &&
      fold(`${one.row.requirement} ${one.row.title.en ?? ''} ${one.row.title.ja ?? ''}`).includes(wanted),
  )
}

/** Rows under the sections of their edition, in its order; sections without a row are left out. */
export function linesOf(rows: readonly ShownRow[], nodes: readonly EditionNode[]): Line[] {
  const own = new Map(rows.map((one) => [one.row.requirement, one]))
  const children = Map.groupBy(nodes, (node) => node.parent ?? '')
  let index = 0
  const below = (parent: string, depth: number): Line[] =>
    (children.get(parent) ?? []).flatMap((node): Line[] => {
      const found = own.get(node.id)
      if (found) own.delete(node.id)
      const at = found ? index++ : 0
      const rest = below(node.id, depth + 1)
      if (found) return [{ kind: 'row', depth, index: at, ...found }, ...rest]
      return rest.length > 0 ? [{ kind: 'group', id: node.id, node, depth }, ...rest] : []
    })
  const placed = below('', 0)
  // A programme may ask for requirements of more editions than its own; those follow as they are.
  const others = rows.filter(({ row }) => own.has(row.requirement))
  return [...placed, ...others.map((one): Line => ({ kind: 'row', depth: 0, index: index++, ...one }))]
}
