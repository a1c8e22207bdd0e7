import { keysEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { connect } from '@eungmo/db/connection/client'
import { parseSecretKeys } from '../crypto/key-ring.ts'
import { checkKeys } from './check-keys.ts'

/** `bun run check-keys`: says in one line why SECRET_KEYS does not fit the database, and ends with 1. */
const env = readEnvironmentOrExit(keysEnvironment)
const { db, close } = connect(env.DATABASE_URL, { max: 1, name: 'eungmo check' })
try {
  await checkKeys({ db, secrets: parseSecretKeys(env.SECRET_KEYS) })
  process.stdout.write('SECRET_KEYS fits the database.\n')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  await close()
}
