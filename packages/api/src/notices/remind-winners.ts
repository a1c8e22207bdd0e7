import { listPromisesOf } from '@eungmo/db/queries/consent-texts'
import { listUnconfirmedWinners, type UnconfirmedWinner } from '@eungmo/db/queries/notice-reminders'
import { queueWinnerNotices } from '@eungmo/db/queries/notices'
import { holderClaimUntil } from '../deadlines/deadlines.ts'
import type { Dependencies } from '../dependencies.ts'
import { DAY_MS } from '../seoul-time.ts'

const REMINDED_BEFORE_MS = 2 * DAY_MS

/**
 * Queues `two-days-left` for winners who were told, have not confirmed, and whose claim ends within two days: at most
 * one for each. Returns how many it queued.
 */
export async function remindWinners(
  { db, notifier }: Pick<Dependencies, 'db' | 'notifier'>,
  { now }: { now: Date },
): Promise<number> {
  if (!notifier.phone) return 0
  const winners = await listUnconfirmedWinners(db, { now })
  const byEvent = Map.groupBy(winners, ({ eventId }) => eventId)
  const texts = await listPromisesOf(db, { eventIds: [...byEvent.keys()] })
  let queued = 0
  for (const [eventId, ofEvent] of byEvent) {
    const promises = texts.get(eventId) ?? []
    const due = ofEvent.filter((winner) => {
      const leftMs =
        holderClaimUntil({ ...winner, texts: promises }, winner.selectedAt).getTime() - now.getTime()
      return leftMs > 0 && leftMs <= REMINDED_BEFORE_MS
    })
    queued += await queueReminders(db, eventId, due, now)
  }
  return queued
}

async function queueReminders(
  db: Dependencies['db'],
  eventId: string,
  due: readonly UnconfirmedWinner[],
  now: Date,
): Promise<number> {
  let queued = 0
  for (const [locale, winners] of Map.groupBy(due, (winner) => winner.locale)) {
    const participantIds = winners.map(({ participantId }) => participantId)
    queued += await queueWinnerNotices(db, {
      eventId,
      kind: 'two-days-left',
      locale,
      dueAt: now,
      participantIds,
    })
  }
  return queued
}
