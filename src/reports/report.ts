import type { Day } from '../kernel/day.ts'
import type { Language } from '../kernel/language.ts'

export const reportKinds = [
  'statement-of-applicability',
  'risk-assessment',
  'risk-treatment-plan',
  'asset-register',
  'scope-and-context',
  'objectives',
  'documented-information',
  'certificate-register',
  'executive-summary',
] as const
export type ReportKind = (typeof reportKinds)[number]

/** How a cell or a line is to be read; never the only sign of it, since print may be black and white. */
export type Tone = 'good' | 'partial' | 'bad' | 'unknown'

export type Cell = string | number | null

/** `share` is a part of the width that is left over; without one, a column is as wide as it needs to be. */
export type Column = { key: string; label: string; share: number | null; align: 'start' | 'end' }

export type TableBlock = {
  kind: 'table'
  /** Names the sheet and the file of this table. */
  key: string
  title: string
  columns: readonly Column[]
  rows: readonly (readonly Cell[])[]
  /** Shown where there is no row. */
  empty: string
}

/** A drawing, with the table that says the same in words. */
export type FigureBlock = { kind: 'figure'; svg: string; alt: string; widthShare: number; caption: string }

export type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'facts'; items: readonly { label: string; value: string }[] }
  | { kind: 'note'; tone: Tone; text: string }
  | { kind: 'page' }
  | FigureBlock
  | TableBlock

/**
 * What a report says, in one language, whatever shows it: the screen, the PDF and the spreadsheet are made from this
 * and from nothing else, so that they cannot differ. Nothing in it depends on when or by whom it is read.
 */
export type Report = {
  kind: ReportKind
  language: Language
  title: string
  organisation: string
  /** What it is about: the programme, the version. */
  subject: string
  /** A version that was approved, or null for the state of a day. */
  version: string | null
  asOf: Day
  /** The instant whose knowledge was asked for; null where all that is known was. */
  knownAt: string | null
  /** How well what it rests on is proven: 0 recorded, 1 sealed in the log. */
  integrity: number
  landscape: boolean
  blocks: readonly Block[]
}

export const tablesOf = (report: Report): TableBlock[] =>
  report.blocks.filter((block) => block.kind === 'table')
