import { z } from 'zod'
import { digestSchema } from '../frameworks/adopted-edition.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { languageSchema } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'

const fileSchema = z.strictObject({
  name: lineText(200),
  mediaType: lineText(120),
  size: z.int().min(0),
  sha256: digestSchema,
})

/** What was given to an auditor: which files, as of which day. Its entry in the log is what proves their digests. */
export const reportPackage = recordType('report-package', 'report_package', {
  programmeId: idSchema,
  kind: z.enum(['stage-one']),
  language: languageSchema,
  asOf: daySchema,
  files: z.array(fileSchema).min(1).max(100),
  madeById: idSchema.nullable(),
  madeOn: daySchema,
})

export type ReportPackage = RecordOf<typeof reportPackage>
