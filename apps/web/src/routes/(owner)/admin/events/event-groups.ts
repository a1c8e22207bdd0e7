import type { EventPhase } from '@eungmo/api/events/schema'

interface ListedEvent {
  phase: EventPhase
  startsAt: string
  endsAt: string
  createdAt: string
}

export type EventGroup = 'open' | 'waiting' | 'ready' | 'over'

const groupOf: Record<EventPhase, EventGroup> = {
  open: 'open',
  closed: 'waiting',
  locked: 'waiting',
  scheduled: 'ready',
  draft: 'ready',
  drawn: 'over',
  cancelled: 'over',
}

/**
 * Groups the owner's events: open ones (the first to close first), those waiting for the draw, those in
 * preparation, and past ones (the latest first). Groups without events are left out.
 */
export function groupEvents<T extends ListedEvent>(
  events: readonly T[],
): { group: EventGroup; events: T[] }[] {
  const orders: Record<EventGroup, (a: T, b: T) => number> = {
    open: (a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt),
    waiting: (a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt),
    ready: (a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt),
    over: (a, b) => Date.parse(b.endsAt) - Date.parse(a.endsAt),
  }
  const groups: EventGroup[] = ['open', 'waiting', 'ready', 'over']
  return groups
    .map((group) => ({
      group,
      events: events.filter((event) => groupOf[event.phase] === group).sort(orders[group]),
    }))
    .filter(({ events: found }) => found.length > 0)
}
