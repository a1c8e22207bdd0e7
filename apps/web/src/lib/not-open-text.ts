import type { EventPhase } from '@eungmo/api/events/schema'
import type { Locale } from '@eungmo/api/locale'
import * as m from '#lib/paraglide/messages.js'

interface Standing {
  phase: EventPhase
  paused: object | null
}

/** Why an event takes no entries and will not by itself: the first reason that counts. Null where it does or will. */
export function notOpenText({ phase, paused }: Standing, locale: Locale): string | null {
  if (phase === 'cancelled') return m.not_open_cancelled({}, { locale })
  if (phase === 'closed' || phase === 'locked' || phase === 'drawn') return m.not_open_closed({}, { locale })
  if (paused) return m.not_open_paused({}, { locale })
  return phase === 'draft' ? m.not_open_draft({}, { locale }) : null
}
