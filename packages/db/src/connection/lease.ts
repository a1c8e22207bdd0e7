import postgres from 'postgres'
import { pause } from '../timing/pause.ts'
import { withDeadline } from '../timing/with-deadline.ts'
import { connectionSettings } from './statement-link.ts'

/** Leadership that lasts as long as its connection. */
export interface Lease {
  readonly held: boolean
  /** Resolves when the lease has ended, whether it was released or lost. Never rejects. */
  readonly ended: Promise<void>
  /** Ends the lease and resolves when its connection is closed. */
  release(): Promise<void>
}

export interface LeaseOptions {
  /** Shown in pg_stat_activity. Defaults to 'eungmo lease'. */
  name?: string
  /** Between attempts while another process leads. Defaults to 500. */
  retryIntervalMs?: number
  /** Receives the error of every failed attempt. */
  onError?: (error: unknown) => void
}

const CHECK_INTERVAL_MS = 2_000
const CHECK_TIMEOUT_MS = 4_000
/** The server ends the session of a holder that has gone silent: suspended, or cut off without a FIN. */
const IDLE_SESSION_TIMEOUT_MS = 6_000

/**
 * Resolves with a lease when this process holds the advisory lock `key`, on a connection of its own, or with
 * null when `signal` is aborted first. The death of another holder frees the lock at once, its silence within
 * 6 s. A failed attempt is passed to `onError` and repeated, so this never rejects.
 *
 * @example
 * const lease = await acquireLease(url, JOBS_LOCK, signal)
 * while (lease?.held) await runDueJobs()
 */
export async function acquireLease(
  url: string,
  key: number,
  signal: AbortSignal,
  { name = 'eungmo lease', retryIntervalMs = 500, onError = () => undefined }: LeaseOptions = {},
): Promise<Lease | null> {
  while (!signal.aborted) {
    const lost = Promise.withResolvers<void>()
    const client = postgres(url, {
      max: 1,
      connect_timeout: 5,
      max_lifetime: null,
      fetch_types: false,
      onnotice: () => undefined,
      onclose: () => lost.resolve(),
      connection: {
        ...connectionSettings,
        application_name: name,
        idle_session_timeout: IDLE_SESSION_TIMEOUT_MS,
      },
    })
    try {
      if (await tryUntilHeld(client, key, signal, retryIntervalMs))
        return startLease(client, lost.promise, lost.resolve)
    } catch (error) {
      if (!signal.aborted) onError(error)
    }
    lost.resolve()
    await client.end({ timeout: 0 })
    await pause(retryIntervalMs, signal)
  }
  return null
}

async function tryUntilHeld(
  client: postgres.Sql,
  key: number,
  signal: AbortSignal,
  intervalMs: number,
): Promise<boolean> {
  while (!signal.aborted) {
    // Waiting inside the server would hold a snapshot, and with it every dead row of the outbox.
    const [row] = await withCheckTimeout(
      client<{ held: boolean }[]>`select pg_try_advisory_lock(${key}) as held`,
    )
    if (row?.held) return true
    await pause(intervalMs, signal)
  }
  return false
}

function startLease(client: postgres.Sql, lost: Promise<void>, lose: () => void): Lease {
  let held = true
  const check = setInterval(() => {
    withCheckTimeout(client`select 1`).catch(lose)
  }, CHECK_INTERVAL_MS)
  const ended = lost.then(async () => {
    held = false
    clearInterval(check)
    await client.end({ timeout: 1 })
  })
  return {
    get held() {
      return held
    },
    ended,
    release() {
      lose()
      return ended
    },
  }
}

function withCheckTimeout<T>(statement: PromiseLike<T>): Promise<T> {
  return withDeadline(
    statement,
    CHECK_TIMEOUT_MS,
    () => new Error(`The lease connection did not respond within ${CHECK_TIMEOUT_MS} ms`),
  )
}
