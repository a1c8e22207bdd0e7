import type { Server } from 'bun'
import { shutdownRegistry } from '../src/lib/server/process/shutdown.ts'

const POLL_INTERVAL_MS = 20

/**
 * Stops accepting connections, waits for running requests (at most `timeoutMs`), runs the shutdown hooks in
 * reverse order of registration, and closes the connections. Resolves with the errors of hooks that failed.
 */
export async function gracefulStop(server: Server<undefined>, timeoutMs: number): Promise<unknown[]> {
  const shutdown = shutdownRegistry()
  shutdown.stopping.abort()
  const closed = server.stop(false)
  await Promise.race([closed, untilIdle(server, timeoutMs)])
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

async function untilIdle(server: Server<undefined>, timeoutMs: number): Promise<void> {
  const end = Date.now() + timeoutMs
  while (server.pendingRequests > 0 && Date.now() < end) await Bun.sleep(POLL_INTERVAL_MS)
}
