import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.gen.ts'

// Days stay text: a JavaScript Date would move them through a time zone. Counters stay exact: they are below 2^53.
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.DATE) return (value: string) => value
    if (oid === pg.types.builtins.TIMESTAMPTZ) return (value: string) => new Date(value).toISOString()
    if (oid === pg.types.builtins.INT8) return (value: string) => Number(value)
    return pg.types.getTypeParser(oid, format)
  },
}

/** The role under which requests run: it owns nothing and cannot bypass row-level security. */
export const applicationRole = 'assay_app'

export type Database = { pool: pg.Pool; kysely: Kysely<Tables>; close(): Promise<void> }

const names = new Map<string, string>()

/**
 * Has every connection plan a statement once, and not each time. For texts that are constants, used by most commands,
 * and planned alike whatever their parameters are; a connection keeps them for as long as it lives.
 */
export function preparing(text: string): string {
  if (!names.has(text)) names.set(text, `assay_${names.size}`)
  return text
}

/**
 * A connection as the query builder sees it. Several statements sent at once, which can have no parameters, answer what
 * the last of them says: a reading begins in one round trip and not in three.
 */
function batching(client: pg.PoolClient): PostgresPoolClient {
  const query = async (text: string, values: readonly unknown[]) => {
    const name = names.get(text)
    const answer: pg.QueryResult | pg.QueryResult[] =
      name === undefined
        ? await client.query(text, [...values])
        : await client.query({ name, text, values: [...values] })
    return Array.isArray(answer) ? answer.at(-1) : answer
  }
  return { query: query as PostgresPoolClient['query'], release: () => client.release() }
}

export function connect(config: pg.PoolConfig, options: { role: string | null; max?: number }): Database {
  const pool = new pg.Pool({
    ...config,
    max: options.max ?? 12,
    types,
    application_name: 'assay',
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    // Runs on each new connection before anyone uses it.
    ...(options.role ? { options: `-c role=${options.role}` } : {}),
  })
  // A connection that dies while idle (the server was killed) is dropped by the pool; the next request makes a new one.
  pool.on('error', () => undefined)
  // One that dies between two statements of a transaction says so by an event; unheard, that event ends the process.
  // The next statement of the transaction fails by itself.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const connections = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const connectionOf = async () => {
    const client = await pool.connect()
    const connection = connections.get(client) ?? batching(client)
    connections.set(client, connection)
    return connection
  }
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: { connect: connectionOf, end: () => pool.end() } }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return { pool, kysely, close: () => kysely.destroy() }
}
