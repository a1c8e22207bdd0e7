import type { EventWithConsent } from '@eungmo/db/queries/event-pages'
import { consentText, storedUntil } from './consent-text.ts'
import type { ConsentView, NoticeView } from './schema.ts'

/** The consent text in force; for a draft, the one that publication would store. */
export function presentConsent({ event, consent }: EventWithConsent): ConsentView {
  const { version, ko, en } = consent ?? { version: 1, ...consentText(event) }
  return { version, text: { ko, en } }
}

/** The consent text with the dates that the notice above the form shows. */
export function presentNotice(page: EventWithConsent): NoticeView {
  const until = storedUntil(page.event).toISOString()
  return { ...presentConsent(page), othersUntil: until, winnersUntil: until }
}
