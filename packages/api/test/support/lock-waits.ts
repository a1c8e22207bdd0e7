import type { Sql } from '@eungmo/db/connection/client'
import { vi } from 'vitest'

/** Resolves when a connection of this database waits for a lock; throws after ten seconds. */
export async function untilLockWait(sql: Sql): Promise<void> {
  await vi.waitUntil(
    async () => {
      const [row] = await sql<{ waiting: number }[]>`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      return (row?.waiting ?? 0) > 0
    },
    { timeout: 10_000, interval: 5 },
  )
}
