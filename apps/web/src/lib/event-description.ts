import type { EntryPageView } from '@eungmo/api/events/page-schema'
import type { Locale } from '@eungmo/api/locale'
import * as m from '#lib/paraglide/messages.js'
import { firstThatFit } from './first-that-fit.ts'
import { notOpenText } from './not-open-text.ts'
import { prizeTexts } from './prize-texts.ts'
import { formatMoment } from './seoul-time.ts'

/** Of the prizes, in characters: the preview of a link shows little more. */
const MAX_PRIZES_LENGTH = 80

type Described = Pick<EntryPageView, 'prizes' | 'winnerCount' | 'endsAt' | 'now' | 'phase' | 'paused'>

/** What the preview of a link says of an event: its prizes and its deadline, or why it takes no entries. */
export function eventDescription(event: Described, locale: Locale): string {
  const ends = formatMoment(event.endsAt, locale, event.now)
  const prizes = firstThatFit(
    prizeTexts(event, locale),
    (count) => m.more_prizes({ count }, { locale }),
    ({ length }) => length <= MAX_PRIZES_LENGTH,
  )
  return notOpenText(event, locale) ?? m.link_description({ prizes, ends }, { locale })
}
