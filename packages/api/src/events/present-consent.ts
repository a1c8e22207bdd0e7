import type { EventWithConsent } from '@eungmo/db/queries/event-pages'
import { deadlines } from '../deadlines/deadlines.ts'
import { consentText } from './consent-text.ts'
import { marketingText } from './marketing-text.ts'
import type { ConsentView, MarketingView, NoticeView } from './schema.ts'

/** The consent text in force; for a draft, the one that publication would store. */
export function presentConsent({ event, consent }: EventWithConsent): ConsentView {
  const { version, ko, en } = consent ?? { version: 1, ...consentText(event, deadlines(event)) }
  return { version, text: { ko, en } }
}

/** The text of the marketing box, as of `presentConsent`; null where the form has none. */
export function presentMarketing({ event, marketing }: EventWithConsent): MarketingView {
  if (!event.asksMarketing) return null
  const { version, ko, en } = marketing ?? { version: 1, ...marketingText(event, deadlines(event)) }
  return { version, text: { ko, en } }
}

/** The consent text with the dates that it promises, which the notice above the form shows. */
export function presentNotice(page: EventWithConsent): NoticeView {
  const dates = deadlines(page.event)
  const until = (key: 'othersUntil' | 'winnersUntil') =>
    new Date(page.consent?.[key] ?? dates[key]).toISOString()
  return {
    ...presentConsent(page),
    othersUntil: until('othersUntil'),
    winnersUntil: until('winnersUntil'),
  }
}
