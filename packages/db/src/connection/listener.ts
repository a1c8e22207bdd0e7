import postgres from 'postgres'
import { pause } from '../timing/pause.ts'
import { withDeadline } from '../timing/with-deadline.ts'
import { connectionSettings } from './statement-link.ts'

export interface ListenerOptions {
  onNotify(payload: string): void
  /**
   * Called after every connect, the first included. Notifications sent while disconnected are lost, so read
   * the data again.
   */
  onConnect(): void
  onError?: (error: unknown) => void
  /** Shown in pg_stat_activity. */
  name?: string
}

export interface Listener {
  close(): Promise<void>
}

const CHECK_INTERVAL_MS = 5_000
const CHECK_TIMEOUT_MS = 3_000
const RETRY_DELAY_MS = 300

/**
 * Holds one LISTEN on `channel`, and opens a new connection whenever the old one ends or stops responding. A
 * half-open socket reports nothing by itself, so the connection is checked every 5 s.
 */
export function listen(
  url: string,
  channel: string,
  { onNotify, onConnect, onError = () => undefined, name = `eungmo listen ${channel}` }: ListenerOptions,
): Listener {
  const stopping = new AbortController()
  const { signal } = stopping

  async function session(): Promise<void> {
    const ended = Promise.withResolvers<void>()
    const stop = () => ended.resolve()
    signal.addEventListener('abort', stop)
    const options = {
      max: 1,
      connect_timeout: 5,
      idle_timeout: 0,
      max_lifetime: null,
      fetch_types: false,
      onnotice: () => undefined,
      onclose: () => ended.reject(new Error(`The connection that listens on ${channel} ended`)),
      // Part of postgres.js, though not of its types; sql.listen hides a failed reconnect.
      onnotify: (_channel: string, payload: string) => onNotify(payload),
      connection: { ...connectionSettings, application_name: name },
    }
    const client = postgres(url, options)
    const run = (query: string) => withCheckTimeout(client.unsafe(query))
    let check: ReturnType<typeof setInterval> | undefined
    try {
      await Promise.race([run(`listen "${channel}"`), ended.promise])
      if (signal.aborted) return
      onConnect()
      check = setInterval(() => {
        run('select 1').catch(ended.reject)
      }, CHECK_INTERVAL_MS)
      await ended.promise
    } finally {
      clearInterval(check)
      signal.removeEventListener('abort', stop)
      ended.promise.catch(() => undefined)
      await client.end({ timeout: 0 })
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await session()
      } catch (error) {
        onError(error)
        await pause(RETRY_DELAY_MS, signal)
      }
    }
  }

  const running = run()
  return {
    async close() {
      stopping.abort()
      await running
    },
  }
}

function withCheckTimeout<T>(statement: PromiseLike<T>): Promise<T> {
  return withDeadline(
    statement,
    CHECK_TIMEOUT_MS,
    () => new Error(`The listening connection did not respond within ${CHECK_TIMEOUT_MS} ms`),
  )
}
