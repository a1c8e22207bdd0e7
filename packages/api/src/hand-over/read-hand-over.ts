import type { Executor } from '@eungmo/db/connection/client'
import { listPromises } from '@eungmo/db/queries/consent-texts'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { findHandOver, type HandOverKey, type HandOverRow } from '@eungmo/db/queries/hand-overs'
import type { Actor } from '../context.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { holderClaimUntil } from '../deadlines/deadlines.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { notFoundForShop } from '../errors/log-denied.ts'
import { presentPause } from '../events/present-event.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { followLink } from '../links/winner-links.ts'
import { publicName } from '../personal-data/derive.ts'
import { parseApplicationNumber } from '../validation/application-number.ts'
import type { HandOverNumberInput, HandOverView } from './schema.ts'

type HandOverDependencies = Pick<Dependencies, 'db' | 'secrets'>

/**
 * The winner to whom the QR code of a claim page leads. Nobody's whole name or number is shown, so that it needs no
 * line in the access log. Throws NOT_FOUND where the link leads to nobody, and for the members of another shop.
 */
export async function readHandOverByLink(
  dependencies: HandOverDependencies,
  viewer: Actor,
  token: string,
): Promise<HandOverView> {
  const { db, secrets } = dependencies
  const followed = await followLink({ db, secrets }, 'hand-over', token)
  if (!followed) throw new DomainError('NOT_FOUND')
  const { event, winner, isCurrent } = followed
  if (event.shopId !== viewer.shopId) throw notFoundForShop(true)
  const row = await findHandOver(db, { eventId: event.id, key: winner })
  if (!row) throw new DomainError('NOT_FOUND')
  const view = await presentHandOver(dependencies, event, row)
  return view.state === 'ready' && !isCurrent ? { ...view, state: 'outdated' } : view
}

/**
 * The winner with an application number, for a phone that cannot show its QR code. Throws NOT_FOUND for an event of
 * another shop, and VALIDATION_FAILED for a number that never won.
 */
export async function readHandOverByNumber(
  dependencies: HandOverDependencies,
  viewer: Actor,
  { eventId, applicationNumber: typed }: HandOverNumberInput,
): Promise<HandOverView> {
  const event = await requireOwnEvent(dependencies.db, viewer, eventId)
  const applicationNumber = parseApplicationNumber(typed)
  if (applicationNumber === null) throw invalidField('applicationNumber', 'application_number.invalid')
  const row = await findHandOver(dependencies.db, { eventId, key: { applicationNumber } })
  if (!row) throw invalidField('applicationNumber', 'application_number.no_winner')
  return presentHandOver(dependencies, event, row)
}

/** The winner of an event who has this place in a draw; throws NOT_FOUND for none. */
export async function readHandOver(
  dependencies: { db: Executor; secrets: KeyRing },
  event: EventWithParts,
  key: HandOverKey,
): Promise<{ row: HandOverRow; view: HandOverView }> {
  const row = await findHandOver(dependencies.db, { eventId: event.id, key })
  if (!row) throw new DomainError('NOT_FOUND')
  return { row, view: await presentHandOver(dependencies, event, row) }
}

async function presentHandOver(
  { db, secrets }: { db: Executor; secrets: KeyRing },
  event: EventWithParts,
  row: HandOverRow,
): Promise<HandOverView> {
  const { eventId, participantId, drawLogId, drawRank, prize, applicationNumber } = row
  const texts = await listPromises(db, { eventId })
  const claimUntil = holderClaimUntil({ ...event, texts }, row.selectedAt ?? event.now)
  return {
    state: stateOf(event, row),
    eventId,
    title: event.title,
    drawLogId,
    drawRank,
    name: publicName(secrets, { eventId, participantId }, row.name),
    applicationNumber,
    prize,
    isConfirmed: row.claimedAt !== null,
    claimUntil: claimUntil.toISOString(),
    isLate: row.claimedAt === null && event.now >= claimUntil,
    handedOverAt: row.handedOverAt?.toISOString() ?? null,
    handedOverBy: row.handedOverBy,
    announcementDate: event.announcementDate.toISOString(),
    paused: presentPause(event.pause),
    now: event.now.toISOString(),
  }
}

function stateOf(
  { pause, now, announcementDate }: EventWithParts,
  { standing, handedOverAt }: HandOverRow,
): HandOverView['state'] {
  if (standing !== 'selected') return 'withdrawn'
  if (handedOverAt) return 'handed-over'
  if (pause) return 'paused'
  return now < announcementDate ? 'waiting' : 'ready'
}
