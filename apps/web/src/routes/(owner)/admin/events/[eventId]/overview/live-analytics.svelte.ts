import { trpc } from '#lib/trpc.ts'
import type { Analytics } from './analytics-view.ts'
import { applyUpdate } from './apply-update.ts'

/** An event's analytics, updated live while `follow` is active. */
export class LiveAnalytics {
  current = $state<Analytics>() as Analytics
  /** Whether the connection is lost: what is shown may be outdated. */
  lost = $state(false)

  constructor(initial: Analytics) {
    this.current = initial
  }

  /** Subscribes to updates; returns a function that unsubscribes. */
  follow(eventId: string): () => void {
    const subscription = trpc.analytics.live.subscribe(
      { eventIds: [eventId] },
      {
        onData: (update) => {
          this.current = applyUpdate(this.current, update)
          this.lost = false
        },
        onConnectionStateChange: ({ state, error }) => {
          this.lost = state === 'connecting' && error !== null
        },
        onError: () => {
          this.lost = true
        },
      },
    )
    return () => subscription.unsubscribe()
  }
}
