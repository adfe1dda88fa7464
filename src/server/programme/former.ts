import type { z } from 'zod'
import type { Id } from '../../kernel/id.ts'
import { idOrNull, type Run } from './run.ts'
import type { formerPart } from './schema-parts.ts'

type FormerPart = z.output<typeof formerPart>

type Was = { ownerId?: Id | null; reviewMonths?: number | null; dueOn?: string }

/** The same as a record has it, with ids; a record that is here keeps what it says itself. */
export async function formerOf(run: Run, parts: FormerPart, path: readonly PropertyKey[]) {
  const found: { until: string; was: Was }[] = []
  for (const [index, { until, owner, reviewMonths, due }] of parts.entries()) {
    const at = [...path, 'former', index, 'owner']
    found.push({
      until,
      was: {
        ...(owner === undefined ? {} : { ownerId: await idOrNull(run, 'person', owner, at) }),
        ...(reviewMonths === undefined ? {} : { reviewMonths }),
        ...(due === undefined ? {} : { dueOn: due }),
      },
    })
  }
  return found.length === 0 ? null : found.sort((a, b) => (a.until < b.until ? -1 : 1))
}

type Stated = { [Key in keyof Was]?: Was[Key] | undefined }
type Former = readonly { until: string; was: Stated }[] | null | undefined

/** The other way round. Whoever has no key in the file, such as somebody erased, is nobody there. */
export function formerParts(former: Former, people: ReadonlyMap<Id, string>): { former?: object[] } {
  const parts = (former ?? []).flatMap(({ until, was }) => {
    const said = {
      ...('ownerId' in was ? { owner: (was.ownerId && people.get(was.ownerId)) ?? null } : {}),
      ...('reviewMonths' in was ? { reviewMonths: was.reviewMonths } : {}),
      ...('dueOn' in was ? { due: was.dueOn } : {}),
    }
    return Object.keys(said).length === 0 ? [] : [{ until, ...said }]
  })
  return parts.length === 0 ? {} : { former: parts }
}
