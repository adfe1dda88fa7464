import { useEffect, useRef, useState } from 'react'
import {
  type ImportAnswer,
  type ImportProgress,
  type Sent,
  type StartedImport,
  startImport,
} from './import-file.ts'

/** One import at a time, with how far it is. It is called off when the place where it was begun is left. */
export function useImport() {
  const [progress, setProgress] = useState<ImportProgress>(null)
  const [leaving, setLeaving] = useState(false)
  const started = useRef<StartedImport | null>(null)
  useEffect(() => () => started.current?.callOff(), [])
  const start = (sent: Sent): Promise<ImportAnswer> => {
    setProgress(null)
    setLeaving(false)
    const one = startImport(sent, setProgress)
    started.current = one
    return one.answer.finally(() => {
      if (started.current === one) started.current = null
    })
  }
  const callOff = () => {
    setLeaving(true)
    started.current?.callOff()
  }
  return { start, callOff, progress, leaving }
}
