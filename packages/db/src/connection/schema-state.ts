import { readMigrationFiles } from 'drizzle-orm/migrator'
import postgres from 'postgres'
import { MIGRATIONS_SCHEMA, migrationsFolder } from './migrations.ts'

/**
 * `empty`: nothing was migrated yet. `known`: every migration that it has is one of ours, and some of ours
 * may be missing. `older`: it began with another first migration, so it cannot be migrated. `newer`: a later
 * version has migrated it.
 */
export type SchemaState = 'empty' | 'known' | 'older' | 'newer'

/** Compares the migrations that the database at `url` has with ours. Rejects with the driver's error. */
export async function readSchemaState(url: string): Promise<SchemaState> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined })
  try {
    const table = `${MIGRATIONS_SCHEMA}.__drizzle_migrations`
    const [found] = await sql<{ oid: string | null }[]>`select to_regclass(${table}) as oid`
    if (!found?.oid) return 'empty'
    const applied = await sql<{ hash: string }[]>`select hash from ${sql(table)} order by created_at, id`
    return stateOf(
      applied.map(({ hash }) => hash),
      readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash),
    )
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function stateOf(applied: readonly string[], ours: readonly string[]): SchemaState {
  if (applied.length === 0) return 'empty'
  if (applied[0] !== ours[0]) return 'older'
  return applied.every((hash) => ours.includes(hash)) ? 'known' : 'newer'
}
