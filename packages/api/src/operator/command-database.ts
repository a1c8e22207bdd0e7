import { commandEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { connect, type Database } from '@eungmo/db/connection/client'

/** Runs a command on the database of DATABASE_URL, and closes the connection. */
export async function runOnDatabase(run: (db: Database) => Promise<void>): Promise<void> {
  const { DATABASE_URL } = readEnvironmentOrExit(commandEnvironment)
  const { db, close } = connect(DATABASE_URL, { max: 1, name: 'eungmo operator' })
  try {
    await run(db)
  } finally {
    await close()
  }
}
