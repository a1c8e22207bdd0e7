import { trpc } from '#lib/trpc.ts'
import type { Analytics } from './analytics-view.ts'

/** An event's analytics that follow the server for as long as they are followed. */
export class LiveAnalytics {
  current = $state<Analytics>() as Analytics
  /** The connection is gone; what is shown may be old. */
  lost = $state(false)

  constructor(initial: Analytics) {
    this.current = initial
  }

  /** Subscribes; returns how to stop. */
  follow(eventId: string): () => void {
    const subscription = trpc.analytics.live.subscribe(
      { eventId },
      {
        onData: ({ data }) => {
          this.current = data
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
