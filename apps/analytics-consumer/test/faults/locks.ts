import type { Fixture } from './fixture.ts'
import { timeoutScale } from './timeout-scale.ts'
import { waitUntil } from './wait-until.ts'

/**
 * Holds the locks that a statement needs while `action` runs, so that the statement waits inside the server,
 * where its client can be killed half-way.
 */
export async function holdingLocks(
  fixture: Fixture,
  lockingQuery: string,
  action: () => Promise<void>,
): Promise<void> {
  await fixture.database.sql.begin(async (tx) => {
    await tx.unsafe(lockingQuery)
    await action()
  })
}

/** Resolves when a statement of the program waits for a lock. */
export async function untilBlocked(fixture: Fixture, applicationName: string): Promise<void> {
  await waitUntil(
    async () => {
      const rows = await fixture.database.sql`
        select 1 from pg_stat_activity
        where datname = current_database() and application_name = ${applicationName} and wait_event_type = 'Lock'`
      return rows.length > 0
    },
    10_000 * timeoutScale(),
    `No statement of ${applicationName} waits for a lock`,
  )
}
