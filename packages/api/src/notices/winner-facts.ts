import type { Executor } from '@eungmo/db/connection/client'
import { listPromises } from '@eungmo/db/queries/consent-texts'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { findResponsibleShop } from '@eungmo/db/queries/shop-details'
import { holderClaimUntil } from '../deadlines/deadlines.ts'
import type { Dependencies } from '../dependencies.ts'
import { readClaimUrls } from '../links/winner-links.ts'
import type { Locale } from '../locale.ts'
import { seoulDateEnglish, seoulDateTime, seoulParts, twoDigits } from '../seoul-time.ts'
import type { NoticeFacts } from './notice-texts.ts'

/** A current winner as far as a text names them. */
export interface NotifiedWinner {
  participantId: string
  prize: string | null
  selectedAt: Date
}

const unnamedPrize = { ko: '경품', en: 'your prize' }

function untilText(until: Date, locale: Locale): string {
  if (locale === 'ko') return seoulDateTime(until)
  const { hour, minute } = seoulParts(until)
  return `${twoDigits(hour)}:${twoDigits(minute)}, ${seoulDateEnglish(until)} (Korean time)`
}

/** What the notices to an event's winners name, by participant. */
export async function readWinnerFacts(
  executor: Executor,
  { secrets, publicUrl }: Pick<Dependencies, 'secrets' | 'publicUrl'>,
  event: EventWithParts,
  winners: readonly NotifiedWinner[],
  locale: Locale,
): Promise<Map<string, NoticeFacts>> {
  const texts = await listPromises(executor, { eventId: event.id })
  const shop = await findResponsibleShop(executor, { eventId: event.id })
  const links = await readClaimUrls(
    { db: executor, secrets, publicUrl },
    event,
    winners.map(({ participantId }) => participantId),
  )
  // Where SECRET_KEYS no longer holds the event's key there is no claim page.
  const winnersPage = `${publicUrl}/e/${encodeURIComponent(event.slug)}/winners`
  return new Map(
    winners.map(({ participantId, prize, selectedAt }) => [
      participantId,
      {
        shop: event.shopName,
        event: event.title,
        prize: prize ?? unnamedPrize[locale],
        until: untilText(holderClaimUntil({ ...event, texts }, selectedAt), locale),
        link: links.get(participantId) ?? winnersPage,
        contact: shop?.contact ?? event.shopName,
      },
    ]),
  )
}
