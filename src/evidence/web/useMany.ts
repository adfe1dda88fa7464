import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Id } from '../../kernel/id.ts'

/** What became of one of many: `problem` says why it was refused. */
export type Fate = { state: 'waiting' | 'working' | 'done' } | { state: 'refused'; problem: unknown }

const atOnce = 4

/** Does the same to many records, each for itself: what one is refused for stops none of the others. */
export function useMany(act: (id: Id) => Promise<unknown>) {
  const cache = useQueryClient()
  const [fates, setFates] = useState<ReadonlyMap<Id, Fate>>(new Map())
  const [running, setRunning] = useState(false)
  const stopped = useRef(false)
  const set = (id: Id, fate: Fate) => setFates((before) => new Map(before).set(id, fate))

  const run = async (ids: readonly Id[]) => {
    stopped.current = false
    setRunning(true)
    const left = [...ids]
    for (const id of left) set(id, { state: 'waiting' })
    const work = async () => {
      for (let id = left.shift(); id !== undefined && !stopped.current; id = left.shift()) {
        set(id, { state: 'working' })
        try {
          await act(id)
          set(id, { state: 'done' })
        } catch (problem) {
          set(id, { state: 'refused', problem })
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    setRunning(false)
    await cache.invalidateQueries()
  }

  const count = (state: Fate['state']) => [...fates.values()].filter((one) => one.state === state).length
  return {
    fates,
    running,
    finished: fates.size > 0 && !running,
    done: count('done'),
    refused: count('refused'),
    run,
    /** What has begun is finished; nothing else is begun. */
    stop: () => {
      stopped.current = true
    },
  }
}
