import { maintainPartitions } from '@eungmo/db/queries/processed-messages'
import { createMigratedDatabase, type MigratedDatabase } from '@eungmo/db/testing/migrated-database'

/**
 * Creates a migrated database that has the partitions of processed_messages, as a running consumer leaves it.
 */
export async function createCountingDatabase(serverUrl: string): Promise<MigratedDatabase> {
  const database = await createMigratedDatabase(serverUrl)
  await maintainPartitions(database.sql, Date.now())
  return database
}
