import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { MIGRATION_LOCK } from './advisory-locks.ts'

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

/**
 * Migrates the database at `url` to the newest schema. Safe to run from many processes at once: they queue on
 * an advisory lock, and all but the first find nothing to do. Rejects with PostgreSQL's error; a failed
 * migration leaves the schema as it was.
 */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await runMigrations(drizzle(sql), { migrationsFolder, migrationsSchema: 'drizzle' })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
