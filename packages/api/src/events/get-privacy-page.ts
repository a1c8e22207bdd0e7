import { findEventPage } from '@eungmo/db/queries/event-pages'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { findResponsibleShop } from '@eungmo/db/queries/shop-details'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { PrivacyPageView } from './page-schema.ts'
import { presentMarketing, presentNotice } from './present-consent.ts'

/** What an event's privacy page says. Throws NOT_FOUND for an event that was never published. */
export async function getPrivacyPage(
  { db }: Pick<Dependencies, 'db'>,
  slug: string,
): Promise<PrivacyPageView> {
  const page = await findEventPage(db, { slug })
  if (!page || page.event.publishedAt === null) throw new DomainError('NOT_FOUND')
  const { event } = page
  const shop = await findResponsibleShop(db, { eventId: event.id })
  if (!shop) throw new DomainError('NOT_FOUND')
  return {
    slug: event.slug,
    title: event.title,
    shopName: event.shopName,
    shop: { ...shop, changedAt: shop.changedAt.toISOString() },
    consent: presentNotice(page),
    marketing: presentMarketing(page),
    claimItems: claimItemsOf(event),
    now: event.now.toISOString(),
  }
}

/** What the claim page collects for an event's prizes: a winner whose slot has no prize of its own picks it up. */
function claimItemsOf({ prizes, winnerCount }: EventWithParts): PrivacyPageView['claimItems'] {
  const delivered = prizes.filter(({ isDelivered }) => isDelivered)
  const deliveredCount = delivered.reduce((sum, { count }) => sum + count, 0)
  const isAllDelivered = delivered.length === prizes.length && deliveredCount >= winnerCount
  return [
    ...(isAllDelivered ? [] : ['pick-up-day' as const]),
    ...(delivered.length > 0 ? ['address' as const] : []),
  ]
}
