import { type FollowOptions, followAnalytics } from '../../src/analytics/follow-analytics.ts'
import type { LiveUpdate } from '../../src/analytics/live-update.ts'
import type { ApiFixture } from './api-fixture.ts'

/** Opens a stream of live updates as a request does. */
export async function openLive(
  { dependencies }: Pick<ApiFixture, 'dependencies'>,
  options: Omit<FollowOptions, 'currentViewer'> & Partial<FollowOptions>,
) {
  const leaving = new AbortController()
  const signal = AbortSignal.any([leaving.signal, options.signal ?? leaving.signal])
  const currentViewer = async () => options.viewer
  const updates = await followAnalytics(dependencies, { currentViewer, ...options, signal })
  return {
    /** The next update; throws when the stream has ended. */
    async next(): Promise<LiveUpdate> {
      const { value, done } = await updates.next()
      if (done) throw new Error('the stream ended')
      return value
    },
    /** Every further update until the stream ends. */
    rest: (): Promise<LiveUpdate[]> => Array.fromAsync(updates),
    /** Leaves as a client that closes its connection. */
    async leave(): Promise<void> {
      leaving.abort()
      await updates.return(undefined)
    },
  }
}
