import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ApiProblem } from '../../web/client.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { failureText } from '../../web/ui/Notice.tsx'

export type Refused<Row> = { row: Row; why: string }

type Adding<Row> = { all: number; done: number; running: boolean; refused: readonly Refused<Row>[] }

/** A key for each row that stays the same while the row does: pressed again after a lost answer, nothing happens twice. */
function useKeys() {
  const keys = useRef(new Map<string, string>())
  return (body: unknown) => {
    const text = JSON.stringify(body)
    const key = keys.current.get(text) ?? crypto.randomUUID()
    keys.current.set(text, key)
    return key
  }
}

/** Sends rows one after the other through the command of a single one; those refused are told with the reason. */
export function useAdding<Row>(send: (row: Row, key: (body: unknown) => string) => Promise<unknown>) {
  const cache = useQueryClient()
  const shell = useWords(shellMessages)
  const keyOf = useKeys()
  const [state, setState] = useState<Adding<Row> | null>(null)
  const why = (error: unknown) => {
    const field = error instanceof ApiProblem ? error.fields[0]?.detail : undefined
    return field ?? failureText(error, shell.failure)
  }
  const run = async (rows: readonly Row[]): Promise<readonly Refused<Row>[]> => {
    const refused: Refused<Row>[] = []
    const tell = (done: number, running: boolean) =>
      setState({ all: rows.length, done, running, refused: [...refused] })
    tell(0, true)
    for (const [index, row] of rows.entries()) {
      await send(row, keyOf).catch((error: unknown) => refused.push({ row, why: why(error) }))
      tell(index + 1, true)
    }
    await cache.invalidateQueries()
    tell(rows.length, false)
    return refused
  }
  return { state, run, clear: () => setState(null) }
}
