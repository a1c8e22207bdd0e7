import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { type ACCESS_ACTIONS, accessLog } from '../schema/access-log.ts'

export type AccessAction = (typeof ACCESS_ACTIONS)[number]

/** A line of the access log; its time is the database's. */
type NewAccess = Omit<typeof accessLog.$inferInsert, 'at'>

/** Appends a line. */
export async function insertAccess(executor: Executor, line: NewAccess): Promise<void> {
  await executor.insert(accessLog).values({ ...line, at: sql`now()` })
}
