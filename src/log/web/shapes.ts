import type { Instant } from '../../kernel/clock.ts'
import type { FieldChange } from '../change.ts'

/** One entry of the log as the API lists it. */
export type Entry = {
  index: number
  type: string
  noun: string
  id: string
  n: number
  recordedAt: Instant
  actor: { kind: string; id: string | null; name: string } | null
  command: string | null
  reason: string | null
  level: number
}

export type EntryDetail = Entry & { leaf: string; record: Record<string, unknown> | null }

export type HistoryItem = Entry & { changes: FieldChange[] }

export type LogStatus = {
  origin: string
  size: number
  sealedSize: number
  root: string | null
  note: string | null
  sealedAt: Instant | null
  lost: { from: number; to: number } | null
}
