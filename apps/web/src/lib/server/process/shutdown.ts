import { acrossBundles } from './across-bundles.ts'

interface ShutdownRegistry {
  /** Aborted first: from then on /readyz fails and every response closes its connection. */
  draining: AbortController
  /** Aborted when the process accepts no more connections, so that endless responses such as live updates end. */
  stopping: AbortController
  /** Run when the last request has finished, in reverse order. */
  hooks: (() => Promise<void>)[]
}

/** The registry of the process. */
export const shutdownRegistry = (): ShutdownRegistry =>
  acrossBundles('shutdown', () => ({
    draining: new AbortController(),
    stopping: new AbortController(),
    hooks: [],
  }))

/** Aborted as soon as the process receives a signal to stop; it may serve requests for some time after that. */
export const draining: AbortSignal = shutdownRegistry().draining.signal

/** Aborted when the process has stopped accepting connections. Endless responses must end on it. */
export const stopping: AbortSignal = shutdownRegistry().stopping.signal

/** Runs `hook` when the process stops, after the last request, in reverse order of registration. */
export function onShutdown(hook: () => Promise<void>): void {
  shutdownRegistry().hooks.push(hook)
}
