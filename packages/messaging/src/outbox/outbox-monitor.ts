import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { type OutboxState, readOutboxState } from '@eungmo/db/queries/outbox'
import { type PeriodicTask, startPeriodicTask } from '@eungmo/db/timing/periodic-task'
import type { Logger } from '../logging/logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'

const MEASURE_INTERVAL_MS = 5_000
/** An older row is logged as a warning. */
const MAX_AGE_SECONDS = 10

/** Measures depth and age of the outbox every 5 s until stopped, whether or not a process empties it. */
export function monitorOutbox(options: {
  link: StatementRunner
  log: Logger
  metrics: MetricSink
  /** Receives each measurement. */
  onMeasured?: (state: OutboxState) => void
}): PeriodicTask {
  const { link, log, metrics, onMeasured } = options
  return startPeriodicTask(
    async () => {
      const state = await readOutboxState(link)
      const { depth, oldestAgeSeconds } = state
      metrics.set('eungmo_outbox_depth', depth)
      metrics.set('eungmo_outbox_oldest_age_seconds', oldestAgeSeconds)
      onMeasured?.(state)
      if (oldestAgeSeconds > MAX_AGE_SECONDS) log.warn({ depth, oldestAgeSeconds }, 'Rows wait in the outbox')
    },
    {
      intervalMs: MEASURE_INTERVAL_MS,
      onError: (error) => log.warn({ err: error }, 'Could not measure the outbox'),
    },
  )
}
