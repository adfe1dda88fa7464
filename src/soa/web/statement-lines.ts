import type { LocalText } from '../../kernel/language.ts'
import type { Gap } from '../gaps.ts'
import type { SoaRow } from '../soa-version.ts'
import type { Labels } from './shapes.ts'

/** What the reader narrowed the table to. */
export type Narrowed = { text: string; show: string | undefined }

export type Line =
  | { kind: 'group'; id: string; title: LocalText | null }
  | { kind: 'row'; row: SoaRow; title: LocalText; gaps: readonly Gap[]; index: number }

const holds = (text: string, parts: readonly (string | null | undefined)[]) =>
  parts.some((part) => part?.toLowerCase().includes(text))

function matches(row: SoaRow, title: LocalText, gaps: readonly Gap[], { text, show }: Narrowed): boolean {
  const shown =
    show === undefined ||
    (show === 'excluded' && !row.applicable) ||
    (show === 'gaps' && gaps.length > 0) ||
    row.state === show ||
    row.reasons.some((reason) => `why-${reason}` === show)
  if (!shown) return false
  const needle = text.toLowerCase()
  const words = [row.reference, title.en, title.ja, row.justification?.en, row.justification?.ja]
  const cited = [...row.controls, ...row.risks].map((one) => one.code)
  return needle === '' || holds(needle, [...words, ...cited])
}

/** The rows under their themes, in the order of the annex; the organisation's own controls come last. */
export function linesOf(
  rows: readonly SoaRow[],
  gaps: readonly Gap[],
  labels: Labels,
  narrowed: Narrowed,
): Line[] {
  const named = new Map(labels.controls.map((one) => [one.reference, one]))
  const byReference = Map.groupBy(gaps, (gap) => gap.reference)
  const lines: Line[] = []
  let group: string | null = null
  let index = 0
  for (const row of rows) {
    const label = named.get(row.reference)
    const title = label?.title ?? { en: row.reference }
    const own = byReference.get(row.reference) ?? []
    if (!matches(row, title, own, narrowed)) continue
    const id = row.edition === null ? 'own' : (label?.group?.id ?? '')
    if (id !== group) lines.push({ kind: 'group', id, title: label?.group?.title ?? null })
    group = id
    lines.push({ kind: 'row', row, title, gaps: own, index })
    index += 1
  }
  return lines
}
