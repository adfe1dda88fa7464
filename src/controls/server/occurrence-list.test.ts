import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Context } from '../../db/context.ts'
import { writing } from '../../db/transaction.ts'
import type { Query } from '../../kernel/command.ts'
import { answer, execute } from '../../server/execute.ts'
import { createControl } from './commands.ts'
import { createImplementation } from './implementation-commands.ts'
import { listOccurrences } from './occurrence-queries.ts'
import { listControls } from './queries.ts'
import { listTasks } from './task-queries.ts'

const text = { en: 'Something', ja: 'なにか' }
const each = 2000
const places = 50

let world: World
let home: Home
let implementations: string[]

beforeAll(async () => {
  world = await makeWorld('occurrence-list')
  home = await foundHome(world)
  implementations = []
  for (let at = 0; at < places; at++) {
    const one = await execute(world.runtime, home.owner, createControl, {
      code: `C-${String(at).padStart(2, '0')}`,
      name: text,
      objective: text,
      practice: null,
      requirementLinks: [],
      controlLinks: [],
      together: [],
      ownerId: null,
    })
    const carried = await execute(world.runtime, home.owner, createImplementation, {
      controlId: one.id,
      entityId: home.root.id,
      serviceId: null,
      inheritable: true,
      ownerId: null,
      description: text,
      frequency: null,
      evidenceDays: 365,
      phases: [{ from: '2018-01-01', stance: 'operating', reason: null }],
    })
    implementations.push(carried.id)
  }
  // A day's work for five years, straight into the table: each odd one passed, every tenth one failed.
  await writing(world.database, home.organisationId, async (tx) => {
    await sql`
      insert into occurrence (organisation_id, id, version, implementation_id, period_from, period_to, due_by,
        planned_on, trigger, attempts, missed, cancelled)
      select ${home.organisationId}::uuid, gen_random_uuid(), 1, one.id, day.at, day.at, day.at, day.at - 1, null,
        case when day.n % 10 = 0 then jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'on', day.at::text,
            'personId', null, 'outcome', 'fail', 'note', null))
          when day.n % 2 = 1 then jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'on', day.at::text,
            'personId', null, 'outcome', 'pass', 'note', 'Looked at it'))
          else '[]'::jsonb end, null, null
      from unnest(${implementations}::uuid[]) as one (id),
        lateral (select n, date '2018-02-01' + n as at from generate_series(0, ${each - 1}) as n) as day`.execute(
      tx,
    )
  })
  const owner = new pg.Client(world.config)
  await owner.connect()
  await owner.query('analyze occurrence')
  await owner.end()
}, 120_000)
afterAll(() => world.close())

/** The statements that a query sends, with their values. */
async function sent<Input, Output>(
  query: Query<Context, Input, Output>,
  input: unknown,
): Promise<{ text: string; values: unknown[] }[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await answer(world.runtime, home.manager, query, input)
    return spy.mock.calls.flatMap((call: unknown[]) => {
      const [first, second] = call
      if (typeof first === 'string') return [{ text: first, values: Array.isArray(second) ? second : [] }]
      const { text: words, values } = first as { text?: string; values?: unknown[] }
      return words ? [{ text: words, values: values ?? [] }] : []
    })
  } finally {
    spy.mockRestore()
  }
}

async function plan({ text: words, values }: { text: string; values: unknown[] }): Promise<string> {
  const client = new pg.Client(world.config)
  await client.connect()
  try {
    const { rows } = await client.query(`explain ${words}`, values)
    return rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')
  } finally {
    await client.end()
  }
}

describe('a hundred thousand occurrences', () => {
  it('are listed by their due day along the index, from either end and from the middle', async () => {
    const first = await answer(world.runtime, home.manager, listOccurrences, { limit: 200 })
    expect(first.total).toBe(each * places)
    expect(first.items.every((one) => one.dueBy <= '2018-02-04')).toBe(true)
    for (const input of [{}, { order: 'desc' }, { cursor: first.nextCursor ?? '' }]) {
      const statements = await sent(listOccurrences, { limit: 200, ...input })
      const page = statements.find((one) => one.text.includes('order by due_by'))
      if (!page) throw new Error('no page was asked for')
      const explained = await plan(page)
      expect(explained).toContain('occurrence_by_due')
      expect(explained).not.toContain('Seq Scan on occurrence')
    }
  })

  it('are paged through once each, in the order of their days', async () => {
    const seen = new Set<string>()
    let last = ''
    let cursor: string | undefined
    const input = { control: undefined, dueFrom: '2019-01-01', dueTo: '2019-01-20', limit: 200 }
    do {
      const page = await answer(world.runtime, home.manager, listOccurrences, { ...input, cursor })
      for (const one of page.items) {
        expect(one.dueBy >= last).toBe(true)
        last = one.dueBy
        seen.add(one.id)
      }
      expect(page.total).toBe(20 * places)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen.size).toBe(20 * places)
  })

  it('refuse a cursor whose place is no day', async () => {
    const cursor = Buffer.from(
      JSON.stringify({ sort: 'due/asc', value: "2019-01-01'; --", id: implementations[0] }),
    ).toString('base64url')
    await expect(answer(world.runtime, home.manager, listOccurrences, { cursor })).rejects.toMatchObject({
      fields: [{ pointer: '/cursor', code: 'request.cursor' }],
    })
  })

  it('and their controls and tasks are asked for equally often for one row as for two hundred', async () => {
    for (const [query, many] of [
      [listOccurrences, 200],
      [listControls, 50],
    ] as const) {
      const one = await sent(query as typeof listOccurrences, { limit: 1 })
      const all = await sent(query as typeof listOccurrences, { limit: many })
      expect(one.length).toBeGreaterThan(0)
      expect(all.length).toBe(one.length)
    }
    const none = await sent(listTasks, { ahead: 0 })
    expect(none.length).toBeLessThan(12)
  })

  it('are cut by state in SQL exactly as the rule says of each', async () => {
    for (const state of ['failed', 'missed', 'on-time'] as const) {
      const { items, total } = await answer(world.runtime, home.manager, listOccurrences, {
        state,
        limit: 20,
      })
      expect(total).toBe(places * each * { failed: 0.1, missed: 0.4, 'on-time': 0.5 }[state])
      expect(new Set(items.map((one) => one.state))).toEqual(new Set([state]))
    }
  })
})
