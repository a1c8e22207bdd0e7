import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { startPostgres } from '@eungmo/tooling/postgres/server'
import { createDependencies } from '../src/dependencies.ts'

/**
 * Starts a new PostgreSQL with the tables, what use cases work with, and one more connection to prepare data.
 * `stop` ends all of it and deletes the files.
 */
export async function startBenchShop() {
  const dataDir = mkdtempSync(join(tmpdir(), 'eungmo-bench-'))
  const server = await startPostgres({ dataDir })
  await migrate(server.url)
  const { dependencies, close } = createDependencies({
    databaseUrl: server.url,
    secretKeys: `bench:${Buffer.alloc(32, 1).toString('base64')}`,
    publicUrl: 'http://localhost',
    log: quietLogger,
  })
  const connection = connect(server.url, { max: 1 })
  return {
    dependencies,
    db: connection.db,
    sql: connection.sql,
    async stop(): Promise<void> {
      await close()
      await connection.close()
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
