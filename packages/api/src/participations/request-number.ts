import { queueApplicationNumber } from '@eungmo/db/queries/application-number-notices'
import type { AttemptLimits } from '@eungmo/db/queries/attempt-budgets'
import { takeAttempt } from '../attempts/attempt-budget.ts'
import { phoneIndex } from '../crypto/keyed-hashes.ts'
import { randomBytes } from '../crypto/random-bytes.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { Locale } from '../locale.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../seoul-time.ts'
import { clientNetwork } from './client-network.ts'
import type { RequestNumberInput } from './forgotten-number-schema.ts'
import { requirePublished } from './require-published.ts'

const PAUSE_MS = 10 * MINUTE_MS
/** Of a phone number in an event: one in ten minutes. */
const RECENT: AttemptLimits = { free: 1, firstWaitMs: PAUSE_MS, periodMs: PAUSE_MS }
/** Of a phone number in an event: three a day. */
const DAILY: AttemptLimits = { free: 3, firstWaitMs: DAY_MS, periodMs: DAY_MS }
/** Of a phone number in all events: who entered it in many could otherwise have each of them send three a day. */
const OF_PHONE: AttemptLimits = { free: 6, firstWaitMs: DAY_MS, periodMs: DAY_MS }
/** Of an address, which many phones of a network may share. */
const OF_ADDRESS: AttemptLimits = { free: 20, firstWaitMs: HOUR_MS, periodMs: HOUR_MS }
/** Messages of a shop within 24 hours: each costs, and a stranger who knows many numbers could cause them. */
export const MAX_NUMBERS_PER_SHOP_DAY = 200

/** What everybody reads who requested a number, whether or not one was sent. */
const message: Record<Locale, string> = {
  ko: '이 전화번호로 응모하셨다면 곧 응모 번호를 문자로 보내 드려요. 10분에 한 번, 하루 세 번까지 보내요.',
  en: 'If you entered with this phone number, a text message with your application number is on its way. We send one in ten minutes, and three a day at most.',
}

type RequestDependencies = Pick<Dependencies, 'db' | 'secrets' | 'observe' | 'notifier'>

/**
 * Sends an entrant who has forgotten the application number a text message with it, to the phone of the entry and to
 * no other. Unknown, withdrawn, destroyed and too often get the same response after the same statements; the message
 * itself is sent by the job, after the response. Throws NOT_FOUND for an unknown event, CONFLICT (number-not-sent)
 * where this installation sends no messages, and RATE_LIMITED for the 21st request of an address within an hour.
 */
export async function requestNumber(
  dependencies: RequestDependencies,
  { eventId, phoneNumber }: RequestNumberInput,
  { clientAddress, locale }: { clientAddress: string; locale: Locale },
): Promise<{ message: string }> {
  const { db, secrets, notifier } = dependencies
  const event = await requirePublished(dependencies, eventId)
  if (!notifier.phone) throw new DomainError('CONFLICT', { reason: 'number-not-sent' })
  const ofAddress = await takeAttempt(
    dependencies,
    { purpose: 'number-of-address', proof: 'phone', subjects: [clientNetwork(clientAddress)] },
    OF_ADDRESS,
  )
  if (!ofAddress.allowed) throw new DomainError('RATE_LIMITED', { retryAfter: HOUR_MS / 1_000 })
  const index = phoneIndex(secrets.indexKey(event.keyId), event.id, phoneNumber)
  await db.transaction(async (tx) => {
    const within = { ...dependencies, db: tx }
    const of = { proof: 'phone', subjects: [`${event.id}\0${phoneNumber}`] } as const
    const recent = await takeAttempt(within, { purpose: 'number', ...of }, RECENT)
    const daily = await takeAttempt(within, { purpose: 'number-of-day', ...of }, DAILY)
    const ofPhone = await takeAttempt(
      within,
      { purpose: 'number-of-phone', proof: 'phone', subjects: [phoneNumber] },
      OF_PHONE,
    )
    const taken = [recent, daily, ofPhone]
    const isAllowed = taken.every(({ allowed }) => allowed)
    // What is not sent is not counted.
    for (const attempt of taken) await attempt.settle(!isAllowed)
    await queueApplicationNumber(tx, {
      eventId: event.id,
      shopId: event.shopId,
      // The index of nobody, so that the statements are the same.
      phoneIndex: isAllowed ? index : randomBytes(index.length),
      locale,
      maxPerDay: MAX_NUMBERS_PER_SHOP_DAY,
    })
  })
  return { message: message[locale] }
}
