import { listApplicationNumberReceivers } from '@eungmo/db/queries/application-number-notices'
import { findEvent } from '@eungmo/db/queries/events'
import { claimNotices } from '@eungmo/db/queries/notice-queue'
import { findResponsibleShop } from '@eungmo/db/queries/shop-details'
import { createEntryProof } from '../participations/own-entry-proof.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { MINUTE_MS } from '../seoul-time.ts'
import type { ClaimedBatch, NoticeChannel, SenderDependencies } from './notice-channel.ts'
import { NOTICE_TEXT_VERSION } from './notice-texts.ts'
import type { PhoneNotice, PhoneProvider } from './notifier.ts'
import { openReceiver } from './open-receiver.ts'

/** An entrant waits for it now: later, in a pause or with a provider that was away, it would only surprise. */
const MAX_AGE_MS = 30 * MINUTE_MS

/**
 * Application numbers to entrants who have requested theirs a moment ago, each to the phone of its entry: at any hour,
 * unlike what is sent unrequested.
 */
export function createApplicationNumberChannel(
  dependencies: SenderDependencies,
  provider: PhoneProvider,
): NoticeChannel<PhoneNotice> {
  const { db, secrets, publicUrl } = dependencies
  return {
    kinds: ['application-number'],
    maxPerCall: provider.maxPerCall,
    opensAt: () => null,
    send: (notices) => provider.send(notices),
    claim: (group, { now, limit }) =>
      db.transaction(async (tx): Promise<ClaimedBatch<PhoneNotice>> => {
        const { eventId, locale } = group
        const event = await findEvent(tx, { eventId })
        if (!event) throw new Error(`event ${eventId} has a notice and does not exist`)
        const claimed = await claimNotices(tx, { ...group, now, limit, textVersion: NOTICE_TEXT_VERSION })
        const batch: ClaimedBatch<PhoneNotice> = { claimed, notices: [], unreadable: [], outdated: [] }
        if (claimed.length === 0) return batch
        const stored = await listApplicationNumberReceivers(tx, { noticeIds: claimed.map(({ id }) => id) })
        const awaited = stored.filter(({ requestedAt }) => now.getTime() - requestedAt.getTime() < MAX_AGE_MS)
        const receiverOf = new Map(awaited.map((receiver) => [receiver.noticeId, receiver]))
        batch.outdated = claimed.flatMap(({ id }) => (receiverOf.has(id) ? [] : [id]))
        if (awaited.length === 0) return batch
        const shop = await findResponsibleShop(tx, { eventId })
        const access = await recordAccess(tx, {
          actor: { via: 'schedule', shopId: event.shopId },
          action: 'send-notices',
          eventId,
          people: awaited.length,
          ...(awaited.length === 1 && awaited[0] && { subjectId: awaited[0].participantId }),
        })
        for (const receiver of awaited) {
          const { noticeId: id, participantId, applicationNumber } = receiver
          const phoneNumber = openReceiver(dependencies, access, receiver)
          if (phoneNumber === null) {
            batch.unreadable.push(id)
            continue
          }
          const proof = createEntryProof(secrets, 'phone-holder', { eventId, participantId, now })
          const facts = {
            shop: event.shopName,
            event: event.title,
            number: applicationNumber,
            link: `${publicUrl}/e/${encodeURIComponent(event.slug)}/not-me/${proof}`,
            contact: shop?.contact ?? event.shopName,
          }
          batch.notices.push({ id, phoneNumber, kind: 'application-number', locale, facts })
        }
        return batch
      }),
  }
}
