import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../db/context.ts'
import { reading } from '../db/transaction.ts'
import { Problem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import type { Auth } from './auth.ts'
import { parseInput } from './input.ts'
import type { Runtime } from './runtime.ts'
import { refuseCrossSite } from './session.ts'

type DemoPerson = { id: Id; name: unknown; jobTitle: unknown; roles: string[] }

/** A real organisation has no such door, even where somebody left the demo switched on: it is asked at each request. */
async function refuseOutsideDemo(tx: Tx): Promise<void> {
  const row = await tx.selectFrom('organisation').select('demoDay').executeTakeFirst()
  if (!row?.demoDay) throw new Problem('not_found', 'request.not_found')
}

/** The demo's people by one click. Registered only where the running installation is a demo; elsewhere there is no such address. */
export function registerDemoDoor(
  app: FastifyInstance,
  runtime: Runtime,
  auth: Auth,
  organisationId: Id,
): void {
  app.get('/api/demo/people', async (_request, reply) => {
    const items = await reading(runtime.database, organisationId, async (tx) => {
      await refuseOutsideDemo(tx)
      const { rows } = await sql<DemoPerson>`
        select p.id, p.name, p.job_title, coalesce((select jsonb_agg(distinct g.role) from role_grant g where g.person_id = p.id and g.ended_on is null), '[]') as roles
        from person p where p.state = 'active' and p.account_id is not null order by p.email`.execute(tx)
      return rows
    })
    return reply.header('cache-control', 'no-store').send({ items })
  })
  app.post('/api/demo/sign-in', async (request, reply) => {
    refuseCrossSite(request)
    const { personId } = parseInput(z.strictObject({ personId: z.uuid() }), request.body)
    const found = await reading(runtime.database, organisationId, async (tx) => {
      await refuseOutsideDemo(tx)
      return tx
        .selectFrom('person')
        .select('accountId')
        .where('id', '=', personId)
        .where('state', '=', 'active')
        .executeTakeFirst()
    })
    if (!found?.accountId) throw new Problem('not_found', 'record.not_found', { noun: 'person' })
    return reply
      .header('set-cookie', await auth.beginSession(found.accountId))
      .code(204)
      .send()
  })
}
