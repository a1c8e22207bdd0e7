import { print, runCommand } from './command.ts'
import { runOnDatabase } from './command-database.ts'
import { pause, pauseArguments } from './pause.ts'

const usage = `Usage: bun run operator:pause EVENT|SHOP --reason "…"

Pauses an event, or all events of a shop, by its id or slug. The reason is public: entry and winners
pages show it. No entry is accepted, nothing is drawn, and winners are hidden; the proof of a draw stays.
What was promised stays due: personal data is destroyed on its date, and an event that is still undrawn
then is cancelled.`

/** `bun run operator:pause`. */
await runCommand({ usage, schema: pauseArguments }, (input) =>
  runOnDatabase(async (db) => print((await pause(db, input)).message)),
)
