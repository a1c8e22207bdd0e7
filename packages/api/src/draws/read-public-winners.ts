import type { Executor } from '@eungmo/db/connection/client'
import { listDrawLogs } from '@eungmo/db/queries/draw-logs'
import { listSlotHolders, type SlotHolder } from '@eungmo/db/queries/draw-winners'
import { findEventBySlug } from '@eungmo/db/queries/events'
import type { KeyRing } from '../crypto/key-ring.ts'
import { openName } from '../crypto/personal-envelopes.ts'
import { DomainError } from '../errors/domain-error.ts'
import { maskName } from '../validation/mask-name.ts'
import type { PublicWinnersView } from './schema.ts'

/**
 * The public winners: masked, and from the announcement date on. Throws NOT_FOUND for a draft or an unknown
 * slug.
 */
export async function readPublicWinners(
  { db, secrets }: { db: Executor; secrets: KeyRing },
  slug: string,
): Promise<PublicWinnersView> {
  const event = await findEventBySlug(db, { slug })
  if (!event || event.publishedAt === null) throw new DomainError('NOT_FOUND')
  const logs = await listDrawLogs(db, { eventId: event.id })
  const drawn = logs.filter(({ drawnAt }) => drawnAt !== null)
  const latest = drawn.at(-1)
  const announced = latest !== undefined && event.announcementDate <= event.now
  const holders = announced ? await listSlotHolders(db, { eventId: event.id }) : []
  return {
    eventId: event.id,
    slug: event.slug,
    title: event.title,
    shopName: event.shopName,
    announcementDate: event.announcementDate.toISOString(),
    state: announced ? 'announced' : 'waiting',
    drawLogId: latest?.id ?? null,
    drawnAt: latest?.drawnAt?.toISOString() ?? null,
    attempts: logs.length,
    beacon: event.beacon,
    deviation: logs[0]?.deviation ?? null,
    winners: holders
      .filter(({ standing }) => standing === 'selected')
      .map((holder) => maskWinner(secrets, event.id, holder)),
    withdrawn: holders.flatMap(({ slot, withdrawReason, withdrawnAt }) =>
      withdrawnAt === null
        ? []
        : { rank: slot, reason: withdrawReason ?? 'ineligible', at: withdrawnAt.toISOString() },
    ),
  }
}

function maskWinner(secrets: KeyRing, eventId: string, holder: SlotHolder) {
  const { slot, name, applicationNumber, prize, participantId } = holder
  return {
    rank: slot,
    name: name && maskName(openName(secrets, { eventId, participantId }, name)),
    applicationNumber,
    prize,
  }
}
