import { requireDirectConnection } from '../src/connection/direct-connection.ts'
import { ForeignSchemaError, migrate } from '../src/connection/migrate.ts'

const url = process.env.DATABASE_URL
if (!url) {
  process.stderr.write('DATABASE_URL is missing.\n')
  process.exit(1)
}
try {
  await requireDirectConnection(url)
  await migrate(url)
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  const sentence =
    error instanceof ForeignSchemaError ? message : `The database could not be migrated: ${message}`
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
