import type { Analytics } from './analytics-view.ts'
import { followLive } from './live/follow-live.ts'
import type { LiveState, LiveStatus } from './live/live-state.ts'

/** An event's analytics, updated live while `follow` is active and the page is visible. */
export class LiveAnalytics {
  current = $state.raw<Analytics>() as Analytics
  status = $state<LiveStatus>('connecting')
  /** When `current` was last known to be current, in milliseconds since 1970. */
  checkedAt = $state(0)

  constructor(initial: Analytics, readAt: number) {
    this.current = initial
    this.checkedAt = readAt
  }

  /** Follows the event's counts; returns a function that ends it. Hidden pages need none. */
  follow(eventId: string): () => void {
    let follower: ReturnType<typeof followLive> | undefined
    const leave = () => {
      follower?.leave()
      follower = undefined
      this.status = 'connecting'
    }
    const update = () => {
      if (document.visibilityState === 'hidden') return leave()
      if (follower) follower.retry()
      else follower = followLive(eventId, (state) => this.#show(state))
    }
    update()
    document.addEventListener('visibilitychange', update)
    window.addEventListener('pageshow', update)
    window.addEventListener('online', update)
    window.addEventListener('pagehide', leave)
    return () => {
      leave()
      document.removeEventListener('visibilitychange', update)
      window.removeEventListener('pageshow', update)
      window.removeEventListener('online', update)
      window.removeEventListener('pagehide', leave)
    }
  }

  #show({ status, analytics, checkedAt }: LiveState): void {
    this.status = status
    if (analytics) this.current = analytics
    if (checkedAt !== null) this.checkedAt = checkedAt
  }
}
