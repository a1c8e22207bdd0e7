import { findEvent } from '@eungmo/db/queries/events'
import { claimNotices, listNoticeReceivers, type NoticeReceiver } from '@eungmo/db/queries/notice-queue'
import type { WinnerNoticeKind } from '@eungmo/db/queries/notices'
import { readHolderDeadline } from '../destruction/require-stored-data.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import type { ClaimedBatch, NoticeChannel, SenderDependencies } from './notice-channel.ts'
import { NOTICE_TEXT_VERSION } from './notice-texts.ts'
import type { PhoneNotice, PhoneProvider } from './notifier.ts'
import { openReceiver } from './open-receiver.ts'
import { afterQuietHours, isQuiet } from './quiet-hours.ts'
import { readWinnerFacts } from './winner-facts.ts'

const KINDS: readonly WinnerNoticeKind[] = ['won', 'two-days-left', 'claim-received']

/**
 * Whether a notice no longer concerns its winner: who has the prize needs neither `won` nor a reminder, and nobody
 * needs a reminder who has confirmed meanwhile, or no longer can. It may have waited for the morning, in a pause or
 * for the provider.
 */
function isOutdated(
  kind: WinnerNoticeKind,
  { isClaimed, isHandedOver }: NoticeReceiver,
  { now, claimUntil }: { now: Date; claimUntil: Date },
): boolean {
  if (kind === 'claim-received') return false
  return isHandedOver || (kind === 'two-days-left' && (isClaimed || now >= claimUntil))
}

/** Text messages and Alimtalk to winners. */
export function createPhoneChannel(
  dependencies: SenderDependencies,
  provider: PhoneProvider,
): NoticeChannel<PhoneNotice> {
  const { db } = dependencies

  return {
    kinds: KINDS,
    maxPerCall: provider.maxPerCall,
    opensAt: (now) => (isQuiet(now) ? afterQuietHours(now) : null),
    send: (notices) => provider.send(notices),
    claim: (group, { now, limit }) =>
      db.transaction(async (tx): Promise<ClaimedBatch<PhoneNotice>> => {
        const { eventId, locale } = group
        const kind = KINDS.find((each) => each === group.kind)
        const event = await findEvent(tx, { eventId })
        if (!kind || !event) throw new Error(`event ${eventId} has no notices of the kind ${group.kind}`)
        const claimed = await claimNotices(tx, { ...group, now, limit, textVersion: NOTICE_TEXT_VERSION })
        const participantIds = claimed.flatMap(({ participantId }) => participantId ?? [])
        if (participantIds.length === 0) return { claimed, notices: [], unreadable: [], outdated: [] }
        const receivers = await listNoticeReceivers(tx, { eventId, participantIds })
        const facts = await readWinnerFacts(tx, dependencies, event, receivers, locale)
        const access = await recordAccess(tx, {
          actor: { via: 'schedule', shopId: event.shopId },
          action: 'send-notices',
          eventId,
          people: receivers.length,
          ...(receivers.length === 1 && receivers[0] && { subjectId: receivers[0].participantId }),
        })
        const receiverOf = new Map(receivers.map((receiver) => [receiver.participantId, receiver]))
        const batch: ClaimedBatch<PhoneNotice> = { claimed, notices: [], unreadable: [], outdated: [] }
        const claimUntilOf = await readHolderDeadline(tx, event)
        for (const { id, participantId } of claimed) {
          const receiver = receiverOf.get(participantId ?? '')
          const fact = facts.get(participantId ?? '')
          if (!receiver || !fact) continue
          if (isOutdated(kind, receiver, { now, claimUntil: claimUntilOf(receiver.selectedAt) })) {
            batch.outdated.push(id)
            continue
          }
          const phoneNumber = openReceiver(dependencies, access, receiver)
          if (phoneNumber === null) batch.unreadable.push(id)
          else batch.notices.push({ id, phoneNumber, kind, locale, facts: fact })
        }
        return batch
      }),
  }
}
