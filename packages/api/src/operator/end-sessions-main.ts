import { print, runCommand } from './command.ts'
import { runOnDatabase } from './command-database.ts'
import { endSessions, endSessionsArguments } from './end-sessions.ts'

const usage = `Usage: bun run operator:end-sessions EMAIL|all

Signs an account, or all accounts, out on every device: pages at their next request, live updates within 30
seconds. Passwords and API keys stay as they are.`

/** `bun run operator:end-sessions`. */
await runCommand({ usage, schema: endSessionsArguments }, (input) =>
  runOnDatabase(async (db) => print(await endSessions(db, input))),
)
