import { useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'

/** The two times of every reading: the day that facts are about, and the instant whose knowledge counts. */
export type Times = { asOf?: string; knownAt?: string }

const day = /^\d{4}-\d{2}-\d{2}$/
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/

/** Takes the times, and the entity in view, from an address, leaving out what is malformed. */
export function frameSearch(search: object): Times & { entity?: string } {
  const { asOf, knownAt, entity } = search as Record<string, unknown>
  return {
    ...(typeof asOf === 'string' && day.test(asOf) ? { asOf } : {}),
    ...(typeof knownAt === 'string' && instant.test(knownAt) ? { knownAt } : {}),
    ...(typeof entity === 'string' && entity.length === 36 ? { entity } : {}),
  }
}

export function useTimes(): Times {
  const { asOf, knownAt } = frameSearch(useSearch({ strict: false }))
  return useMemo(() => ({ ...(asOf ? { asOf } : {}), ...(knownAt ? { knownAt } : {}) }), [asOf, knownAt])
}

/** True when the reader looks at another day or at earlier knowledge: then nothing can be changed. */
export function useIsPast(): boolean {
  const { asOf, knownAt } = useTimes()
  return asOf !== undefined || knownAt !== undefined
}

/** The entity to which the top bar narrows lists, if any. */
export function useEntityScope(): string | undefined {
  return frameSearch(useSearch({ strict: false })).entity
}
