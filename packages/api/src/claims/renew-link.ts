import type { AttemptLimits } from '@eungmo/db/queries/attempt-budgets'
import { findHolder } from '@eungmo/db/queries/contact-attempts'
import { findDrawLog } from '@eungmo/db/queries/draw-logs'
import { findNoticeStart } from '@eungmo/db/queries/notices'
import { raiseLinkVersion } from '@eungmo/db/queries/winner-links'
import { takeAttempt } from '../attempts/attempt-budget.ts'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireStoredData } from '../destruction/require-stored-data.ts'
import { requireUnpaused } from '../draws/require-draw-state.ts'
import { DomainError } from '../errors/domain-error.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { noticeText } from '../notices/notice-texts.ts'
import { dueOf, queueWonAgain } from '../notices/queue-notices.ts'
import { afterQuietHours } from '../notices/quiet-hours.ts'
import { readWinnerFacts } from '../notices/winner-facts.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { DAY_MS } from '../seoul-time.ts'
import type { RenewedLinkView, RenewLinkInput } from './schema.ts'

/** New links of a winner in a day. */
const PRESSES: AttemptLimits = { free: 5, firstWaitMs: DAY_MS, periodMs: DAY_MS }

/**
 * Gives a winner a new claim link: every earlier one, and the QR code behind it, says from then on that a new one was
 * sent. Where text messages are sent, the notice of having won is queued again; else its text is returned. Throws
 * NOT_FOUND, DATA_DESTROYED, EVENT_PAUSED, CONFLICT (winner-withdrawn, prize-handed-over, notice-being-sent),
 * RATE_LIMITED for the sixth press for a winner in a day, and UNAVAILABLE where the access log cannot be written.
 */
export async function renewLink(
  {
    db,
    secrets,
    publicUrl,
    notifier,
    observe,
  }: Pick<Dependencies, 'db' | 'secrets' | 'publicUrl' | 'notifier' | 'observe'>,
  viewer: Actor,
  { drawLogId, drawRank, locale }: RenewLinkInput,
): Promise<RenewedLinkView> {
  const log = await findDrawLog(db, { drawLogId })
  if (!log) throw new DomainError('NOT_FOUND')
  return db.transaction(async (tx) => {
    // The lock puts it in order with a redraw, a confirmation, a hand-over and a destruction.
    const event = await lockOwnEvent(tx, viewer, log.eventId)
    const key = { drawLogId, drawRank }
    const holder = await findHolder(tx, key)
    if (!holder) throw new DomainError('NOT_FOUND')
    await requireStoredData(tx, event, 'winners')
    requireUnpaused(event)
    if (!holder.isCurrent) throw new DomainError('CONFLICT', { reason: 'winner-withdrawn' })
    // Each press sends a message: what fails afterwards takes the attempt back with the transaction.
    const press = await takeAttempt(
      { db: tx, secrets, observe },
      { purpose: 'renew-link', proof: 'press', subjects: [`${drawLogId}/${drawRank}`] },
      PRESSES,
    )
    if (!press.allowed) throw new DomainError('RATE_LIMITED', { retryAfter: DAY_MS / 1_000 })
    const winner = await raiseLinkVersion(tx, key)
    if (!winner) throw new DomainError('CONFLICT', { reason: 'prize-handed-over' })
    const { participantId } = winner
    await recordAccess(tx, {
      actor: viewer,
      action: 'renew-claim-link',
      eventId: event.id,
      subjectId: participantId,
      people: 1,
    })
    const start = await findNoticeStart(tx, { eventId: event.id })
    const language = start?.locale ?? locale
    if (notifier.phone) {
      await queueWonAgain(tx, event, { ...key, participantId, locale: language, now: event.now })
      return { text: null, sendsAt: afterQuietHours(dueOf(event, event.now)).toISOString() }
    }
    const facts = await readWinnerFacts(tx, { secrets, publicUrl }, event, [winner], language)
    const fact = facts.get(participantId)
    if (!fact) throw new Error(`no facts of the winner of rank ${drawRank} of event ${event.id}`)
    return { text: noticeText('won', language, fact), sendsAt: null }
  })
}
