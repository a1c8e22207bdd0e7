import type { Logger } from '@eungmo/messaging/logging/logger'

/** Work that a web process does beside serving requests. */
export interface BackgroundTask {
  name: string
  /** Starts the work and resolves with a function that stops it; a rejection stops the process's start. */
  start(log: Logger): Promise<() => Promise<void>>
}
