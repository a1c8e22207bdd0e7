import type { Executor } from '@eungmo/db/connection/client'
import { findWinnersPage, type WinnersPageRow } from '@eungmo/db/queries/winners-pages'
import { contentVersion } from '../content-version.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { automaticDrawAt } from '../deadlines/automatic-draw.ts'
import { DomainError } from '../errors/domain-error.ts'
import { presentPause } from '../events/present-event.ts'
import { publicName } from '../personal-data/derive.ts'
import { seoulDayNumber } from '../seoul-time.ts'
import {
  MAX_WINNERS_PER_PAGE,
  type PublicWinnersInput,
  type PublicWinnersView,
} from './public-winners-schema.ts'
import { publicWithdrawReason } from './public-withdraw-reason.ts'

/** Changes of winners that one page shows. */
const MAX_CHANGES_PER_PAGE = 1_000

/** A page of the public winners as it was read. */
export interface SharedWinnersPage {
  /** Differs whenever anything differs that the page shows. */
  version: string
  /** Opens and masks the names, at the first call. */
  view(): PublicWinnersView
}

/**
 * Reads a page of the public winners in one statement: masked, and from the announcement date on. Throws
 * NOT_FOUND for a draft or an unknown slug.
 */
export async function readPublicWinners(
  { db, secrets }: { db: Executor; secrets: KeyRing },
  { slug, after }: PublicWinnersInput,
): Promise<SharedWinnersPage> {
  const row = await findWinnersPage(db, {
    slug,
    after,
    limit: MAX_WINNERS_PER_PAGE,
    maxWithdrawn: MAX_CHANGES_PER_PAGE,
  })
  if (!row) throw new DomainError('NOT_FOUND')
  const { page, now } = row
  // Of the clock, the page shows whether the announcement is due, and the day: dates of another year have the year.
  const shown = JSON.stringify({ page, after, day: seoulDayNumber(now) })
  const version = contentVersion(shown)
  let view: PublicWinnersView | undefined
  return {
    version,
    view() {
      view ??= { ...presentPage(secrets, page), version, now: new Date(now).toISOString() }
      return view
    },
  }
}

function presentPage(secrets: KeyRing, page: WinnersPageRow): Omit<PublicWinnersView, 'version' | 'now'> {
  const { eventId, slug, title, shopName, contact, attempts, beacon, deviation, earlierWinners, prizes } =
    page
  const { isAutomatic, cancelReason, excluded } = page
  const shown = page.winners.slice(0, MAX_WINNERS_PER_PAGE)
  return {
    eventId,
    slug,
    title,
    shopName,
    contact,
    announcementDate: new Date(page.announcementDate).toISOString(),
    due: page.due,
    state: stateOf(page),
    paused: presentPause(page.pause),
    drawLogId: page.drawLogId,
    drawnAt: page.drawnAt && new Date(page.drawnAt).toISOString(),
    isAutomatic,
    drawAt: automaticDrawAt({ ...page, endsAt: new Date(page.endsAt) })?.toISOString() ?? null,
    cancelReason,
    attempts,
    beacon,
    deviation,
    earlierWinners,
    excluded,
    winners: shown.map(({ slot, prize, participantId, name, applicationNumber }) => ({
      rank: slot,
      name: publicName(secrets, { eventId, participantId }, name === null ? null : Buffer.from(name, 'hex')),
      applicationNumber,
      prize,
    })),
    nextAfter: page.winners.length > shown.length ? (shown.at(-1)?.slot ?? null) : null,
    prizes,
    total: prizes.reduce((sum, { count }) => sum + count, 0),
    withdrawn: page.withdrawn.map(({ slot, reason, at }) => ({
      rank: slot,
      reason: publicWithdrawReason(reason),
      at: new Date(at).toISOString(),
    })),
  }
}

function stateOf({ pause, due, drawLogId }: WinnersPageRow): PublicWinnersView['state'] {
  if (pause) return 'paused'
  return due && drawLogId !== null ? 'announced' : 'waiting'
}
