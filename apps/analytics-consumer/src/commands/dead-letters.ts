import { COUNTS_CHANNEL, createNotifier } from '@eungmo/db/connection/notifier'
import { openLink } from '@eungmo/db/connection/statement-link'
import { findDeadLetter, listDeadLetters, type StoredDeadLetter } from '@eungmo/db/queries/dead-letters'
import { z } from 'zod'
import { replayDeadLetter } from '../dead-letters.ts'
import { commandDatabaseUrl, print } from './command-environment.ts'

const USAGE = `Usage: bun run dead-letters list [--all] | show <id> | replay <id>|--all`
const MAX_LISTED = 100
const MAX_REPLAYED = 1_000_000

/** Lists and shows messages that could not be counted, and replays them after their cause was fixed. */
const [command, argument] = process.argv.slice(2)
const url = commandDatabaseUrl()
const link = openLink(url, { name: 'eungmo dead letters' })
const notifier = createNotifier(url, COUNTS_CHANNEL)
try {
  if (command === 'list') await list(argument === '--all')
  else if (command === 'show' && argument) await show(argument)
  else if (command === 'replay' && argument === '--all') await replayAll()
  else if (command === 'replay' && argument) await replay(await find(argument))
  else fail(USAGE)
} finally {
  await notifier.close()
  await link.close()
}

async function list(replayed: boolean): Promise<void> {
  const letters = await listDeadLetters(link, { limit: MAX_LISTED, replayed })
  for (const letter of letters)
    print(
      `${letter.id}  ${letter.createdAt.toISOString()}  ${position(letter)}  ${letter.cause.split('\n')[0]}`,
    )
  print(letters.length === MAX_LISTED ? `The newest ${MAX_LISTED}.` : `${letters.length} dead letters.`)
}

async function show(id: string): Promise<void> {
  const letter = await find(id)
  const bytes = letter.value && Buffer.from(letter.value)
  print(`id         ${letter.id}`)
  print(`position   ${position(letter)}`)
  print(`message    ${letter.messageId ?? '-'} ${letter.eventType ?? '-'}`)
  print(`stored     ${letter.createdAt.toISOString()}`)
  print(`replayed   ${letter.replayedAt?.toISOString() ?? '-'}`)
  print(`cause      ${letter.cause}`)
  print(`headers    ${letter.headers}`)
  print(`payload    ${bytes === null ? '(none)' : JSON.stringify(bytes.toString())}`)
}

async function replayAll(): Promise<void> {
  for (const letter of await listDeadLetters(link, { limit: MAX_REPLAYED, replayed: false }))
    await replay(letter)
}

async function replay(letter: StoredDeadLetter): Promise<void> {
  const outcome = await replayDeadLetter(link, letter)
  print(`${letter.id}  ${outcome.text}`)
  if (outcome.ok) notifier.notify()
  else process.exitCode = 1
}

async function find(id: string): Promise<StoredDeadLetter> {
  const letter = z.uuid().safeParse(id).success ? await findDeadLetter(link, id) : null
  return letter ?? fail(`There is no dead letter ${id}.`)
}

function position({ source, topic, partition, offset, messageId }: StoredDeadLetter): string {
  return source === 'kafka' ? `${topic}/${partition}@${offset}` : `outbox/${messageId}`
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
