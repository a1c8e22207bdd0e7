import { print, runCommand } from './command.ts'
import { runOnDatabase } from './command-database.ts'
import { resume, resumeArguments } from './pause.ts'

const usage = `Usage: bun run operator:resume EVENT|SHOP

Ends the pause of an event or a shop, by its id or slug. An event stays paused while its shop is.`

/** `bun run operator:resume`. */
await runCommand({ usage, schema: resumeArguments }, (input) =>
  runOnDatabase(async (db) => print((await resume(db, input)).message)),
)
