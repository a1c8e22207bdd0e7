import { pause } from '@eungmo/db/timing/pause'
import type { Server } from 'bun'
import { draining, shutdownRegistry } from '../src/lib/server/process/shutdown.ts'

const POLL_INTERVAL_MS = 20

interface StopOptions {
  /** Milliseconds in which requests are still served while /readyz fails; 0 for none. */
  drainMs: number
  /** Milliseconds that running requests may take when no more connections are accepted. */
  timeoutMs: number
  /** Ends the drain when it is aborted. */
  skipDrain?: AbortSignal
  /** Ends the wait for running requests when it is aborted. */
  skipRequests?: AbortSignal
}

/**
 * Drains the server, stops accepting connections, ends endless responses, waits for running requests, runs the
 * shutdown hooks in reverse order of registration, and closes the connections. Resolves with the errors of hooks
 * that failed.
 */
export async function gracefulStop(server: Server<undefined>, options: StopOptions): Promise<unknown[]> {
  const { drainMs, timeoutMs, skipDrain, skipRequests } = options
  const shutdown = shutdownRegistry()
  shutdown.draining.abort()
  if (drainMs > 0) await pause(drainMs, skipDrain)
  const closed = server.stop(false)
  shutdown.stopping.abort()
  await Promise.race([closed, untilIdle(server, timeoutMs, skipRequests)])
  const failures: unknown[] = []
  for (const hook of shutdown.hooks.toReversed()) {
    try {
      await hook()
    } catch (error) {
      failures.push(error)
    }
  }
  await server.stop(true)
  return failures
}

async function untilIdle(server: Server<undefined>, timeoutMs: number, skip?: AbortSignal): Promise<void> {
  const end = Date.now() + timeoutMs
  while (server.pendingRequests > 0 && Date.now() < end && !skip?.aborted) await pause(POLL_INTERVAL_MS, skip)
}

/**
 * Calls `stop` on the first SIGTERM or SIGINT, once. SIGINT, first or later, skips the drain; a second SIGTERM also
 * skips the wait for running requests.
 */
export function onStopSignals(
  stop: (skip: { skipDrain: AbortSignal; skipRequests: AbortSignal }) => Promise<void>,
): void {
  const drain = new AbortController()
  const requests = new AbortController()
  const signals = { skipDrain: drain.signal, skipRequests: requests.signal }
  let received = 0
  const begin = () => {
    if (received++ === 0) void stop(signals)
  }
  let terminations = 0
  process.on('SIGINT', () => {
    drain.abort()
    begin()
  })
  process.on('SIGTERM', () => {
    if (++terminations > 1) {
      drain.abort()
      requests.abort()
    }
    begin()
  })
}

/** The response, which also closes its connection once the process drains: the next request goes elsewhere. */
export function closingWhenDraining(response: Response): Response {
  if (draining.aborted) response.headers.set('connection', 'close')
  return response
}
