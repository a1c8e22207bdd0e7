interface Shutdown {
  stopping: AbortController
  hooks: (() => Promise<void>)[]
}

/** Shared with the adapter (server/graceful-stop.ts), which is not part of this bundle. */
function registry(): Shutdown {
  const key = Symbol.for('eungmo.shutdown')
  const holder = globalThis as unknown as Record<symbol, Shutdown | undefined>
  holder[key] ??= { stopping: new AbortController(), hooks: [] }
  return holder[key]
}

/** Aborted as soon as the process is asked to stop. Endless answers (live updates) must end on it. */
export const stopping: AbortSignal = registry().stopping.signal

/** Runs `hook` when the process stops, after the last request, in reverse order of registration. */
export function onShutdown(hook: () => Promise<void>): void {
  registry().hooks.push(hook)
}
