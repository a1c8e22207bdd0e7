import { fileURLToPath } from 'node:url'

export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

/** Holds drizzle's list of the migrations that a database has. */
export const MIGRATIONS_SCHEMA = 'drizzle'
