import type { Server } from 'bun'

/**
 * What the application registers to happen when the process stops (src/lib/server/process/shutdown.ts): `stopping` is aborted
 * at once, so that endless answers such as live updates end; `hooks` run when the last request has been answered.
 */
export interface Shutdown {
  stopping: AbortController
  hooks: (() => Promise<void>)[]
}

/** The one registry of the process. */
export function shutdownRegistry(): Shutdown {
  const key = Symbol.for('eungmo.shutdown')
  const holder = globalThis as unknown as Record<symbol, Shutdown | undefined>
  holder[key] ??= { stopping: new AbortController(), hooks: [] }
  return holder[key]
}

/**
 * Stops in order: accept nothing new, let running requests finish (at most `timeout` seconds), run the hooks in
 * reverse order of registration, close the connections. Resolves with the errors of hooks that failed.
 */
export async function gracefulStop(server: Server<undefined>, timeout: number): Promise<unknown[]> {
  const shutdown = shutdownRegistry()
  shutdown.stopping.abort()
  const closed = server.stop(false)
  await Promise.race([closed, idle(server, timeout)])
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

async function idle(server: Server<undefined>, timeout: number): Promise<void> {
  const end = Date.now() + timeout * 1000
  while (server.pendingRequests > 0 && Date.now() < end) await Bun.sleep(20)
}
