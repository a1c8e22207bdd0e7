import type { Sql } from '@eungmo/db/connection/client'
import { maintainPartitions } from '@eungmo/db/queries/processed-messages'
import { pause } from '@eungmo/db/timing/pause'
import type { Logger } from '@eungmo/messaging/logger'

const EVERY = 6 * 60 * 60 * 1000
const RETRY_AFTER = 1_000

export interface PartitionKeeper {
  /** Comes true once the partitions have been made for the first time (or the keeper was stopped before). */
  readonly ready: Promise<void>
  stop(): Promise<void>
}

/**
 * Makes partitions of processed_messages ahead of time and drops expired ones: at start, then every six
 * hours.
 */
export function keepPartitions(sql: Sql, log: Logger): PartitionKeeper {
  const stopping = new AbortController()
  const { signal } = stopping
  const ready = Promise.withResolvers<void>()

  async function run(): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        const { created, dropped } = await maintainPartitions(sql, Date.now())
        if (created.length + dropped.length > 0) log.info({ created, dropped }, 'Partitions changed')
        failures = 0
        ready.resolve()
        await pause(EVERY, signal)
      } catch (error) {
        if (failures++ % 30 === 0)
          log.warn({ err: error }, 'Could not look after the partitions; trying again')
        await pause(RETRY_AFTER, signal)
      }
    }
    ready.resolve()
  }

  const running = run()
  return {
    ready: ready.promise,
    async stop() {
      stopping.abort()
      await running
    },
  }
}
