import type { Holder, IsmsRole } from '../context/isms-role.ts'
import { addDays, type Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import { overlaps } from '../kernel/interval.ts'
import { type Belonging, named, notOver } from './belonging.ts'

/** A stretch cut at a day: what was before stays as it was, for whoever asks about those days. */
function cut(holder: Holder, day: Day): { before: Holder[]; from: Holder } {
  if (holder.from !== null && holder.from >= day) return { before: [], from: holder }
  return { before: [{ ...holder, to: addDays(day, -1) }], from: { ...holder, from: day } }
}

/** What of a stretch is left beside the days on which somebody holds the role anyway. */
function besides(holder: Holder, held: Holder): Holder[] {
  if (!overlaps(holder, held)) return [holder]
  const isLater = held.from !== null && (holder.from === null || holder.from < held.from)
  const isEarlier = held.to !== null && (holder.to === null || held.to < holder.to)
  return [
    ...(isLater && held.from !== null ? [{ ...holder, to: addDays(held.from, -1) }] : []),
    ...(isEarlier && held.to !== null ? [{ ...holder, from: addDays(held.to, 1) }] : []),
  ]
}

type Handing = { parts: ReadonlySet<string>; to: Id; day: Day }

function handed(
  holder: Holder,
  index: number,
  all: readonly Holder[],
  { parts, to, day }: Handing,
): Holder[] {
  const holds = parts.has(`holder:${index}`)
  const standsIn = parts.has(`deputy:${index}`)
  if (!holds && !standsIn) return [holder]
  const { before, from } = cut(holder, day)
  const personId = holds ? to : from.personId
  const deputyId = standsIn ? to : from.deputyId
  // Nobody stands in for themselves.
  const next = { ...from, personId, deputyId: deputyId === personId ? null : deputyId }
  const theirs = holds ? all.filter((other, at) => at !== index && other.personId === to) : []
  const rest = theirs.reduce((left, held) => left.flatMap((one) => besides(one, held)), [next])
  return [...before, ...rest]
}

/** A role is whoever's holds it and whoever's stands in (ISO/IEC 27001 5.3); it is handed over by the day. */
export const roleBelongs: Belonging<IsmsRole> = {
  parts: (one, day) =>
    notOver(one.to, day)
      ? one.holders.flatMap((holder, index) =>
          notOver(holder.to, day)
            ? [...named(`holder:${index}`, holder.personId), ...named(`deputy:${index}`, holder.deputyId)]
            : [],
        )
      : [],
  hand: (one, parts, to, day) => ({
    ...one,
    holders: one.holders.flatMap((holder, index, all) => handed(holder, index, all, { parts, to, day })),
  }),
}
