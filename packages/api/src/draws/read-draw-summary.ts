import type { Executor } from '@eungmo/db/connection/client'
import { type DrawSummaryRow, findDrawSummary } from '@eungmo/db/queries/draw-summaries'
import type { LockRecord, ResultRecord, RulesRecord } from '@eungmo/draw/records'
import { contentVersion } from '../content-version.ts'
import { presentPause } from '../events/present-event.ts'
import { seoulDayNumber } from '../seoul-time.ts'
import type { DrawSummaryView } from './draw-summary-schema.ts'
import { publicWithdrawReason } from './public-withdraw-reason.ts'
import { requireDrawnEvent } from './require-drawn-event.ts'

/** More of them would make the page long; all are in the transcript. */
const MAX_WINNERS_SHOWN = 100
const MAX_REPLACEMENTS_SHOWN = 20

export interface DrawSummary {
  /** Differs whenever anything differs that the page shows. */
  version: string
  view: DrawSummaryView
}

/** The summary of a draw's chain. Rejects with NOT_FOUND and DRAW_IN_PROGRESS. */
export async function readDrawSummary(db: Executor, drawLogId: string): Promise<DrawSummary> {
  const row = await findDrawSummary(db, {
    drawLogId,
    maxWinners: MAX_WINNERS_SHOWN,
    maxReplacements: MAX_REPLACEMENTS_SHOWN,
  })
  if (!row) {
    await requireDrawnEvent(db, drawLogId)
    throw new Error(`draw ${drawLogId} has a result and no summary`)
  }
  const { summary, now } = row
  // Of the clock, the page shows the day: dates of another year have the year.
  const shown = JSON.stringify({ summary, day: seoulDayNumber(now) })
  const version = contentVersion(shown)
  return { version, view: { ...present(summary), version, now: new Date(now).toISOString() } }
}

type SummaryRecord = RulesRecord | LockRecord | Omit<ResultRecord, 'draws'>

function present({
  records: texts,
  pause,
  ...summary
}: DrawSummaryRow): Omit<DrawSummaryView, 'version' | 'now'> {
  // They were checked when they were appended.
  const records = texts.map((text): SummaryRecord => JSON.parse(text))
  const rules = records.filter((record) => record.type === 'rules')
  const results = records.filter((record) => record.type === 'result')
  const [first] = rules
  if (!first) throw new Error(`the chain of event ${summary.eventId} has no rules`)
  return {
    ...summary,
    announcementDate: new Date(summary.announcementDate).toISOString(),
    paused: presentPause(pause),
    replacements: summary.replacements.map(({ slot, reason, at }) => ({
      slot,
      reason: publicWithdrawReason(reason),
      at: new Date(at).toISOString(),
    })),
    rules: {
      at: first.at,
      winnerCount: (rules.at(-1) ?? first).winnerCount,
      drawAt: (rules.at(-1) ?? first).drawAt,
      seedCommitment: first.seedCommitment,
      operatorKey: first.operatorKey,
    },
    attempts: records
      .filter((record) => record.type === 'lock')
      .map((lock) => {
        const {
          attempt,
          winnerCount,
          entryCount,
          eligibleCount,
          totalTickets,
          entriesRoot,
          serverSeed,
          round,
        } = lock
        const result = results.find((found) => found.attempt === attempt)
        return {
          attempt,
          lockedAt: lock.at,
          winnerCount,
          entryCount,
          eligibleCount,
          totalTickets,
          entriesRoot,
          serverSeed,
          round,
          drawnAt: result?.at ?? null,
          seed: result?.seed ?? null,
          signature: result?.signature ?? null,
        }
      }),
  }
}
