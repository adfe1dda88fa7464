import type { CitingSource } from '../db/citing.ts'
import { risksCiting } from '../risks/server/citing-queries.ts'
import { statementsCiting } from '../soa/server/citing-queries.ts'

const sources: readonly CitingSource[] = [risksCiting, statementsCiting]

/** Everything that cites some records, whatever its noun. */
export const citationsOf: CitingSource = async (ctx, cited, ids) => {
  if (ids.length === 0) return []
  const found = []
  for (const source of sources) found.push(...(await source(ctx, cited, ids)))
  return found
}
