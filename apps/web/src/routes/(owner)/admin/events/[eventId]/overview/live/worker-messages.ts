import type { Analytics } from '../analytics-view.ts'
import type { LiveState } from './live-state.ts'

/** From a tab to the shared worker. `follow` is repeated while the tab is there, and replied to. */
export type TabMessage = { kind: 'follow'; eventId: string } | { kind: 'leave' } | { kind: 'retry' }

/** From the shared worker to a tab. Without `analytics` they are those of the last message. */
export interface WorkerMessage extends Omit<LiveState, 'analytics'> {
  eventId: string
  analytics?: Analytics | null
}

/** How often a tab repeats `follow`. */
export const FOLLOW_INTERVAL_MS = 10_000
/** Without a message for this long, the other side is gone: a closed tab says nothing. */
export const SILENCE_MS = 35_000
