import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { readEnvironmentOrExit, setupCodeEnvironment } from '@eungmo/config/environment'
import { signUpMode } from '@eungmo/config/sign-up-mode'
import { connect } from '@eungmo/db/connection/client'
import { setupCodeLine } from '../src/lib/server/auth/setup-code-line.ts'

/** `bun run owner:setup-code`: prints how the first owner signs up; nothing where no code is needed. */
const environment = readEnvironmentOrExit(setupCodeEnvironment, 'setup-code')
const connection = connect(environment.DATABASE_URL, { max: 1, name: 'eungmo script' })
try {
  const line = await setupCodeLine(connection.db, {
    mode: signUpMode(environment),
    secrets: parseSecretKeys(environment.SECRET_KEYS),
    publicUrl: environment.PUBLIC_URL ?? `http://localhost:${environment.PORT}`,
  })
  if (line) process.stdout.write(`${line}\n`)
} finally {
  await connection.close()
}
