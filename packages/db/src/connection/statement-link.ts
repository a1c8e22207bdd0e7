import postgres from 'postgres'
import { withDeadline } from '../timing/with-deadline.ts'
import { errorCode, isConnectionError } from './statement-error.ts'

export type StatementParameter = string | number | bigint | boolean | null | Uint8Array

/** Runs one prepared statement, alone in its transaction. */
export interface StatementRunner {
  run<Row extends object>(query: string, parameters?: readonly StatementParameter[]): Promise<Row[]>
}

export interface StatementLink extends StatementRunner {
  /** Waits up to 5 s for running statements, then closes every connection. */
  close(): Promise<void>
}

export interface LinkOptions {
  /** Connections. Defaults to 1. */
  max?: number
  /** Shown in pg_stat_activity. Defaults to 'eungmo'. */
  name?: string
  /** Milliseconds a statement may take, the wait for a connection included. Defaults to 10,000. */
  timeout?: number
  /** Settings of its connections, such as `plan_cache_mode`. */
  settings?: Record<string, string>
}

/** A statement that returned nothing in time; whether it took effect is unknown. */
export class StatementTimeout extends Error {
  readonly code = 'STATEMENT_TIMEOUT'
}

/**
 * The settings of every long-lived connection. Keepalives let both sides notice a dead peer within seconds.
 * Only at this isolation level, whatever the server's default, does a query after a wait for a lock see what
 * was committed meanwhile: entry_terms() and the lock of an event rely on it.
 */
export const connectionSettings = {
  default_transaction_isolation: 'read committed',
  timezone: 'UTC',
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 2,
  tcp_keepalives_count: 3,
} as const

/**
 * A small pool for statements that must survive restarts, half-open sockets and terminated backends. Each
 * statement has its own time limit, on the server and here; after a timeout or a lost connection the next one
 * gets fresh connections, since a broken one can keep postgres.js waiting. It never repeats a statement: the
 * caller knows whether that is harmless.
 */
export function openLink(
  url: string,
  { max = 1, name = 'eungmo', timeout = 10_000, settings = {} }: LinkOptions = {},
): StatementLink {
  const open = () =>
    postgres(url, {
      max,
      connect_timeout: Math.max(1, Math.floor(timeout / 1000)),
      max_lifetime: null,
      // Array arguments are text literals here; fetching the types costs a round trip per connection.
      fetch_types: false,
      onnotice: () => undefined,
      connection: { ...connectionSettings, ...settings, application_name: name, statement_timeout: timeout },
    })
  let client = open()

  function replace(broken: postgres.Sql): void {
    if (client !== broken) return
    client = open()
    void broken.end({ timeout: timeout / 1000 })
  }

  return {
    async run<Row extends object>(query: string, parameters: readonly StatementParameter[] = []) {
      const used = client
      const statement = used.unsafe<Row[]>(query, [...parameters] as postgres.ParameterOrJSON<never>[], {
        prepare: true,
      })
      try {
        return await withDeadline(
          statement,
          timeout,
          () => new StatementTimeout(`The database returned nothing within ${timeout} ms`),
        )
      } catch (error) {
        if (isConnectionError(error) || !isSqlState(error)) replace(used)
        throw error
      }
    },
    close: () => client.end({ timeout: 5 }),
  }
}

/** What PostgreSQL itself reports leaves the connection usable; an error of the driver may not. */
function isSqlState(error: unknown): boolean {
  return errorCode(error).length === 5
}
