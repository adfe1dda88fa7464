import { z } from 'zod'
import type { Problem } from './check.ts'
import type { Edition } from './edition.ts'
import { keySchema, words } from './fields.ts'

/** Where each requirement of an edition went in its successor. `newInTarget` has no source at all. */
export const mappingSchema = z.strictObject({
  from: keySchema,
  to: keySchema,
  source: words,
  pairs: z.array(z.strictObject({ from: words, to: z.array(words).min(1) })).min(1),
  newInTarget: z.array(words),
})
export type Mapping = z.output<typeof mappingSchema>

/** How a target came about: `merged` from several sources, `updated` from exactly one, or `new`. */
export type Origin = { id: string; origin: 'new' | 'updated' | 'merged'; from: readonly string[] }

/** The origin of every target of a mapping, in the order of the target edition. */
export function origins(mapping: Mapping, target: Edition): Origin[] {
  const sources = new Map<string, string[]>()
  for (const pair of mapping.pairs) {
    for (const to of pair.to) sources.set(to, [...(sources.get(to) ?? []), pair.from])
  }
  return target.requirements
    .filter((node) => node.requirement === true)
    .map(({ id }) => {
      const from = sources.get(id) ?? []
      return { id, from, origin: from.length === 0 ? 'new' : from.length === 1 ? 'updated' : 'merged' }
    })
}

/** Faults of a mapping against its two editions: each source mapped, each target reached or declared new. */
export function checkMapping(mapping: Mapping, from: Edition, to: Edition): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, message: string) => problems.push({ path, message })
  const assessable = (edition: Edition) =>
    edition.requirements.filter((node) => node.requirement === true).map((node) => node.id)
  const sources = new Set(assessable(from))
  const targets = new Set(assessable(to))
  const mapped = new Set<string>()
  const reached = new Set<string>()
  mapping.pairs.forEach((pair, index) => {
    if (!sources.has(pair.from)) add(`pairs[${index}].from`, `${pair.from} is no requirement of ${from.key}`)
    if (mapped.has(pair.from)) add(`pairs[${index}].from`, `${pair.from} is mapped twice`)
    mapped.add(pair.from)
    for (const id of pair.to) {
      if (!targets.has(id)) add(`pairs[${index}].to`, `${id} is no requirement of ${to.key}`)
      reached.add(id)
    }
  })
  for (const id of sources) if (!mapped.has(id)) add('pairs', `${id} of ${from.key} is not mapped`)
  const declared = new Set(mapping.newInTarget)
  for (const id of declared) {
    if (!targets.has(id)) add('newInTarget', `${id} is no requirement of ${to.key}`)
    if (reached.has(id)) add('newInTarget', `${id} is declared new but has a source`)
  }
  for (const id of targets) {
    if (!reached.has(id) && !declared.has(id))
      add('newInTarget', `${id} has no source and is not declared new`)
  }
  return problems
}
