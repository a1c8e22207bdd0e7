import postgres from 'postgres'
import { within } from '../timing/with-deadline.ts'
import { isConnectionError } from './statement-error.ts'

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
  /** Connections; 1 unless told. */
  max?: number
  /** Shown in pg_stat_activity. */
  name?: string
  /** Milliseconds a statement may take, the wait for a connection included; 10,000 unless told. */
  timeout?: number
  /** Settings of its connections, such as `plan_cache_mode`. */
  settings?: Record<string, string>
}

/** A statement that had no answer in time; whether it took effect is unknown. */
export class StatementTimeout extends Error {
  readonly code = 'STATEMENT_TIMEOUT'
}

/**
 * What every long-lived connection of ours sets. A dead peer is noticed by both sides within seconds. At this isolation level only, whatever
 * the server's default, a query after a wait for a lock sees what was committed meanwhile: entry_terms() and the lock of an event rely on it.
 */
export const connectionSettings = {
  default_transaction_isolation: 'read committed',
  timezone: 'UTC',
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 2,
  tcp_keepalives_count: 3,
} as const

/**
 * A small pool for statements that must go on through restarts, half-open sockets and terminated backends. Each statement has a
 * limit of its own, on the server and here; after a timeout or a lost connection the next one gets fresh connections, since a
 * broken one can keep postgres.js waiting. It never repeats a statement: the caller knows whether that is harmless.
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
      // Array arguments are text literals here; asking for types costs a round trip a connection.
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
        return await within(
          statement,
          timeout,
          () => new StatementTimeout(`No answer from the database in ${timeout} ms`),
        )
      } catch (error) {
        if (isConnectionError(error)) replace(used)
        throw error
      }
    },
    close: () => client.end({ timeout: 5 }),
  }
}
