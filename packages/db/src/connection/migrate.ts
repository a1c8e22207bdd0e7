import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { MIGRATION_LOCK } from './advisory-locks.ts'
import { MIGRATIONS_SCHEMA, migrationsFolder } from './migrations.ts'
import { readSchemaState, type SchemaState } from './schema-state.ts'

/** The database cannot be migrated to this version's schema; the message is one line. */
export class ForeignSchemaError extends Error {
  override readonly name = 'ForeignSchemaError'
}

const sentences: Partial<Record<SchemaState, string>> = {
  older:
    'DATABASE_URL leads to a database of an earlier version, which this one cannot read: set it to a new, empty database.',
  newer:
    'DATABASE_URL leads to a database that a later version has migrated: install that version, or set it to another database.',
}

/**
 * Migrates the database at `url` to the newest schema. Safe to run from many processes at once: they queue on
 * an advisory lock, and all but the first find nothing to do. Rejects with PostgreSQL's error; a failed
 * migration leaves the schema as it was.
 * @throws ForeignSchemaError
 */
export async function migrate(url: string): Promise<void> {
  const sentence = sentences[await readSchemaState(url)]
  if (sentence) throw new ForeignSchemaError(sentence)
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await runMigrations(drizzle(sql), { migrationsFolder, migrationsSchema: MIGRATIONS_SCHEMA })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
