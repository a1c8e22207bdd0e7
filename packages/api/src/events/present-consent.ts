import type { EventPageRow } from '@eungmo/db/queries/event-pages'
import { consentText } from './consent-text.ts'

import type { ConsentView } from './schema.ts'

/** The consent text in force; for a draft, the one that publication would store. */
export function presentConsent({ event, consent }: Pick<EventPageRow, 'event' | 'consent'>): ConsentView {
  const { version, ko, en } = consent ?? { version: 1, ...consentText(event) }
  return { version, text: { ko, en } }
}
