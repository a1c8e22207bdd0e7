import { sql as query } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from '../schema/index.ts'
import { withPreparedStatements } from './prepared-statements.ts'
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
  /** Time limits of its statements and transactions. Defaults to none, as commands need. */
  limits?: TransactionLimits
}

/** In milliseconds. A transaction that exceeds one is rolled back and gives its locks up. */
export interface TransactionLimits {
  statementMs: number
  /** For a process that has stopped in mid-transaction. */
  idleInTransactionMs: number
}

export interface Connection {
  db: Database
  sql: Sql
  /** Waits up to 5 s for running statements, then closes every connection. */
  close(): Promise<void>
}

const MAX_LIFETIME_SECONDS = 60 * 60

/** For requests: a person waits, and others wait for the event's gate. */
export const requestLimits: TransactionLimits = { statementMs: 10_000, idleInTransactionMs: 5_000 }
/** For freezing and drawing a list of a million entries, which hashes between two statements. */
const drawLimits: TransactionLimits = { statementMs: 120_000, idleInTransactionMs: 60_000 }

/** Gives the rest of a transaction the time that freezing or drawing a long list takes. */
export async function allowDrawTime(tx: Executor): Promise<void> {
  const { statementMs, idleInTransactionMs } = drawLimits
  await tx.execute(query`select set_config('statement_timeout', ${String(statementMs)}, true),
    set_config('idle_in_transaction_session_timeout', ${String(idleInTransactionMs)}, true)`)
}

/**
 * Opens a pool on a PostgreSQL 15+ server. It connects lazily, so a wrong URL fails at the first statement.
 */
export function connect(url: string, { max = 10, name = 'eungmo', limits }: ConnectOptions = {}): Connection {
  const sql = postgres(url, {
    max,
    connect_timeout: 10,
    max_lifetime: MAX_LIFETIME_SECONDS,
    // In seconds. The driver's default grows to 20, long after a restarted server is back.
    backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1),
    onnotice: () => undefined,
    connection: {
      ...connectionSettings,
      application_name: name,
      ...(limits && {
        statement_timeout: limits.statementMs,
        idle_in_transaction_session_timeout: limits.idleInTransactionMs,
      }),
    },
  })
  const db = drizzle(withPreparedStatements(sql), { schema })
  return { db, sql, close: () => sql.end({ timeout: 5 }) }
}
