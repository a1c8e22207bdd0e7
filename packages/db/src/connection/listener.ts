import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { within } from '../timing/with-deadline.ts'
import { connectionSettings } from './statement-link.ts'

export interface ListenerOptions {
  onNotify(payload: string): void
  /** After every connect, the first included: whatever was notified meanwhile is lost, so read again. */
  onConnect(): void
  onError?: (error: unknown) => void
  name?: string
}

export interface Listener {
  close(): Promise<void>
}

const CHECK_EVERY = 5_000
const CHECK_LIMIT = 3_000
const RETRY_AFTER = 300

/**
 * Holds one LISTEN on `channel`, and makes a new connection whenever the old one ends or stops answering (a half-open socket
 * shows nothing by itself, so it is asked every 5 s).
 */
export function listen(
  url: string,
  channel: string,
  { onNotify, onConnect, onError = () => undefined, name = `eungmo listen ${channel}` }: ListenerOptions,
): Listener {
  const stopping = new AbortController()
  const { signal } = stopping

  async function session(): Promise<void> {
    const over = Promise.withResolvers<void>()
    const stop = () => over.resolve()
    signal.addEventListener('abort', stop)
    const options = {
      max: 1,
      connect_timeout: 5,
      idle_timeout: 0,
      max_lifetime: null,
      fetch_types: false,
      onnotice: () => undefined,
      onclose: () => over.reject(new Error(`The connection that listens on ${channel} ended`)),
      // Part of postgres.js, though not of its types; sql.listen hides a failed reconnect.
      onnotify: (_channel: string, payload: string) => onNotify(payload),
      connection: { ...connectionSettings, application_name: name },
    }
    const client = postgres(url, options)
    const ask = (query: string) => limited(client.unsafe(query))
    let check: ReturnType<typeof setInterval> | undefined
    try {
      await Promise.race([ask(`listen "${channel}"`), over.promise])
      if (signal.aborted) return
      onConnect()
      check = setInterval(() => {
        ask('select 1').catch(over.reject)
      }, CHECK_EVERY)
      await over.promise
    } finally {
      clearInterval(check)
      signal.removeEventListener('abort', stop)
      over.promise.catch(() => undefined)
      await client.end({ timeout: 0 })
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await session()
      } catch (error) {
        onError(error)
        await pause(RETRY_AFTER, undefined, { signal }).catch(() => undefined)
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

function limited<T>(statement: PromiseLike<T>): Promise<T> {
  return within(statement, CHECK_LIMIT, () => new Error('No answer on the listening connection'))
}
