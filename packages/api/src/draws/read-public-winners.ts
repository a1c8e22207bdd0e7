import type { Executor } from '@eungmo/db/connection/client'
import { listDrawLogs } from '@eungmo/db/queries/draw-logs'
import { findEventBySlug } from '@eungmo/db/queries/events'
import { countWinnersByPrize, listSlotHolders, type SlotHolder } from '@eungmo/db/queries/slot-holders'
import type { KeyRing } from '../crypto/key-ring.ts'
import { openName } from '../crypto/personal-envelopes.ts'
import { DomainError } from '../errors/domain-error.ts'
import { maskName } from '../validation/mask-name.ts'
import { MAX_WINNERS_PER_PAGE, type PublicWinnersInput, type PublicWinnersView } from './schema.ts'

/** Changes of winners that one page shows; of a slot that changed more often, the oldest. */
const MAX_CHANGES_PER_PAGE = 1_000

type PublicReadDependencies = { db: Executor; secrets: KeyRing }

/**
 * A page of the public winners: masked, and from the announcement date on. Throws NOT_FOUND for a draft or an
 * unknown slug.
 */
export async function readPublicWinners(
  dependencies: PublicReadDependencies,
  { slug, after }: PublicWinnersInput,
): Promise<PublicWinnersView> {
  const { db } = dependencies
  const event = await findEventBySlug(db, { slug })
  if (!event || event.publishedAt === null) throw new DomainError('NOT_FOUND')
  const logs = await listDrawLogs(db, { eventId: event.id })
  const drawn = logs.filter(({ drawnAt }) => drawnAt !== null)
  const latest = drawn.at(-1)
  const announced = latest !== undefined && event.announcementDate <= event.now
  const page = announced ? await readPage(dependencies, event.id, after) : NOTHING
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
    ...page,
  }
}

type Page = Pick<PublicWinnersView, 'winners' | 'nextAfter' | 'prizes' | 'total' | 'withdrawn'>

const NOTHING: Page = { winners: [], nextAfter: null, prizes: [], total: 0, withdrawn: [] }

/** The winners of the slots above `after`, and what changed in the slots of this page. */
async function readPage(
  { db, secrets }: PublicReadDependencies,
  eventId: string,
  after: number,
): Promise<Page> {
  const [holders, prizes] = await Promise.all([
    listSlotHolders(db, { eventId, standing: 'selected', after, limit: MAX_WINNERS_PER_PAGE + 1 }),
    countWinnersByPrize(db, { eventId }),
  ])
  const shown = holders.slice(0, MAX_WINNERS_PER_PAGE)
  const lastShown = holders.length > shown.length ? shown.at(-1)?.slot : undefined
  const withdrawn = await listSlotHolders(db, {
    eventId,
    standing: 'withdrawn',
    after,
    ...(lastShown !== undefined && { upTo: lastShown }),
    limit: MAX_CHANGES_PER_PAGE,
  })
  return {
    winners: shown.map((holder) => maskWinner(secrets, eventId, holder)),
    nextAfter: lastShown ?? null,
    prizes,
    total: prizes.reduce((sum, { count }) => sum + count, 0),
    withdrawn: withdrawn.map(({ slot, withdrawReason, withdrawnAt, selectedAt }) => ({
      rank: slot,
      reason: withdrawReason ?? 'ineligible',
      at: (withdrawnAt ?? selectedAt).toISOString(),
    })),
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
