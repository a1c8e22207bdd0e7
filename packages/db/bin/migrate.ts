import { requireDirectConnection } from '../src/connection/direct-connection.ts'
import { migrate } from '../src/connection/migrate.ts'

const url = process.env.DATABASE_URL
if (!url) {
  process.stderr.write('DATABASE_URL is missing.\n')
  process.exit(1)
}
try {
  await requireDirectConnection(url)
  await migrate(url)
} catch (error) {
  process.stderr.write(
    `The database could not be migrated: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exit(1)
}
