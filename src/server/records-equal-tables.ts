import type { TableEquals } from '../db/equality.ts'
import type { entity } from '../organisation/entity.ts'
import type { organisation } from '../organisation/organisation.ts'
import type { service } from '../organisation/service.ts'

/** Each line compiles only while the record and its table say the same: the two declarations of every field. */
export type RecordsEqualTables = [
  Same<TableEquals<typeof organisation, 'organisation'>>,
  Same<TableEquals<typeof entity, 'entity'>>,
  Same<TableEquals<typeof service, 'service'>>,
]

type Same<Verdict extends true> = Verdict
