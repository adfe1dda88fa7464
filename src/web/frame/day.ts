import type { Day } from '../../kernel/day.ts'
import { useMe } from './me.ts'
import { useTimes } from './times.ts'

/** The day that the page is about: the one chosen in the top bar, or today as the organisation counts it. */
export function useDay(): Day {
  const me = useMe()
  const { asOf } = useTimes()
  return asOf ?? me.data?.today ?? '1970-01-01'
}
