import type { Sql } from '@eungmo/db/connection/client'
import type { AccessAction } from '@eungmo/db/queries/access-log'

/** A line of the access log as it is stored. */
export interface AccessRow {
  action: AccessAction
  shop_id: string
  actor_kind: string
  actor_id: string
  actor_role: string | null
  client_address: string
  event_id: string | null
  subject_id: string | null
  people: number
  purpose: string | null
}

/** The lines that `run` writes, in their order. */
export const linesOfAccess =
  (sql: Sql) =>
  async (run: () => Promise<unknown>): Promise<AccessRow[]> => {
    const before = Bun.randomUUIDv7()
    await run()
    return [...(await sql<AccessRow[]>`select * from access_log where id > ${before}::uuid order by id`)]
  }
