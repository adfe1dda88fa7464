import { canonicalize } from '#tlog'
import type { Evidence } from '../../evidence/evidence.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { type Facts, refuse } from './evidence-facts.ts'
import { asJson, contentOf, taken } from './evidence-files.ts'
import type { Item } from './evidence-parts.ts'
import type { Run } from './run.ts'

const together = (before: readonly Id[], wanted: readonly Id[]): Id[] => [...new Set([...before, ...wanted])]

/**
 * An item that is here already: the file adds links, a verdict, a hold and an end of retention where there are none. What
 * the item says of itself stays; a file that says otherwise is refused.
 */
export async function laidOnto(
  run: Run,
  before: Evidence,
  facts: Facts,
  { path, part }: Item,
): Promise<Evidence> {
  const { description, location, source, collector, collectorId, toleranceDays } = facts
  // Who is not named is not compared: somebody who left has no key in a file.
  const person = collectorId === null ? {} : { collectorId }
  const said = { description, location, source, collector, toleranceDays, ...person }
  const differing = Object.entries(said)
    .filter(([name, value]) => canonicalize(before[name as keyof Evidence]) !== canonicalize(value))
    .map(([name]) => name)
  const named = part.files.map((one) => contentOf(run, one)?.digest)
  const kept = new Set(before.files.map((file) => file.digest))
  if (named.some((digest) => digest !== undefined && !kept.has(digest))) differing.push('files')
  if (differing.length > 0)
    return refuse(run, path, 'programme.evidence_fixed', { fields: differing.join(', ') })
  // Taking back and disposing are acts of their own: a file tells of those that were, and does none.
  if ((part.withdrawn && !before.withdrawn) || (part.disposed && !before.disposed))
    return refuse(run, path, 'programme.evidence_stands', {})
  const after: Evidence = {
    ...before,
    implementationIds: together(before.implementationIds, facts.implementationIds),
    occurrenceIds: together(before.occurrenceIds, facts.occurrenceIds),
    assetIds: together(before.assetIds, facts.assetIds),
    requirements: [
      ...before.requirements,
      ...facts.requirements.filter(
        (one) =>
          !before.requirements.some(
            (other) => other.edition === one.edition && other.requirement === one.requirement,
          ),
      ),
    ],
    review: before.review ?? facts.review,
    retainUntil: before.retainUntil ?? facts.retainUntil,
    hold: before.hold ?? facts.hold,
  }
  return after
}

/** A new item with its files, which are stored now. */
export async function composed(
  run: Run,
  facts: Facts,
  { path, part }: Item,
  id: Id,
  received: ReadonlySet<string>,
): Promise<Evidence> {
  const gone = part.disposed?.files ?? []
  const files: Evidence['files'] = gone.map((one) => ({ ...one, id: newId(run.ctx.random) }))
  for (const [index, one] of part.files.entries()) {
    const at = [...path, 'files', index]
    const file = await taken(run, contentOf(run, one), one, at, received)
    if (file) files.push(file)
  }
  let data: Evidence['data'] = part.disposed?.data ?? null
  if (part.data) {
    const at = [...path, 'data']
    const { kind, value, file } = part.data
    const content = value === undefined ? { file } : { text: asJson(value), name: `${kind}.json` }
    const found = await taken(run, contentOf(run, content), content, at, received)
    if (found) data = { kind, digest: found.digest, size: found.size }
  }
  return {
    ...facts,
    ...{ id, version: 0, files, data },
    ...{ replaces: null, withdrawn: part.withdrawn },
    disposed: part.disposed && { on: part.disposed.on, basis: part.disposed.basis },
  }
}
