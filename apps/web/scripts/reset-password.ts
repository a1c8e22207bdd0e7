import { connect } from '@eungmo/db/connection/client'
import { createPassword, resetPassword } from '../src/lib/server/auth/reset-password.ts'
import { scriptAuth } from './script-auth.ts'
import { scriptDatabase } from './script-database.ts'

/** `bun run owner:reset-password <e-mail>`: prints a new password, removes second factors, and ends sessions. */
async function main(): Promise<number> {
  const email = process.argv[2]
  if (!email) {
    process.stderr.write('Usage: bun run owner:reset-password <e-mail>\n')
    return 2
  }
  const database = await scriptDatabase()
  const connection = connect(database.url, { max: 1, name: 'eungmo script' })
  try {
    const password = createPassword()
    if (!(await resetPassword(scriptAuth(connection.db), connection.db, email, password))) {
      process.stderr.write(`No account signs in with ${email}.\n`)
      return 1
    }
    process.stdout.write(`New password for ${email}:\n${password}\n`)
    return 0
  } finally {
    await connection.close()
    await database.close()
  }
}

process.exitCode = await main()
