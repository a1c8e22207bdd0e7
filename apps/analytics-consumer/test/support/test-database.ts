import { type Connection, connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { maintainPartitions } from '@eungmo/db/queries/processed-messages'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'

export interface MigratedDatabase extends Connection {
  url: string
  drop(): Promise<void>
}

/** A migrated database of its own, with the partitions of processed_messages. */
export async function migratedDatabase(serverUrl: string): Promise<MigratedDatabase> {
  const database = await createTestDatabase(serverUrl)
  await migrate(database.url)
  const connection = connect(database.url, { max: 4 })
  await maintainPartitions(connection.sql, Date.now())
  return {
    ...connection,
    url: database.url,
    async drop() {
      await connection.close()
      await database.drop()
    },
  }
}
