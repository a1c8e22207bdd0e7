import { acrossBundles } from './across-bundles.ts'

interface ShutdownRegistry {
  /** Aborted first, so that endless responses such as live updates end. */
  stopping: AbortController
  /** Run when the last request has finished, in reverse order. */
  hooks: (() => Promise<void>)[]
}

/** The registry of the process. */
export const shutdownRegistry = (): ShutdownRegistry =>
  acrossBundles('shutdown', () => ({ stopping: new AbortController(), hooks: [] }))

/** Aborted as soon as the process receives a signal to stop. Endless responses must end on it. */
export const stopping: AbortSignal = shutdownRegistry().stopping.signal

/** Runs `hook` when the process stops, after the last request, in reverse order of registration. */
export function onShutdown(hook: () => Promise<void>): void {
  shutdownRegistry().hooks.push(hook)
}
