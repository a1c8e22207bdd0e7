import type { EventPageRow } from '@eungmo/db/queries/event-pages'
import { consentText } from './consent-text.ts'

export interface Consent {
  version: number
  ko: string
  en: string
}

/** The consent text in force; for a draft, the one that publication would store. */
export const presentConsent = ({ event, consent }: EventPageRow): Consent =>
  consent ?? { version: 1, ...consentText(event) }
