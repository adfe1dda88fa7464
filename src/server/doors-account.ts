import { sql } from 'kysely'
import { z } from 'zod'
import { Problem } from '../kernel/error.ts'
import type { Auth } from './auth.ts'
import type { Runtime } from './runtime.ts'

/** 256 random bits as base64url: what a link of set-up, invitation or reset carries. */
export const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** An account for somebody who proved their right to one; takes over what an interrupted try left behind. */
export async function accountFor(
  runtime: Runtime,
  auth: Auth,
  name: string,
  email: string,
  password: string,
): Promise<string> {
  const known = await auth.findAccount(email)
  if (known === null) return auth.createAccount({ name, email, password })
  const { rows } = await sql`select 1 from people_of_account(${known})`.execute(runtime.database.kysely)
  // The account stands for somebody already: this link does not prove that it is theirs.
  if (rows.length > 0) throw new Problem('conflict', 'person.email_taken')
  await auth.takeOver(known, password)
  return known
}
