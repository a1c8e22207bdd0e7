import {
  type ClaimedNotice,
  expireSending,
  findDueGroup,
  type SettledNotice,
  settleNotices,
} from '@eungmo/db/queries/notice-queue'
import { pause } from '@eungmo/db/timing/pause'
import type { JobRun } from '../jobs/job.ts'
import { MINUTE_MS } from '../seoul-time.ts'
import { createApplicationNumberChannel } from './application-number-channel.ts'
import { ChannelBackoff } from './channel-backoff.ts'
import { createMailChannel } from './mail-channel.ts'
import type { ClaimedBatch, NoticeChannel, SenderDependencies } from './notice-channel.ts'
import { NotAccepted, type NoticeOutcome } from './notifier.ts'
import { createPhoneChannel } from './phone-channel.ts'

/** Longer than any call of a provider takes: what is `sending` since then belongs to a process that ended. */
const SENDING_EXPIRES_MS = 30_000
const FIRST_REPORT_MS = MINUTE_MS
const SETTLE_ATTEMPTS = 5
const SETTLE_PAUSE_MS = 500

/**
 * Returns the job that sends queued notices, each at most once: a notice is stored as `sending` before its provider is
 * called, and one whose outcome nobody knows becomes `unknown`. The returned function sends until nothing is due or a
 * provider needs a pause, and resolves with how many were accepted.
 */
export function createNoticeSender(dependencies: SenderDependencies): (run: JobRun) => Promise<number> {
  const { db, notifier, log } = dependencies
  const { phone } = notifier
  const senders = [
    ...(phone
      ? [createPhoneChannel, createApplicationNumberChannel].map((createChannel) =>
          createChannelSender(dependencies, createChannel(dependencies, phone)),
        )
      : []),
    ...(notifier.mail
      ? [createChannelSender(dependencies, createMailChannel(dependencies, notifier.mail))]
      : []),
  ]
  return async (run) => {
    const expired = await expireSending(db, { before: new Date(run.now.getTime() - SENDING_EXPIRES_MS) })
    if (expired > 0) log.warn({ part: 'notices', count: expired }, 'notices have an unknown outcome')
    const counts = await Promise.all(senders.map((send) => send(run)))
    return counts.reduce((sum, count) => sum + count, 0)
  }
}

function createChannelSender<T extends { id: string }>(
  dependencies: SenderDependencies,
  channel: NoticeChannel<T>,
): (run: JobRun) => Promise<number> {
  const { db, log } = dependencies
  const backoff = new ChannelBackoff()

  /** Resolves with what to store of every notice of the batch. */
  async function attempt(batch: ClaimedBatch<T>, now: Date): Promise<SettledNotice[]> {
    const { claimed, notices, unreadable, outdated } = batch
    const called = new Set(notices.map(({ id }) => id))
    const left = claimed.filter(({ id }) => !called.has(id))
    const settledHere = left.map((notice): SettledNotice => {
      if (unreadable.includes(notice.id)) return { ...keyOf(notice), state: 'failed', problem: 'rejected' }
      if (outdated.includes(notice.id)) return { ...keyOf(notice), state: 'cancelled' }
      // Storing it cancels it: its winner has lost the slot.
      return { ...keyOf(notice), state: 'waiting', dueAt: new Date(now.getTime() + MINUTE_MS) }
    })
    if (notices.length === 0) return settledHere
    const sent = claimed.filter(({ id }) => called.has(id))
    return [...settledHere, ...(await call(sent, notices, now))]
  }

  /** Calls the provider; resolves with what to store of the notices that it was called with. */
  async function call(
    claimed: readonly ClaimedNotice[],
    notices: readonly T[],
    now: Date,
  ): Promise<SettledNotice[]> {
    try {
      const outcomes = await channel.send(notices)
      backoff.succeeded()
      const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]))
      return claimed.map((notice) => settled(notice, byId.get(notice.id), now))
    } catch (error) {
      if (error instanceof NotAccepted) {
        const { problem, retryAfterMs } = error
        const isLimited = retryAfterMs !== undefined
        log.warn({ part: 'notices', err: error }, 'a provider accepted no notice, which is tried again')
        const dueAt = isLimited ? backoff.limited(now, retryAfterMs) : backoff.failed(now)
        return claimed.map(
          (notice): SettledNotice => ({ ...keyOf(notice), state: 'waiting', problem, dueAt }),
        )
      }
      log.warn({ part: 'notices', err: error }, 'whether a provider accepted notices is unknown')
      backoff.failed(now)
      return claimed.map((notice): SettledNotice => ({ ...keyOf(notice), state: 'unknown' }))
    }
  }

  return async ({ now: startedAt, signal }) => {
    const start = performance.now()
    const clock = () => new Date(startedAt.getTime() + performance.now() - start)
    let sent = 0
    while (!signal.aborted) {
      const now = clock()
      if (backoff.isPaused(now) || channel.opensAt(now) !== null) break
      const group = await findDueGroup(db, { now, kinds: channel.kinds })
      if (!group) break
      const limit = backoff.mostPerCall(channel.maxPerCall)
      const batch = await channel.claim(group, { now, limit })
      if (batch.claimed.length === 0) break
      const results = await attempt(batch, now)
      await settle(dependencies, results)
      sent += results.filter(({ state }) => state === 'sent').length
    }
    return sent
  }
}

const keyOf = ({ id, attempts }: ClaimedNotice) => ({ id, attempts })

function settled(notice: ClaimedNotice, outcome: NoticeOutcome | undefined, now: Date): SettledNotice {
  const key = keyOf(notice)
  if (!outcome) return { ...key, state: 'unknown' }
  if (outcome.state === 'failed') return { ...key, state: 'failed', problem: outcome.problem }
  const { providerMessageId } = outcome
  const reportDueAt = new Date(now.getTime() + FIRST_REPORT_MS)
  return { ...key, state: 'sent', ...(providerMessageId && { providerMessageId, reportDueAt }) }
}

/** Stores the outcomes, also through a short absence of the database: what is not stored becomes `unknown`. */
async function settle({ db, log }: SenderDependencies, results: readonly SettledNotice[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await settleNotices(db, results)
    } catch (error) {
      if (tries === SETTLE_ATTEMPTS) throw error
      log.warn({ part: 'notices', err: error }, 'the outcome of notices could not be stored yet')
      await pause(SETTLE_PAUSE_MS * tries)
    }
  }
}
