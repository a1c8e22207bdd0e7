import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { isHex, parseHex } from '../encoding/hex.ts'
import { parseEntriesCsv } from '../list/entry-csv.ts'
import type { EntryList } from '../list/entry-list.ts'
import { entryTree } from '../list/entry-tree.ts'
import {
  buildTranscript,
  type ChainRecord,
  createSeedChain,
  firstRules,
  listSummary,
  nextLock,
  nextResult,
  PER_ENTRY,
  type ResultRecord,
} from '../records/index.ts'
import { readArguments, readText, UsageError } from './arguments.ts'
import { nativeSha256 } from './native-sha256.ts'

/** `eungmo-draw draw`: draws from a CSV file, writes the transcript, returns the lines to print. */
export function drawCommand(words: readonly string[]): string[] {
  const { file, value } = readArguments(words, ['winners', 'alternates', 'event', 'seed', 'out'])
  const winnerCount = countOf('--winners', value('winners'))
  const alternateCount = countOf('--alternates', value('alternates') ?? '0')
  const eventId = value('event') ?? 'cli'
  const seed = value('seed') ?? randomBytes(32).toString('hex')
  const out = value('out')
  if (out === undefined)
    throw new UsageError('--out is missing: the draw can only be checked with a transcript')
  if (!isHex(seed, 32)) throw new UsageError('--seed must be 64 lowercase hex digits')
  const text = readText(file)
  try {
    const list = parseEntriesCsv(text)
    const records = recordsOf(list, {
      eventId,
      winnerCount,
      alternateCount,
      secret: parseHex(seed, 32, '--seed'),
    })
    const transcript = buildTranscript(
      records,
      records.map(() => null),
    )
    writeTranscript(out, `${JSON.stringify(transcript, null, 2)}\n`)
    return report(list, records.at(-1) as ResultRecord, { winnerCount, alternateCount, out })
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError)
      throw new UsageError(`${file}: ${error.message}`)
    throw error
  }
}

interface DrawSettings {
  readonly eventId: string
  readonly winnerCount: number
  readonly alternateCount: number
  readonly secret: Uint8Array
}

function recordsOf(
  list: EntryList,
  { eventId, winnerCount, alternateCount, secret }: DrawSettings,
): ChainRecord[] {
  const chain = createSeedChain(eventId, secret, 1)
  const now = new Date()
  const rules = firstRules(eventId, now, {
    winnerCount,
    alternateCount,
    visitBonus: PER_ENTRY,
    visitProof: 'static',
    endsAt: null,
    drawAt: null,
    claimDays: null,
    sitOutMonths: 0,
    beacon: 'none',
    beaconDelay: 30,
    seedCommitment: chain.commitment,
    operatorKey: null,
    textHash: null,
  })
  const lock = nextLock(
    [rules],
    now,
    listSummary(entryTree(list, { sha256: nativeSha256 }), eventId),
    chain.secretFor(1),
  )
  return [rules, lock, nextResult([rules, lock], now, list, null)]
}

function report(
  list: EntryList,
  result: ResultRecord,
  { winnerCount, alternateCount, out }: { winnerCount: number; alternateCount: number; out: string },
): string[] {
  const rows = result.draws.map(({ rank, id, tickets }) => {
    const title = rank <= winnerCount ? `winner ${rank}` : `alternate ${rank - winnerCount}`
    return `  ${title.padEnd(14)} ${id} (${tickets} of ${list.totalTickets} tickets)`
  })
  return [
    `${list.size} entries, ${list.eligibleCount} of them eligible, ${list.totalTickets} tickets`,
    ...rows,
    ...(result.draws.length < winnerCount + alternateCount
      ? [`only ${result.draws.length - winnerCount} alternates: no more eligible entries are left`]
      : []),
    `transcript written to ${out}`,
  ]
}

function countOf(name: string, text: string | undefined): number {
  if (text === undefined) throw new UsageError(`${name} is missing`)
  if (!/^[0-9]{1,10}$/.test(text)) throw new UsageError(`${name} must be a number, got ${text}`)
  return Number(text)
}

function writeTranscript(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`)
  }
}
