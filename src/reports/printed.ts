import { contentDigest } from './digest.ts'
import type { Report } from './report.ts'
import { wordsFor } from './words.ts'

/** The facts that stand above every report, on paper as in the spreadsheet. */
export function frameFacts(report: Report): { label: string; value: string }[] {
  const words = wordsFor(report.language)
  return [
    { label: words.organisation, value: report.organisation },
    { label: words.asOf, value: report.asOf },
    ...(report.knownAt === null ? [] : [{ label: words.knownAt, value: report.knownAt }]),
    { label: words.version, value: report.version ?? words.state },
    { label: words.integrity, value: words.levels[report.integrity] ?? String(report.integrity) },
  ]
}

/** A report with everything that its printed form needs to say. */
export function printed(report: Report) {
  const words = wordsFor(report.language)
  return {
    ...report,
    words: { digest: words.digest },
    marks: words.marks(report.asOf, report.version),
    facts: frameFacts(report),
    digest: contentDigest(report),
  }
}

export type Printed = ReturnType<typeof printed>
