import type { Stage } from './stage.ts'
import { until } from './until.ts'

/**
 * Holds rows that a statement needs, so that it waits half-way inside the server, where its client can be killed; answers how to
 * let it go on.
 */
export async function holdRows(stage: Stage, lockingQuery: string): Promise<() => Promise<void>> {
  const locked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const transaction = stage.database.sql.begin(async (tx) => {
    await tx.unsafe(lockingQuery)
    locked.resolve()
    await release.promise
  })
  transaction.catch(locked.reject)
  await locked.promise
  return async () => {
    release.resolve()
    await transaction
  }
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
    10_000,
    `no statement of ${applicationName} waits`,
  )
}
