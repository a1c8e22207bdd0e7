import type { Sql } from '@eungmo/db/connection/client'
import { maintainPartitions } from '@eungmo/db/queries/processed-messages'
import { pause } from '@eungmo/db/timing/pause'
import type { Logger } from '@eungmo/messaging/logging/logger'

const MAINTENANCE_INTERVAL_MS = 6 * 60 * 60 * 1000
const RETRY_DELAY_MS = 1_000
const FAILURES_PER_WARNING = 30

export interface PartitionMaintenance {
  /**
   * Resolves when the partitions were created for the first time, or when the maintenance is stopped before
   * that.
   */
  readonly ready: Promise<void>
  stop(): Promise<void>
}

/**
 * Creates partitions of processed_messages ahead of time and drops expired ones: at the start, then every six
 * hours.
 */
export function startPartitionMaintenance(sql: Sql, log: Logger): PartitionMaintenance {
  const stopping = new AbortController()
  const { signal } = stopping
  const ready = Promise.withResolvers<void>()

  async function run(): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        const { created, dropped } = await maintainPartitions(sql, Date.now())
        if (created.length + dropped.length > 0)
          log.info({ created: created.length, dropped: dropped.length }, 'Partitions changed')
        failures = 0
        ready.resolve()
        await pause(MAINTENANCE_INTERVAL_MS, signal)
      } catch (error) {
        if (failures++ % FAILURES_PER_WARNING === 0)
          log.warn({ err: error }, 'Could not maintain the partitions; trying again')
        await pause(RETRY_DELAY_MS, signal)
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
