import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import { type Connection, connect } from '../src/connection/client.ts'
import { migrate } from '../src/connection/migrate.ts'

export interface MigratedDatabase extends Connection {
  url: string
  /** Closes the connection and drops the database. */
  drop(): Promise<void>
}

/** Creates a migrated database on the test server, with a connection of its own to it. */
export async function createMigratedDatabase(serverUrl: string): Promise<MigratedDatabase> {
  const database = await createTestDatabase(serverUrl)
  await migrate(database.url)
  const connection = connect(database.url, { max: 4 })
  return {
    ...connection,
    url: database.url,
    async drop() {
      await connection.close()
      await database.drop()
    },
  }
}
