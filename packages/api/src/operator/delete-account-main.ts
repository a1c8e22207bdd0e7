import { print, runCommand } from './command.ts'
import { runOnDatabase } from './command-database.ts'
import { deleteAccount, deleteAccountArguments } from './delete-account.ts'

const usage = `Usage: bun run operator:delete-account EMAIL

Deletes the account of an owner or a member of staff who requests it, with name, address, sessions and second
factors. The last owner of a shop hands it over first. The access log keeps an opaque id.`

/** `bun run operator:delete-account`. */
await runCommand({ usage, schema: deleteAccountArguments }, (input) =>
  runOnDatabase(async (db) => print(await deleteAccount(db, input))),
)
