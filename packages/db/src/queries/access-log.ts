import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { accessLog } from '../schema/access-log.ts'

/** A line of the access log; its time is the database's. */
export type NewAccess = Omit<typeof accessLog.$inferInsert, 'at'>

/** Appends a line. */
export async function insertAccess(executor: Executor, line: NewAccess): Promise<void> {
  await executor.insert(accessLog).values({ ...line, at: sql`now()` })
}
