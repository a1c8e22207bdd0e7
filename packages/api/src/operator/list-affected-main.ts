import { keysEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { parseSecretKeys } from '../crypto/key-ring.ts'
import { checkKeys } from '../key-checks/check-keys.ts'
import { print, runCommand } from './command.ts'
import { runOnDatabase } from './command-database.ts'
import { listAffected, listAffectedArguments } from './list-affected.ts'

const usage = `Usage: bun run breach-list --event ID --purpose "…" [--file FILE]

Writes the names and phone numbers of all whose personal data an event stores to a new CSV file that only you
can read; FILE defaults to affected-<ID>.csv. Needs SECRET_KEYS. The purpose stands in the shop's access log.
Delete the file as soon as everybody was told.`

/** `bun run breach-list`. */
await runCommand({ usage, schema: listAffectedArguments }, (input) =>
  runOnDatabase(async (db) => {
    const secrets = parseSecretKeys(readEnvironmentOrExit(keysEnvironment).SECRET_KEYS)
    await checkKeys({ db, secrets })
    print(await listAffected({ db, secrets }, input))
  }),
)
