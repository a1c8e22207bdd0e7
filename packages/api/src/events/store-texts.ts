import type { Executor } from '@eungmo/db/connection/client'
import { findConsentText, insertConsentText, releasePromises } from '@eungmo/db/queries/consent-texts'
import type { NewEvent } from '@eungmo/db/queries/events'
import { hasEntries } from '@eungmo/db/queries/has-entries'
import { findMarketingText, insertMarketingText } from '@eungmo/db/queries/marketing-texts'
import { deadlines, type PromisedDates } from '../deadlines/deadlines.ts'
import { consentText } from './consent-text.ts'
import { marketingText } from './marketing-text.ts'

/** What the texts of an event follow from. */
interface TextFacts {
  id: string
  shopName: string
  title: string
  announcementDate: Date
  claimDays: number
  sitOutMonths: number
  asksMarketing: boolean
}

/**
 * Stores the consent text, and that of the marketing box where the event has one, each where it differs from its
 * newest version. Returns the columns of the event that name the versions in force. The caller has locked the
 * event's row.
 */
export async function storeTexts(
  tx: Executor,
  event: TextFacts,
): Promise<Pick<NewEvent, 'consentVersion' | 'marketingVersion'>> {
  const { othersUntil, winnersUntil } = deadlines(event)
  const dates = { othersUntil, winnersUntil }
  return {
    consentVersion: await storeConsent(tx, event, dates),
    ...(event.asksMarketing && { marketingVersion: await storeMarketing(tx, event, dates) }),
  }
}

/** Stores the consent text with the dates that it promises. */
async function storeConsent(tx: Executor, event: TextFacts, dates: PromisedDates): Promise<number> {
  const text = consentText(event, dates)
  const stored = await findConsentText(tx, { eventId: event.id })
  if (stored && stored.ko === text.ko && stored.en === text.en) return stored.version
  if (stored && !(await hasEntries(tx, { eventId: event.id })))
    await releasePromises(tx, { eventId: event.id })
  const version = (stored?.version ?? 0) + 1
  await insertConsentText(tx, { eventId: event.id, version, ...dates, ...text })
  return version
}

async function storeMarketing(tx: Executor, event: TextFacts, dates: PromisedDates): Promise<number> {
  const text = marketingText(event, dates)
  const stored = await findMarketingText(tx, { eventId: event.id })
  if (stored && stored.ko === text.ko && stored.en === text.en) return stored.version
  const version = (stored?.version ?? 0) + 1
  await insertMarketingText(tx, { eventId: event.id, version, ...text })
  return version
}
