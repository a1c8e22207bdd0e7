import { drizzle } from 'drizzle-orm/postgres-js'
import type { Database, Sql } from '../src/connection/client.ts'
import * as schema from '../src/schema/index.ts'

/** The same pool, with the text of every statement that is sent through `db`. */
export function recordStatements(sql: Sql): { db: Database; statements: string[] } {
  const statements: string[] = []
  const db = drizzle(sql, { schema, logger: { logQuery: (text) => statements.push(text) } })
  return { db, statements }
}
