import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from '../schema/index.ts'
import { connectionSettings } from './statement-link.ts'

/** The drizzle instance that queries take. */
export type Database = PostgresJsDatabase<typeof schema>
/** What a query takes: the database, or the transaction it runs in. */
export type Executor = Database | Parameters<Parameters<Database['transaction']>[0]>[0]
/** The postgres.js client, for the hot statements that need prepared single round trips. */
export type Sql = postgres.Sql

export interface ConnectOptions {
  /** Connections in the pool; 10 unless told. */
  max?: number
  /** Shown in pg_stat_activity. */
  name?: string
}

export interface Connection {
  db: Database
  sql: Sql
  /** Waits up to 5 s for running statements, then closes every connection. */
  close(): Promise<void>
}

/** Opens a pool on a PostgreSQL 15+ server; connects lazily, so it throws only at the first statement. */
export function connect(url: string, { max = 10, name = 'eungmo' }: ConnectOptions = {}): Connection {
  const sql = postgres(url, {
    max,
    connect_timeout: 10,
    max_lifetime: 60 * 60,
    // Seconds; the driver's own grows to 20, long after a restarted server is back.
    backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1),
    onnotice: () => undefined,
    connection: { ...connectionSettings, application_name: name },
  })
  const db = drizzle(sql, { schema })
  return { db, sql, close: () => sql.end({ timeout: 5 }) }
}
