import { type Connection, connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import { afterAll, inject } from 'vitest'
import type { Auth } from '../src/lib/server/auth/create-auth.ts'
import { createTestAuth } from './browser.ts'

/**
 * better-auth as the product creates it, on a new database. Await it at the top of a test file: it stops after
 * the file's last test.
 */
export async function startTestAuth(): Promise<{ connection: Connection; auth: Auth }> {
  const database = await createTestDatabase(inject('postgresUrl'))
  await migrate(database.url)
  const connection = connect(database.url, { max: 4 })
  afterAll(async () => {
    await connection.close()
    await database.drop()
  })
  return { connection, auth: createTestAuth(connection.db) }
}
