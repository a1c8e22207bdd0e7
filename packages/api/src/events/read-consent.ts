import type { Executor } from '@eungmo/db/connection/client'
import { findConsentText } from '@eungmo/db/queries/consent-texts'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { consentText } from './consent-text.ts'

export interface Consent {
  version: number
  ko: string
  en: string
}

/** The consent text in force; for a draft, the one that publication would store. */
export async function readConsent(executor: Executor, event: EventWithParts): Promise<Consent> {
  const stored = await findConsentText(executor, { eventId: event.id })
  return stored ?? { version: 1, ...consentText(event) }
}
