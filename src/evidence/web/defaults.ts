import type { Day } from '../../kernel/day.ts'
import { dayOf } from '../../kernel/day.ts'

export type Period = { from: Day; to: Day }

export type Times = { aboutFrom: Day; aboutTo: Day; collectedOn: Day; collectedAt: string | null }

/**
 * What an upload is about and when it was collected, before anybody says so: the period of its task up to today, and the
 * day on which the file was last changed. A file that was finished within the period cannot speak of the days after; one
 * older than the period was surely not made for it, so its day says nothing.
 * @param lastModified milliseconds since 1970, as a browser tells them
 */
export function timesFor(
  period: Period | null,
  lastModified: number | null,
  today: Day,
  timeZone: string,
): Times {
  const instant = lastModified === null ? null : new Date(lastModified)
  const changed = instant === null ? null : dayOf(instant, timeZone)
  const from =
    period === null || period.from > today
      ? changed !== null && changed <= today
        ? changed
        : today
      : period.from
  const end = period === null || period.from > today ? from : period.to < today ? period.to : today
  const usable = changed !== null && changed >= from && changed <= today
  if (!usable) return { aboutFrom: from, aboutTo: end, collectedOn: today, collectedAt: null }
  return {
    aboutFrom: from,
    aboutTo: [changed, end].toSorted()[0] ?? end,
    collectedOn: changed,
    collectedAt: instant?.toISOString() ?? null,
  }
}

/** A title from a file's name: without its ending, and with spaces where names of files have other signs. */
export function titleFrom(name: string): string {
  const base = name.normalize('NFC').split(/[\\/]/).at(-1) ?? name
  const bare = base.replace(/\.[A-Za-z0-9]{1,8}$/, '')
  const words = bare
    .replaceAll(/[_\s]+/g, ' ')
    .replaceAll(/\p{C}/gu, '')
    .trim()
  return (words || base).slice(0, 200)
}
