import { Problem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import type { Auth } from './auth.ts'

/**
 * Sets the first password here of somebody whose account came with an archive. The link is used up first: of several
 * tries with one link, one succeeds. An account that has any credential is not touched: links are no way around one.
 */
export async function returnWithPassword(
  auth: Auth,
  link: { personId: Id; accountId: string; digest: string; now: Date },
  password: string,
): Promise<string> {
  const { rowCount: credentials } = await auth.pool.query(
    'select 1 from auth."account" where "userId" = $1 union all select 1 from auth."passkey" where "userId" = $1',
    [link.accountId],
  )
  if (credentials) throw new Problem('precondition', 'access.link_invalid')
  const { rowCount: used } = await auth.pool.query(
    'delete from auth.invitation where digest = $1 and person_id = $2 and expires_at > $3',
    [link.digest, link.personId, link.now.toISOString()],
  )
  if (used !== 1) throw new Problem('precondition', 'access.link_invalid')
  await auth.takeOver(link.accountId, password)
  return link.accountId
}
