import type { Stage } from './fixture.ts'
import { patience } from './timeout-scale.ts'
import { until } from './until.ts'

/**
 * Holds the locks that a statement needs while `meanwhile` runs: the statement waits half-way inside the
 * server, where its client can be killed.
 */
export async function holdingLocks(
  stage: Stage,
  lockingQuery: string,
  meanwhile: () => Promise<void>,
): Promise<void> {
  await stage.database.sql.begin(async (tx) => {
    await tx.unsafe(lockingQuery)
    await meanwhile()
  })
}

/** Waits until a statement of that program waits for a lock. */
export async function untilBlocked(stage: Stage, applicationName: string): Promise<void> {
  await until(
    async () => {
      const rows = await stage.database.sql`
        select 1 from pg_stat_activity
        where datname = current_database() and application_name = ${applicationName} and wait_event_type = 'Lock'`
      return rows.length > 0
    },
    10_000 * patience(),
    `no statement of ${applicationName} waits`,
  )
}
