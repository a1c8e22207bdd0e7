import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { within } from '../timing/with-deadline.ts'
import { connectionSettings } from './statement-link.ts'

/** Held by the one process that empties the outbox of a topic. */
export const outboxLeaderLock = 7_233_010
/** Shared by every counting statement, exclusive while counts are rebuilt. */
export const countingLock = 7_233_011
/** Taken while partitions of processed_messages are made or dropped. */
export const partitionLock = 7_233_012

/** Leadership that lasts as long as its connection. */
export interface Lease {
  readonly held: boolean
  /** Comes true when the lease has ended, for whatever reason. */
  readonly ended: Promise<void>
  release(): Promise<void>
}

export interface LeaseOptions {
  name?: string
  /** Milliseconds between attempts while another process leads; 500 unless told. */
  retryEvery?: number
  onError?: (error: unknown) => void
}

const CHECK_EVERY = 2_000
const CHECK_LIMIT = 4_000
/** The server ends the session of a holder that has gone silent: stopped, or cut off without a word. */
const IDLE_LIMIT = 6_000

/**
 * Waits until this process holds the advisory lock `key`, on a connection of its own; another holder's death frees it at once,
 * its silence within 6 s.
 * Answers null when `signal` is aborted first. Failing attempts are reported to `onError` and repeated.
 */
export async function acquireLease(
  url: string,
  key: number,
  signal: AbortSignal,
  { name = 'eungmo lease', retryEvery = 500, onError = () => undefined }: LeaseOptions = {},
): Promise<Lease | null> {
  while (!signal.aborted) {
    let lose = () => {}
    const ended = new Promise<void>((resolve) => {
      lose = resolve
    })
    const client = postgres(url, {
      max: 1,
      connect_timeout: 5,
      max_lifetime: null,
      fetch_types: false,
      onnotice: () => undefined,
      onclose: () => lose(),
      connection: { ...connectionSettings, application_name: name, idle_session_timeout: IDLE_LIMIT },
    })
    try {
      if (await tryUntilHeld(client, key, signal, retryEvery)) return lease(client, ended, lose)
    } catch (error) {
      if (!signal.aborted) onError(error)
    }
    lose()
    await client.end({ timeout: 0 })
    await pause(retryEvery, undefined, { signal }).catch(() => undefined)
  }
  return null
}

async function tryUntilHeld(client: postgres.Sql, key: number, signal: AbortSignal, every: number) {
  while (!signal.aborted) {
    // Waiting inside the server would hold a snapshot, and with it every dead row of the outbox.
    const [row] = await limited(client<{ held: boolean }[]>`select pg_try_advisory_lock(${key}) as held`)
    if (row?.held) return true
    await pause(every, undefined, { signal }).catch(() => undefined)
  }
  return false
}

function lease(client: postgres.Sql, ended: Promise<void>, lose: () => void): Lease {
  let held = true
  const check = setInterval(() => {
    limited(client`select 1`).catch(lose)
  }, CHECK_EVERY)
  const over = ended.then(async () => {
    held = false
    clearInterval(check)
    await client.end({ timeout: 1 })
  })
  return {
    get held() {
      return held
    },
    ended: over,
    release() {
      lose()
      return over
    },
  }
}

function limited<T>(statement: PromiseLike<T>): Promise<T> {
  return within(statement, CHECK_LIMIT, () => new Error('No answer on the lease connection'))
}
