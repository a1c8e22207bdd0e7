import type { Sql } from '@eungmo/db/connection/client'

/** Append-only or partitioned by time, and about members: their instants stay. */
const FIXED = /^access_log/

/**
 * A day passes: every stored instant moves back by 24 hours, so that the database's clock, which nothing sets,
 * is a day later for all of them. Triggers do not fire.
 */
export async function passDay(sql: Sql): Promise<void> {
  const columns = await sql<{ table: string; column: string }[]>`
    select c.relname as table, a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'timestamptz'::regtype`
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    for (const [table, found] of Map.groupBy(columns, ({ table: name }) => name)) {
      if (FIXED.test(table)) continue
      const shifts = found.map(({ column }) => `"${column}" = "${column}" - interval '24 hours'`)
      await tx.unsafe(`update "${table}" set ${shifts.join(', ')}`)
    }
  })
}
