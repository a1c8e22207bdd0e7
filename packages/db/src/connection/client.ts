import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from '../schema/index.ts'
import { connectionSettings } from './statement-link.ts'

/** The drizzle instance over a pool; it can open transactions. */
export type Database = PostgresJsDatabase<typeof schema>
/** What a query function takes: the database, or the transaction it runs in. */
export type Executor = Database | Parameters<Parameters<Database['transaction']>[0]>[0]
/** The postgres.js client of the same pool, for statements written as SQL. */
export type Sql = postgres.Sql

export interface ConnectOptions {
  /** Connections in the pool. Defaults to 10. */
  max?: number
  /** Shown in pg_stat_activity. Defaults to 'eungmo'. */
  name?: string
}

export interface Connection {
  db: Database
  sql: Sql
  /** Waits up to 5 s for running statements, then closes every connection. */
  close(): Promise<void>
}

const MAX_LIFETIME_SECONDS = 60 * 60

/**
 * Opens a pool on a PostgreSQL 15+ server. It connects lazily, so a wrong URL fails at the first statement.
 */
export function connect(url: string, { max = 10, name = 'eungmo' }: ConnectOptions = {}): Connection {
  const sql = postgres(url, {
    max,
    connect_timeout: 10,
    max_lifetime: MAX_LIFETIME_SECONDS,
    // In seconds. The driver's default grows to 20, long after a restarted server is back.
    backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1),
    onnotice: () => undefined,
    connection: { ...connectionSettings, application_name: name },
  })
  const db = drizzle(sql, { schema })
  return { db, sql, close: () => sql.end({ timeout: 5 }) }
}
