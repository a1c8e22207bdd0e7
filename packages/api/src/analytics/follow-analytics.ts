import { isUnavailable } from '@eungmo/db/connection/statement-error'
import { countShopEvents } from '@eungmo/db/queries/events'
import type { Context, Member, Viewer } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { type LiveUpdate, liveUpdate } from './live-update.ts'
import type { Analytics } from './schema.ts'

/** How often the rights of an open stream's viewer are checked again. */
export const RECHECK_INTERVAL_MS = 30_000

export interface FollowOptions extends Pick<Context, 'currentViewer'> {
  viewer: Member
  eventIds: readonly string[]
  /** A stream of the same user and browser ends when this one starts. */
  browser?: string | undefined
  /** Aborted when the client leaves. */
  signal?: AbortSignal | undefined
}

/**
 * The counts of the viewer's events now, and again after each change, until the signal aborts. Whether the
 * viewer may see them is checked again every 30 s. Rejects with NOT_FOUND unless all events are the
 * viewer's, with RATE_LIMITED or UNAVAILABLE when too many streams are open; the stream throws
 * UNAUTHENTICATED or NOT_FOUND when the viewer may no longer see it.
 */
export async function followAnalytics(
  dependencies: Pick<Dependencies, 'db' | 'countsFeed' | 'streamPlaces' | 'wait'>,
  { viewer, currentViewer, eventIds, browser, signal = new AbortController().signal }: FollowOptions,
): Promise<AsyncGenerator<LiveUpdate>> {
  const ended = new AbortController()
  const release = dependencies.streamPlaces.take({
    userId: viewer.userId,
    browser,
    onReplaced: () => ended.abort(),
  })
  signal.addEventListener('abort', release, { once: true })
  try {
    const ids = [...new Set(eventIds)]
    const own = await countShopEvents(dependencies.db, { shopId: viewer.shopId, eventIds: ids })
    if (own !== ids.length) throw new DomainError('NOT_FOUND')
    if (signal.aborted) release()
    return updates(dependencies, { viewer, currentViewer, eventIds: ids, signal, ended, release })
  } catch (error) {
    release()
    throw error
  }
}

interface Stream extends Pick<FollowOptions, 'viewer' | 'currentViewer' | 'eventIds'> {
  signal: AbortSignal
  /** Ends the stream from this side. */
  ended: AbortController
  release: () => void
}

async function* updates(
  { countsFeed, wait }: Pick<Dependencies, 'countsFeed' | 'wait'>,
  { viewer, currentViewer, eventIds, signal, ended, release }: Stream,
): AsyncGenerator<LiveUpdate> {
  const over = AbortSignal.any([signal, ended.signal])
  let lost: unknown
  async function checkRights(): Promise<void> {
    while (!over.aborted) {
      await wait(RECHECK_INTERVAL_MS, over)
      if (!over.aborted) lost = await lostRight(viewer, currentViewer)
      if (!lost) continue
      ended.abort()
      // A client that reads nothing must not hold its place until it is disconnected.
      release()
    }
  }
  const checking = checkRights()
  try {
    const sent = new Map<string, Analytics>()
    for await (const { eventId, counts } of countsFeed.follow(eventIds, over)) {
      yield liveUpdate(eventId, sent.get(eventId), counts)
      sent.set(eventId, counts)
    }
    if (lost) throw lost
  } finally {
    release()
    ended.abort()
    await checking
  }
}

/** Why the viewer may no longer see what they saw at the start; undefined while they may. */
async function lostRight(viewer: Member, currentViewer: () => Promise<Viewer>): Promise<unknown> {
  try {
    const current = await currentViewer()
    if (current.kind !== 'member' || current.userId !== viewer.userId)
      return new DomainError('UNAUTHENTICATED')
    return current.shopId === viewer.shopId ? undefined : new DomainError('NOT_FOUND')
  } catch (error) {
    // While the database is unreachable there are no new counts either.
    return isUnavailable(error) ? undefined : error
  }
}
