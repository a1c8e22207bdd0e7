import type { EventView } from '@eungmo/api/events/schema'
import * as m from '#lib/paraglide/messages.js'

export type EventOfEntry = Pick<
  EventView,
  'id' | 'slug' | 'shopName' | 'title' | 'announcementDate' | 'phase' | 'paused'
>

const texts: Record<EventView['phase'], () => string> = {
  draft: m.mine_phase_scheduled,
  scheduled: m.mine_phase_scheduled,
  open: m.mine_phase_open,
  closed: m.mine_phase_closed,
  locked: m.mine_phase_locked,
  drawn: m.mine_phase_drawn,
  cancelled: m.mine_phase_cancelled,
}

/** What an event does now, in two words. */
export const phaseText = ({ phase, paused }: Pick<EventView, 'phase' | 'paused'>): string =>
  paused ? m.mine_phase_paused() : texts[phase]()
