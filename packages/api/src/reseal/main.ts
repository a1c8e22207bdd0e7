import { keysEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { RESEAL_LOCK } from '@eungmo/db/connection/advisory-locks'
import { connect } from '@eungmo/db/connection/client'
import { acquireLease } from '@eungmo/db/connection/lease'
import { parseSecretKeys } from '../crypto/key-ring.ts'
import { checkKeys } from '../key-checks/check-keys.ts'
import { seoulDateEnglish } from '../seoul-time.ts'
import { type KeyUse, retireUnneededKeys } from './key-use.ts'
import { type ResealedTable, resealAll } from './reseal.ts'
import { resealAuthTexts } from './reseal-auth-texts.ts'

/** How long a run waits for the end of another one. */
const LEASE_TIMEOUT_MS = 3_000

/**
 * `bun run reseal`: encrypts what is stored under the newest key of SECRET_KEYS, and says which older keys are
 * still needed. Ends with 1 where not everything could be encrypted again.
 */
async function main(): Promise<void> {
  const env = readEnvironmentOrExit(keysEnvironment)
  const { db, sql, close } = connect(env.DATABASE_URL, { max: 3, name: 'eungmo reseal' })
  try {
    const secrets = parseSecretKeys(env.SECRET_KEYS)
    await checkKeys({ db, secrets })
    const lease = await acquireLease(env.DATABASE_URL, RESEAL_LOCK, AbortSignal.timeout(LEASE_TIMEOUT_MS), {
      name: 'eungmo reseal lease',
    })
    if (!lease) throw new Error('Another `bun run reseal` is running: wait for its end.')
    try {
      const lost = new AbortController()
      void lease.ended.then(() => lost.abort())
      const outcomes = [
        ...(await resealAll({ db, sql, secrets }, lost.signal)),
        ...(await resealAuthTexts(db, secrets)).filter(isWorthALine),
      ]
      for (const outcome of outcomes) printTable(outcome, secrets.newest.id)
      if (lost.signal.aborted) throw new Error('Lost the connection that holds the lead: run it again.')
      for (const use of await retireUnneededKeys(db, secrets)) print(sentenceOf(use))
      if (outcomes.some(({ inUse, unreadable }) => inUse > 0 || unreadable.length > 0)) process.exitCode = 1
    } finally {
      await lease.release()
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } finally {
    await close()
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

const isWorthALine = ({ resealed, inUse, unreadable }: ResealedTable) =>
  resealed + inUse + unreadable.length > 0

function printTable({ table, resealed, inUse, unreadable }: ResealedTable, newest: string): void {
  print(`${table}: rows encrypted with "${newest}": ${resealed}.`)
  if (inUse > 0) print(`${table}: rows left out, since others were changing them: ${inUse}. Run this again.`)
  for (const place of unreadable) print(`${place} opens with no key of SECRET_KEYS.`)
}

function sentenceOf({ keyId, envelopes, events, eventsUntil, isRetired }: KeyUse): string {
  if (isRetired) return `"${keyId}" is needed by nothing: remove it from SECRET_KEYS.`
  const until = eventsUntil ? `, until ${seoulDateEnglish(eventsUntil)} at the latest` : ''
  const needs = [
    ...envelopes.map(({ column, count }) => `${column} (${count})`),
    ...(events > 0 ? [`events that started with it (${events}${until})`] : []),
  ]
  return `"${keyId}" is still needed by ${needs.join(', ')}.`
}

await main()
