import type { EventWithParts } from '@eungmo/db/queries/events'
import type { Pause } from '@eungmo/db/queries/pauses'
import { automaticDrawAt } from '../deadlines/automatic-draw.ts'
import type { EventView } from './schema.ts'

/** An event as everybody sees it. */
export function presentEvent(event: EventWithParts): EventView {
  return {
    id: event.id,
    slug: event.slug,
    shopName: event.shopName,
    title: event.title,
    story: event.story,
    startsAt: event.startsAt.toISOString(),
    startsAtPublication: event.startsAtPublication,
    endsAt: event.endsAt.toISOString(),
    announcementDate: event.announcementDate.toISOString(),
    winnerCount: event.winnerCount,
    alternateCount: event.alternateCount,
    visitBonus: event.visitBonus,
    claimDays: event.claimDays,
    prizes: event.prizes,
    status: event.status,
    phase: event.phase,
    paused: presentPause(event.pause),
    beacon: event.beacon,
    beaconDelay: event.beaconDelay,
    sitOutMonths: event.sitOutMonths,
    drawsAutomatically: event.drawsAutomatically,
    drawAt: automaticDrawAt(event)?.toISOString() ?? null,
    cancelReason: event.cancelReason,
    asksMarketing: event.asksMarketing,
    channels: event.channels
      .filter(({ kind, archived }) => kind === 'link' && !archived)
      .map(({ entryPath, code }) => ({ entryPath, code })),
  }
}

/** A pause with its instant as responses have it. */
export const presentPause = (pause: Pause | null): EventView['paused'] =>
  pause && { reason: pause.reason, at: new Date(pause.at).toISOString() }
