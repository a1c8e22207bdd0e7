import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const folder = fileURLToPath(new URL('../../migrations', import.meta.url))
/** Any fixed number: every replica that starts takes the same lock. */
const lockKey = 7_233_001

/**
 * Brings the database at `url` to the newest schema. Safe to run from many processes at once: they queue on an advisory lock,
 * and all but the first find nothing to do. Throws what Postgres answers; a failed migration leaves the schema as it was.
 */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await sql`select pg_advisory_lock(${lockKey})`
    await runMigrations(drizzle(sql), { migrationsFolder: folder, migrationsSchema: 'drizzle' })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
