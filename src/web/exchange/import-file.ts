import type { Standing } from '../../kernel/progress.ts'
import { ApiProblem, call, type FieldError, problemIn } from '../client.ts'
import { sendForLines } from './json-lines.ts'

export const importFates = ['error', 'create', 'update', 'unchanged'] as const
export type ImportFate = (typeof importFates)[number]

export type ImportRow = {
  row: number
  key: string
  fate: ImportFate
  changes: string[]
  /** The pointer names the column of the file; empty for the row as a whole. */
  problems: FieldError[]
}

/** The answer of POST to `import` of any register. */
export type ImportAnswer = {
  applied: boolean
  counts: Record<ImportFate, number>
  unknownColumns: string[]
  notes: FieldError[]
  rows: ImportRow[]
}

/** How far the server is; null until it has the whole file. */
export type ImportProgress = Standing | null

/** A file as it was when it was chosen: what is applied later is what was examined, whatever becomes of the file. */
export type ChosenFile = { name: string; bytes: Blob }

export async function chosen(file: File): Promise<ChosenFile> {
  const bytes = new Blob([await file.arrayBuffer()], { type: 'application/octet-stream' })
  return { name: file.name, bytes }
}

export type Sent = { address: string; file: ChosenFile; mode: 'dry-run' | 'apply'; reason?: string }

/** An import that was called off before anything was written. */
export class CalledOff extends Error {}

export type StartedImport = {
  /** Rejects with {@link CalledOff} once that is certain. */
  answer: Promise<ImportAnswer>
  callOff(): void
}

type Line = {
  import?: string
  progress?: Standing
  rows?: ImportRow[]
  result?: Omit<ImportAnswer, 'rows'>
  problem?: unknown
}

const endedEarly = () => new ApiProblem(0, 'network', 'network')

/** Gathers the lines of an answer; throws the problem that one of them may be. */
function gathering(tell: (progress: Standing) => void, begun: (id: string) => void) {
  const rows: ImportRow[] = []
  let result: Line['result']
  return {
    take(line: unknown) {
      const said = line as Line
      if (said.import !== undefined) begun(said.import)
      if (said.progress) tell(said.progress)
      for (const row of said.rows ?? []) rows.push(row)
      if (said.result) result = said.result
      if (said.problem !== undefined) throw problemIn(said.problem, 400, 'import')
    },
    answer(): ImportAnswer {
      if (!result) throw endedEarly()
      return { ...result, rows }
    },
  }
}

/**
 * Sends a file to be examined or applied. To call off what is being applied takes the server's word: where it was too
 * late, the answer comes as if nobody had tried.
 */
export function startImport(
  { address, file, mode, reason = '' }: Sent,
  tell: (progress: Standing) => void,
): StartedImport {
  const controller = new AbortController()
  let id: string | null = null
  let wanted = false
  let certain = false
  const giveUp = () => {
    certain = true
    controller.abort()
  }
  const ask = async (running: string) => {
    const said = await call<{ calledOff: boolean }>('DELETE', `/api/imports/${running}`).catch(() => null)
    if (said?.calledOff) giveUp()
  }
  const gathered = gathering(tell, (running) => {
    id = running
    if (wanted) void ask(running)
  })
  const query = { mode, reason: reason.trim() }
  const told = async () => {
    try {
      const sent = { query, body: file.bytes, signal: controller.signal }
      await sendForLines(`${address}/import`, sent, gathered.take)
      return gathered.answer()
    } catch (error) {
      if (certain || (error instanceof ApiProblem && error.code === 'tabular.called_off'))
        throw new CalledOff()
      throw error
    }
  }
  return {
    answer: told(),
    callOff() {
      wanted = true
      // An examination writes nothing, whenever it ends.
      if (mode === 'dry-run') giveUp()
      else if (id !== null) void ask(id)
    },
  }
}
