import type { Sql } from '../connection/client.ts'

/**
 * Removes the dead rows that destruction left, with what they held. Takes as long as the table needs and holds
 * up no reads or writes.
 */
export async function vacuumParticipants(sql: Sql): Promise<void> {
  const connection = await sql.reserve()
  try {
    await connection`set statement_timeout = 0`
    await connection`vacuum participants`
    await connection`reset statement_timeout`
  } finally {
    connection.release()
  }
}
