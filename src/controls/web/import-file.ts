import { call, type FieldError } from '../../web/client.ts'

/** Which of the two kinds of files. */
export type ExchangeKind = 'controls' | 'implementations'

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

/** The answer of POST /api/controls/import and /api/implementations/import. */
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

type Sent = { kind: ExchangeKind; file: ChosenFile; mode: 'dry-run' | 'apply'; reason?: string }

export const importFile = ({ kind, file, mode, reason = '' }: Sent): Promise<ImportAnswer> =>
  call('POST', `/api/${kind}/import`, { query: { mode, reason: reason.trim() }, body: file.bytes })
