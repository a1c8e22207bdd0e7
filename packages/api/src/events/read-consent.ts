import type { Executor } from '@eungmo/db/connection/client'
import { findConsentText, insertConsentText } from '@eungmo/db/queries/consent-texts'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { consentText } from './consent-text.ts'

export interface Consent {
  version: number
  ko: string
  en: string
}

/** The consent text in force; of a draft, the one that publication would store. */
export async function readConsent(executor: Executor, event: EventWithParts): Promise<Consent> {
  const stored = await findConsentText(executor, { eventId: event.id })
  return stored ?? { version: 1, ...consentText(event) }
}

/** Stores the consent text where it differs from the newest version; answers the version in force. */
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
