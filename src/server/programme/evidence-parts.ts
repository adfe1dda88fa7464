import { addDays, type Day } from '../../kernel/day.ts'
import type { Placed } from './implementations.ts'
import { type Performance, performancesOf } from './occurrences.ts'
import type { Run } from './run.ts'
import type { EvidencePart } from './schema-evidence.ts'

/** An item of evidence wherever it stands: in its own section, below an implementation, or made by a rule. */
export type Item = {
  part: EvidencePart
  path: readonly PropertyKey[]
  /** The implementation that it stands below. */
  placed: Placed | null
}

/** Fills in the days and number of one performance; other braces stay as they are. */
const filled = <T>(value: T, fields: Readonly<Record<string, string>>): T => {
  if (typeof value === 'string')
    return value.replace(/\{(\w+)\}/g, (whole, name: string) => fields[name] ?? whole) as T
  if (Array.isArray(value)) return value.map((one) => filled(one, fields)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, fields)])) as T
}

function byRule({ placed, period, on, number }: Performance, today: Day): Item[] {
  const { performed } = placed.part
  const template = performed?.evidence
  if (!performed || !template) return []
  const fields = { from: period.from, to: period.to, on, month: on.slice(0, 7), n: String(number) }
  const { accepted, ...facts } = filled(template, fields)
  const reviewed = accepted && addDays(on, accepted.after)
  const part: EvidencePart = {
    ...facts,
    // A performer collects what the work left behind unless somebody else is named.
    collectedBy: facts.collectedBy ?? performed.by,
    ...{ entity: null, collectedAt: null, valid: null, replaces: null, retain: null, hold: null, for: [] },
    ...{ withdrawn: null, disposed: null },
    about: { from: period.from < on ? period.from : on, to: on },
    collected: on,
    period: period.from,
    review:
      accepted && reviewed && reviewed <= today
        ? { verdict: 'accepted', by: accepted.by, on: reviewed, note: null }
        : null,
  }
  return [{ part, path: [...placed.path, 'performed', 'evidence'], placed }]
}

/** Every item of the file: what stands below implementations comes first, in the order of the file. */
export function itemsOf(run: Run, placed: readonly Placed[]): Item[] {
  const below = placed.flatMap((each) => [
    ...performancesOf(each, run.ctx.today).flatMap((one) => byRule(one, run.ctx.today)),
    ...each.part.evidence.map((part, index) => ({
      part,
      path: [...each.path, 'evidence', index],
      placed: each,
    })),
  ])
  const alone = run.programme.evidence.map((part, at) => ({ part, path: ['evidence', at], placed: null }))
  return [...below, ...alone]
}
