import type { Day } from '../../kernel/day.ts'
import { useMe } from '../../web/frame/me.ts'
import { useTimes } from '../../web/frame/times.ts'

/** The day in view: the one chosen in the top bar, or today as the organisation counts it. */
export function useDay(): Day {
  const { asOf } = useTimes()
  const me = useMe()
  return asOf ?? me.data?.today ?? '1970-01-01'
}
