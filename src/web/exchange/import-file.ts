import { call, type FieldError } from '../client.ts'

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

/** A file as it was when it was chosen: what is applied later is what was examined, whatever becomes of the file. */
export type ChosenFile = { name: string; bytes: Blob }

export async function chosen(file: File): Promise<ChosenFile> {
  const bytes = new Blob([await file.arrayBuffer()], { type: 'application/octet-stream' })
  return { name: file.name, bytes }
}

type Sent = { address: string; file: ChosenFile; mode: 'dry-run' | 'apply'; reason?: string }

export const importFile = ({ address, file, mode, reason = '' }: Sent): Promise<ImportAnswer> =>
  call('POST', `${address}/import`, { query: { mode, reason: reason.trim() }, body: file.bytes })
