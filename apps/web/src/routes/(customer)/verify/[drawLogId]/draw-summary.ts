import {
  foldRecords,
  type LockRecord,
  type ResultRecord,
  type RulesRecord,
  type Transcript,
} from '@eungmo/draw/records'

/** What the page shows of a transcript without having verified it. */
export interface DrawSummary {
  head: string
  rules: {
    at: string
    winnerCount: number
    seedCommitment: string
    operatorKey: string | null
    changes: number
  }
  attempts: {
    attempt: number
    lockedAt: string
    entryCount: number
    eligibleCount: number
    totalTickets: number
    entriesRoot: string
    serverSeed: string | null
    round: number | null
    drawnAt: string | null
    seed: string | null
    signature: string | null
  }[]
  /**
   * Current holders of the prize slots; the number is null before the announcement and after personal data is
   * destroyed.
   */
  winners: { slot: number; applicationNumber: string | null; tickets: number }[]
}

const isRules = (record: { type: string }): record is RulesRecord => record.type === 'rules'
const isLock = (record: { type: string }): record is LockRecord => record.type === 'lock'
const isResult = (record: { type: string }): record is ResultRecord => record.type === 'result'

/** Summarises a transcript; throws a RangeError if its records contain no rules. */
export function drawSummary({ records, openings, head }: Transcript): DrawSummary {
  const rules = records.filter(isRules)
  const [first] = rules
  if (!first) throw new RangeError('a transcript begins with its rules')
  const results = new Map(records.filter(isResult).map((result) => [result.attempt, result]))
  const numbers = new Map(openings.map(({ index, applicationNumber }) => [index, applicationNumber]))
  return {
    head,
    rules: {
      at: first.at,
      winnerCount: rules.at(-1)?.winnerCount ?? first.winnerCount,
      seedCommitment: first.seedCommitment,
      operatorKey: first.operatorKey,
      changes: rules.length - 1,
    },
    attempts: records.filter(isLock).map((lock) => {
      const result = results.get(lock.attempt)
      return {
        attempt: lock.attempt,
        lockedAt: lock.at,
        entryCount: lock.entryCount,
        eligibleCount: lock.eligibleCount,
        totalTickets: lock.totalTickets,
        entriesRoot: lock.entriesRoot,
        serverSeed: lock.serverSeed,
        round: lock.round,
        drawnAt: result?.at ?? null,
        seed: result?.seed ?? null,
        signature: result?.signature ?? null,
      }
    }),
    winners: foldRecords(records).slots.flatMap((holder, at) =>
      holder === null
        ? []
        : {
            slot: at + 1,
            applicationNumber: numbers.get(holder.draw.index) ?? null,
            tickets: holder.draw.tickets,
          },
    ),
  }
}
