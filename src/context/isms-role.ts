import { z } from 'zod'
import { idSchema } from '../kernel/id.ts'
import { intervalShape } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'
import { keySchema } from '../organisation/entity.ts'

const holderSchema = z.strictObject({
  personId: idSchema,
  /** Stands in when the holder is away. */
  deputyId: idSchema.nullable(),
  ...intervalShape,
})

/** A role of the management system with its responsibilities and authority, and who held it when (ISO/IEC 27001 5.3). */
export const ismsRole = recordType('isms-role', 'isms_role', {
  key: keySchema,
  name: localText(200),
  responsibilities: localText(4000),
  authority: localText(2000).nullable(),
  /** Clauses that ask for it, such as `5.3 a`. */
  clauses: z.array(lineText(40)).max(20),
  /** The entity that it is for; null is the organisation. */
  entityId: idSchema.nullable(),
  holders: z.array(holderSchema).max(200),
})

export type IsmsRole = RecordOf<typeof ismsRole>
