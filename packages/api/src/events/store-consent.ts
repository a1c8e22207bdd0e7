import type { Executor } from '@eungmo/db/connection/client'
import { findConsentText, insertConsentText, releasePromises } from '@eungmo/db/queries/consent-texts'
import { hasEntries } from '@eungmo/db/queries/has-entries'
import { deadlines } from '../deadlines/deadlines.ts'
import { consentText } from './consent-text.ts'

/**
 * Stores the consent text where it differs from the newest version, with the dates that it promises. Returns
 * the version in force. The caller has locked the event's row.
 */
export async function storeConsent(
  tx: Executor,
  event: { id: string; shopName: string; title: string; announcementDate: Date },
): Promise<number> {
  const { othersUntil, winnersUntil } = deadlines(event)
  const text = consentText(event, { othersUntil, winnersUntil })
  const stored = await findConsentText(tx, { eventId: event.id })
  if (stored && stored.ko === text.ko && stored.en === text.en) return stored.version
  if (stored && !(await hasEntries(tx, { eventId: event.id })))
    await releasePromises(tx, { eventId: event.id })
  const version = (stored?.version ?? 0) + 1
  await insertConsentText(tx, { eventId: event.id, version, othersUntil, winnersUntil, ...text })
  return version
}
