import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { draftShape } from '../people/approval.ts'

export const interfaceSchema = z.strictObject({
  name: localText(200),
  /** Who is on the other side. */
  with: localText(200),
  description: localText(2000),
})

export const exclusionSchema = z.strictObject({ what: localText(1000), justification: localText(2000) })

/** The scope of a programme's management system, in numbered versions (ISO/IEC 27001 4.3). */
export const scopeStatement = recordType('scope-statement', 'scope_statement', {
  programmeId: idSchema,
  number: z.int().min(1).max(10_000),
  /** The words as they stand on the certificate. */
  scope: localText(4000),
  /** Boundaries: organisational, physical and technical. */
  boundaries: localText(8000).nullable(),
  entityIds: z.array(idSchema).min(1).max(500),
  serviceIds: z.array(idSchema).max(500),
  interfaces: z.array(interfaceSchema).max(200),
  exclusions: z.array(exclusionSchema).max(100),
  /** First day for which it holds once approved. */
  effectiveFrom: daySchema,
  ...draftShape,
})

export type ScopeStatement = RecordOf<typeof scopeStatement>
