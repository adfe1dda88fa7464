import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { Change } from '../diff.ts'
import type { PageText } from '../page-text.ts'
import type { Publication } from '../publication.ts'
import type { ReportRequest } from '../report-request.ts'

export type ReasonAnswer = {
  code: string
  text: { en: string; ja: string }
  record: { noun: string; id: string }
}

/** The page as it would be published for the day in view. */
export type PreviewAnswer = {
  number: number
  html: { en: string; ja: string }
  reasons: ReasonAnswer[]
  changes: Change[]
  abilities: string[]
}

export type PageStatus = {
  live: { number: number; asOf: Day; publishedAt: Instant } | null
  upToDate: boolean
  changes: Change[]
  reasons: ReasonAnswer[]
  holdsUntil: Day | null
}

export type TextAnswer = PageText & {
  reviewed: boolean
  inForce: boolean
  digest: string
  abilities: string[]
}

export type EditionLine = Omit<Publication, 'content'>

export type RequestAnswer = Omit<ReportRequest, 'linkDigest'> & { abilities: string[] }

export type PlaceholderAnswer = { placeholder: string; meaning: string; en: string | null; ja: string | null }
