import { connect } from '@eungmo/db/connection/client'
import { createOwner } from '../src/lib/server/auth/create-owner.ts'
import { newOwnerForm } from '../src/lib/server/forms/account-forms.ts'
import { scriptAuth } from './script-auth.ts'
import { scriptDatabase } from './script-database.ts'

const USAGE = 'Usage: bun run owner:create <e-mail> <name of the owner> <name of the shop>\n'

/** `bun run owner:create`: opens a shop for somebody, whatever SIGN_UP says. */
async function main(): Promise<number> {
  const [email, name, shopName] = process.argv.slice(2)
  const parsed = newOwnerForm.safeParse({ email, name, shopName })
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => issue.path.join('.'))
    process.stderr.write(process.argv.length < 5 ? USAGE : `Not accepted: ${wrong.join(', ')}\n${USAGE}`)
    return 2
  }
  const database = await scriptDatabase()
  const connection = connect(database.url, { max: 1, name: 'eungmo script' })
  try {
    const password = await createOwner(scriptAuth(connection.db), parsed.data)
    process.stdout.write(
      password === undefined
        ? `${parsed.data.shopName} is a further shop of ${parsed.data.email}, who signs in as before.\n`
        : `${parsed.data.email} owns ${parsed.data.shopName}. Password, to be changed after the first sign-in:\n${password}\n`,
    )
    return 0
  } finally {
    await connection.close()
    await database.close()
  }
}

process.exitCode = await main()
