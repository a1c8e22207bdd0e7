import type { Channel } from '@eungmo/api/channels/schema'
import type { EntryPageView } from '@eungmo/api/events/page-schema'
import type { Locale } from '@eungmo/api/locale'
import { notOpenText } from '#lib/not-open-text.ts'
import * as m from '#lib/paraglide/messages.js'
import { prizeTexts } from '#lib/prize-texts.ts'
import { formatMoment } from '#lib/seoul-time.ts'

/** What a poster says, in its own language. */
export interface PosterContent {
  title: string
  shopName: string
  /** Where customers ask; null where nobody is named. */
  contact: string | null
  prizes: { label: string; items: string[] }
  deadline: { label: string; text: string }
  call: string
  /** For those who type: the address without `https://`, entry path and token. */
  address: string
  /** What the QR code holds. */
  link: string
  /** Null where the event has none. */
  picture: EntryPageView['picture']
  /** Why the poster must not hang: on a red strip. Null where it may. */
  strip: string | null
}

type Shown = Pick<
  EntryPageView,
  | 'slug'
  | 'title'
  | 'shopName'
  | 'contact'
  | 'prizes'
  | 'winnerCount'
  | 'startsAt'
  | 'endsAt'
  | 'now'
  | 'phase'
  | 'paused'
  | 'picture'
>

/** The poster of a channel. `origin` is that of its links. */
export function posterContent(
  event: Shown,
  channel: Pick<Channel, 'link' | 'archived'>,
  origin: string,
  locale: Locale,
): PosterContent {
  const moment = (at: string) => formatMoment(at, locale, event.now)
  // What an event without named prizes is given, in every language.
  const unnamed = m.poster_prize({}, { locale: 'ko' })
  const prizes = event.prizes.map((prize) => (prize.name === unnamed ? { ...prize, name: '' } : prize))
  return {
    title: event.title,
    shopName: event.shopName,
    contact: event.contact && m.poster_contact({ contact: event.contact }, { locale }),
    prizes: {
      label: m.poster_prize({}, { locale }),
      items: prizeTexts({ ...event, prizes }, locale),
    },
    deadline: {
      label: m.poster_deadline({}, { locale }),
      text:
        event.startsAt > event.now
          ? m.poster_period({ from: moment(event.startsAt), until: moment(event.endsAt) }, { locale })
          : moment(event.endsAt),
    },
    call: m.poster_call({}, { locale }),
    address: `${origin.replace(/^https?:\/\//, '')}/e/${event.slug}`,
    link: channel.link,
    picture: event.picture,
    strip: stripText(event, channel, locale),
  }
}

/** Why a poster must not hang, in the language of its reader; null where it may. */
export const stripText = (
  event: Pick<Shown, 'phase' | 'paused'>,
  { archived }: Pick<Channel, 'archived'>,
  locale: Locale,
): string | null => notOpenText(event, locale) ?? (archived ? m.poster_strip_archived({}, { locale }) : null)
