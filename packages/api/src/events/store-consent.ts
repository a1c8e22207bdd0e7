import type { Executor } from '@eungmo/db/connection/client'
import { findConsentText, insertConsentText } from '@eungmo/db/queries/consent-texts'
import { consentText } from './consent-text.ts'

/** Stores the consent text where it differs from the newest version. Returns the version in force. */
export async function storeConsent(
  tx: Executor,
  event: { id: string; shopName: string; title: string; announcementDate: Date },
): Promise<number> {
  const text = consentText(event)
  const stored = await findConsentText(tx, { eventId: event.id })
  if (stored && stored.ko === text.ko && stored.en === text.en) return stored.version
  const version = (stored?.version ?? 0) + 1
  await insertConsentText(tx, { eventId: event.id, version, ...text })
  return version
}
