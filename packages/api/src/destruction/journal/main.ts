import { keysEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { connect } from '@eungmo/db/connection/client'
import { listEarlyDestructionIds, readEarlyDestructions } from '@eungmo/db/queries/destruction-journal'
import { createLogger } from '@eungmo/messaging/logging/create-logger'
import { parseSecretKeys } from '../../crypto/key-ring.ts'
import { checkKeys } from '../../key-checks/check-keys.ts'
import { noNotifier } from '../../notices/notifier.ts'
import { createDestructionJournal } from './destruction-journal.ts'
import { formatLine } from './journal-line.ts'
import { replayJournal } from './replay-journal.ts'

const USAGE = 'Usage: bun run destructions export > FILE | replay FILE'

/**
 * `bun run destructions`: `export` prints every early destruction of the database, as lines of the journal; `replay`
 * destroys again what a restored database lacks of a file. Ends with 1 where a line could not be read.
 */
async function main([command, file, ...rest]: string[]): Promise<void> {
  const isExport = command === 'export' && file === undefined
  if (!isExport && (command !== 'replay' || file === undefined || rest.length > 0)) throw new Error(USAGE)
  const log = createLogger({ app: 'destructions', level: 'warn' })
  const env = readEnvironmentOrExit(keysEnvironment)
  const { db, close } = connect(env.DATABASE_URL, { max: 1, name: 'eungmo destructions' })
  try {
    const secrets = parseSecretKeys(env.SECRET_KEYS)
    await checkKeys({ db, secrets })
    const destructionJournal = createDestructionJournal({ db, path: undefined, log })
    if (isExport) await exportAll(db)
    // Alternates who move up here get their notice by the owner's next press.
    else await replay({ db, secrets, notifier: noNotifier, destructionJournal, log }, file ?? '')
  } finally {
    await close()
  }
}

async function exportAll(db: Parameters<typeof listEarlyDestructionIds>[0]): Promise<void> {
  const ids = await listEarlyDestructionIds(db)
  for await (const page of readEarlyDestructions(db, { ids })) await print(page.map(formatLine).join(''))
}

async function replay(dependencies: Parameters<typeof replayJournal>[0], file: string): Promise<void> {
  const { lines, people, unreadable } = await replayJournal(dependencies, file)
  await print(`Early destructions that the database lacked: ${lines}, of people: ${people}.\n`)
  if (unreadable.length > 0) throw new Error(`Lines that cannot be read: ${unreadable.join(', ')}.`)
}

/** Resolves when the text was taken, so that a long list waits for a slow reader. */
async function print(text: string): Promise<void> {
  await Bun.write(Bun.stdout, text)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
