interface ShutdownRegistry {
  /** Aborted first, so that endless responses such as live updates end. */
  stopping: AbortController
  /** Run when the last request has finished, in reverse order. */
  hooks: (() => Promise<void>)[]
}

/**
 * The registry of the process. On globalThis, since the application and the HTTP server (server/) are bundled
 * apart: each has its own copy of this module.
 */
export function shutdownRegistry(): ShutdownRegistry {
  const key = Symbol.for('eungmo.shutdown')
  const holder = globalThis as unknown as Record<symbol, ShutdownRegistry | undefined>
  holder[key] ??= { stopping: new AbortController(), hooks: [] }
  return holder[key]
}

/** Aborted as soon as the process receives a signal to stop. Endless responses must end on it. */
export const stopping: AbortSignal = shutdownRegistry().stopping.signal

/** Runs `hook` when the process stops, after the last request, in reverse order of registration. */
export function onShutdown(hook: () => Promise<void>): void {
  shutdownRegistry().hooks.push(hook)
}
