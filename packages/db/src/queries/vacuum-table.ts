import type { Sql } from '../connection/client.ts'

/**
 * Removes the dead rows of a table, with what they held. Takes as long as the table needs and holds up no reads
 * or writes.
 */
export async function vacuumTable(sql: Sql, { table }: { table: string }): Promise<void> {
  const connection = await sql.reserve()
  try {
    await connection`set statement_timeout = 0`
    await connection`vacuum ${connection(table)}`
    await connection`reset statement_timeout`
  } finally {
    connection.release()
  }
}
