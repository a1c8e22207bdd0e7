import { allowDrawTime } from '@eungmo/db/connection/client'
import { readClock } from '@eungmo/db/queries/clock'
import { type DueDraw, listDueDraws } from '@eungmo/db/queries/due-draws'
import { lockEventRow, updateEventRow } from '@eungmo/db/queries/events'
import type { Schedule } from '../context.ts'
import { automaticDrawAt, endOfDueDraw } from '../deadlines/automatic-draw.ts'
import type { Dependencies } from '../dependencies.ts'
import { readDeadlines } from '../destruction/require-stored-data.ts'
import { endChain } from '../events/cancel-event.ts'
import type { JobRun } from '../jobs/job.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { automaticTerms } from './drawn-terms.ts'
import { excludeEarlierWinners } from './earlier-winners.ts'
import { finishDraw } from './finish-draw.ts'
import { type LockedAttempt, lockOnTerms } from './lock-event.ts'
import { retryInMs } from './retry-in-ms.ts'

type DrawDependencies = Pick<Dependencies, 'db' | 'secrets' | 'notifier' | 'log' | 'observe' | 'beaconChain'>

/**
 * Draws every event that is published to be drawn by itself and whose time has come by the database's clock. An
 * event without entries is cancelled instead. With a beacon it only locks, also while no relay can be reached:
 * the entrants were promised the time, and the round is fixed by it. An event that fails is logged, counted, and
 * tried again after a pause that its row stores. Returns how many it drew or cancelled.
 */
export async function drawDue(
  dependencies: DrawDependencies,
  { now: startedAt, signal }: Partial<JobRun> = {},
): Promise<number> {
  const { db, log } = dependencies
  const now = startedAt ?? (await readClock(db))
  let drawn = 0
  for (const due of await listDueDraws(db, { endedBefore: endOfDueDraw(now), now })) {
    if (signal?.aborted) break
    try {
      if (await drawDueEvent(dependencies, due)) drawn += 1
    } catch (error) {
      log.warn({ err: error, eventId: due.id }, 'an event could not be drawn at its published time yet')
      if (signal?.aborted) break
      dependencies.observe({ kind: 'draw-not-started' })
      await updateEventRow(db, {
        eventId: due.id,
        changes: {
          drawFailures: due.drawFailures + 1,
          nextDrawTryAt: new Date(now.getTime() + retryInMs(due.drawFailures)),
        },
      })
    }
  }
  return drawn
}

/** Returns false where the event need not be drawn any more. */
async function drawDueEvent(dependencies: DrawDependencies, { id: eventId }: DueDraw): Promise<boolean> {
  const locked = await lockDueEvent(dependencies, eventId)
  if (locked === null || locked === 'cancelled') return locked !== null
  const { drawLogId, drawsAt, list } = locked
  if (drawsAt !== null) return true
  try {
    await finishDraw(dependencies, { drawLogId, list, signature: null })
  } catch (error) {
    // The lock is stored and determines the result.
    dependencies.log.error({ err: error, drawLogId }, 'a locked draw was left to the worker')
  }
  return true
}

/**
 * Locks an event, or cancels it where nobody takes part. Everything is checked behind the lock of its row: the owner
 * may have drawn, cancelled or changed it since it was listed. Returns null where it is not to be drawn now.
 */
async function lockDueEvent(
  { db, secrets, log }: DrawDependencies,
  eventId: string,
): Promise<Omit<LockedAttempt, 'access'> | 'cancelled' | null> {
  return db.transaction(async (tx) => {
    await allowDrawTime(tx)
    const event = await lockEventRow(tx, { eventId })
    if (event?.status !== 'published' || event.pause) return null
    const drawAt = automaticDrawAt(event)
    if (drawAt === null || event.now < drawAt) return null
    // From then on the job that destroys personal data cancels it.
    if (event.destructionRequestedAt || event.now >= (await readDeadlines(tx, event)).othersUntil) return null
    const actor: Schedule = { via: 'schedule', shopId: event.shopId }
    await excludeEarlierWinners(tx, { secrets, log }, actor, event)
    const drawn = await automaticTerms(tx, event)
    if (drawn === null) {
      await endChain(tx, secrets, event, 'no-entries')
      log.info({ eventId }, 'an event without entries was cancelled instead of drawn')
      return 'cancelled'
    }
    await recordAccess(tx, { actor, action: 'draw', eventId, people: drawn.winnerCount })
    const isShort = drawn.winnerCount < event.winnerCount
    return lockOnTerms(tx, { secrets, log }, event, drawn, {
      actor,
      changeReason: isShort ? `참여자가 ${drawn.winnerCount}명이라 모두 당첨됐어요` : null,
    })
  })
}
