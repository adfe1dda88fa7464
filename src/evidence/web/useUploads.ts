import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, call } from '../../web/client.ts'
import type { EvidenceFile } from '../file.ts'
import { comesInPieces, sendInPieces, sendWhole } from './transfer.ts'

/** `refused`: the server will not have it. `failed`: it did not get there, and may be sent again. */
export type UploadState = 'waiting' | 'sending' | 'checking' | 'ready' | 'refused' | 'failed'

export type UploadEntry = {
  key: string
  name: string
  size: number
  /** What is sent; null for a file that was sent at another time and still waits. */
  source: File | null
  state: UploadState
  /** From 0 to 1. */
  share: number
  /** As the server keeps it, waiting for its item. */
  file: EvidenceFile | null
  problem: unknown
}

const atOnce = 2

/** Files on their way to the server: each by itself, so that a refused one stops none of the others. */
export function useUploads() {
  const [entries, setEntries] = useState<readonly UploadEntry[]>([])
  // Files that were listed here once: what was used or removed may still stand in an older answer of the server.
  const [seen, setSeen] = useState<readonly string[]>([])
  const running = useRef(new Map<string, AbortController>())
  const change = useCallback(
    (key: string, next: Partial<UploadEntry>) =>
      setEntries((before) => before.map((one) => (one.key === key ? { ...one, ...next } : one))),
    [],
  )

  const begin = useCallback(
    async ({ key, source }: UploadEntry) => {
      if (source === null) return
      const stop = new AbortController()
      running.current.set(key, stop)
      change(key, { state: 'sending', share: 0, problem: null })
      const onProgress = (share: number) => change(key, { share, state: share >= 1 ? 'checking' : 'sending' })
      try {
        const sending = { onProgress, signal: stop.signal }
        const file = comesInPieces(source)
          ? await sendInPieces(source, sending)
          : await sendWhole(source, sending)
        setSeen((before) => [...before, file.id])
        change(key, { state: 'ready', share: 1, file })
      } catch (problem) {
        const final = problem instanceof ApiProblem && problem.status >= 400 && problem.status < 500
        if (!stop.signal.aborted) change(key, { state: final ? 'refused' : 'failed', problem })
      } finally {
        running.current.delete(key)
      }
    },
    [change],
  )

  useEffect(() => {
    const free = atOnce - running.current.size
    for (const one of entries.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free)))
      begin(one)
  }, [entries, begin])

  useEffect(() => {
    const all = running.current
    return () => {
      for (const stop of all.values()) stop.abort()
    }
  }, [])

  const add = useCallback((files: readonly File[]) => {
    const fresh = files.map(
      (source): UploadEntry => ({
        key: crypto.randomUUID(),
        name: source.name,
        size: source.size,
        source,
        state: 'waiting',
        share: 0,
        file: null,
        problem: null,
      }),
    )
    setEntries((before) => [...before, ...fresh])
  }, [])

  const remove = useCallback((one: UploadEntry) => {
    running.current.get(one.key)?.abort()
    setEntries((before) => before.filter(({ key }) => key !== one.key))
    // What waits on the server goes by itself after a week; giving it up now is a courtesy that may fail.
    if (one.file) call('DELETE', `/api/evidence/files/${one.file.id}`).catch(() => undefined)
  }, [])

  const again = useCallback((one: UploadEntry) => change(one.key, { state: 'waiting' }), [change])
  /** Takes up a file that was sent before. */
  const adopt = useCallback((file: EvidenceFile) => {
    setSeen((before) => [...before, file.id])
    setEntries((before) => [
      ...before,
      {
        key: crypto.randomUUID(),
        name: file.name,
        size: file.size,
        source: null,
        state: 'ready',
        share: 1,
        file,
        problem: null,
      },
    ])
  }, [])
  const clear = useCallback(() => setEntries([]), [])

  const ready = entries.flatMap(({ file }) => (file ? [file] : []))
  const busy = entries.some(({ state }) => ['waiting', 'sending', 'checking'].includes(state))
  /** Not taken, and not removed by hand either: whoever dropped it has to see that. */
  const stuck = entries.some(({ state }) => state === 'refused' || state === 'failed')
  return { entries, ready, busy, stuck, seen, add, adopt, remove, again, clear }
}

export type Uploads = ReturnType<typeof useUploads>
