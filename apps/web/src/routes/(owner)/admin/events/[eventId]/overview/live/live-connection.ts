import { growingWait, wait } from '#lib/wait.ts'
import type { Analytics } from '../analytics-view.ts'
import { applyUpdate, type Update } from './apply-update.ts'
import { hasEnded, initialState, isCurrent, type LiveState } from './live-state.ts'

export interface StreamHandlers {
  onUpdate(update: Update & { eventId: string }): void
  /** The stream is open, though nothing has changed. */
  onAlive(): void
  /** Called once when the stream cannot be opened or has ended, for whatever reason. */
  onEnd(): void
}

/** How counts reach this browser. */
export interface Transport {
  /** Opens one stream for all these events. Returns a function that closes it. */
  open(eventIds: string[], handlers: StreamHandlers): () => void
  read(eventId: string): Promise<Analytics>
  /** What the error of a read means. */
  statusOf(error: unknown): 'lost' | 'signed-out' | 'no-access'
}

interface Followed {
  listeners: Set<(state: LiveState) => void>
  state: LiveState
}

/** Events of one stream; the server's cap. Further ones are polled. */
const MAX_EVENTS_PER_STREAM = 20
/** Several tabs that open or close at once lead to one new stream. */
const SETTLE_MS = 30
const POLL_INTERVAL_MS = 3_000
/** A server that is away is tried at least this often, before jitter. */
const MAX_LOST_WAIT_MS = 5_000
/** A stream that fails while polling works is tried at least this often, before jitter. */
const MAX_STREAM_WAIT_MS = 60_000
/** A stream that lasted this long has worked, so the waits start again. */
const LASTING_MS = 30_000

/** Follows the counts of events: over one stream, and by polling while there is none. */
export class LiveConnection {
  readonly #transport: Transport
  readonly #streaming: boolean
  readonly #followed = new Map<string, Followed>()
  #round = new AbortController()

  /** Without `streaming` it only polls. */
  constructor(transport: Transport, { streaming }: { streaming: boolean }) {
    this.#transport = transport
    this.#streaming = streaming
  }

  /** Calls the listener with the state now and after each change. Returns a function that ends it. */
  follow(eventId: string, listener: (state: LiveState) => void): () => void {
    const followed = this.#followed.get(eventId) ?? { listeners: new Set(), state: initialState }
    followed.listeners.add(listener)
    listener(followed.state)
    if (!this.#followed.has(eventId)) {
      this.#followed.set(eventId, followed)
      this.#startRound()
    }
    return () => {
      followed.listeners.delete(listener)
      if (followed.listeners.size > 0 || this.#followed.get(eventId) !== followed) return
      this.#followed.delete(eventId)
      this.#startRound()
    }
  }

  /** Tries again at once, unless everything is live: the page is looked at, or the network is back. */
  retry(): void {
    const all = [...this.#followed.values()]
    if (all.every(({ state: { status } }) => status === 'live' || status === 'connecting')) return
    for (const followed of all)
      if (hasEnded(followed.state)) followed.state = { ...followed.state, status: 'lost' }
    this.#startRound()
  }

  #startRound(): void {
    this.#round.abort()
    this.#round = new AbortController()
    const { signal } = this.#round
    const ids = [...this.#followed.keys()]
    void this.#run(ids.slice(0, MAX_EVENTS_PER_STREAM), signal, this.#streaming)
    void this.#run(ids.slice(MAX_EVENTS_PER_STREAM), signal, false)
  }

  /** Opens streams and polls between them, until the round is over or no event may be seen any more. */
  async #run(eventIds: string[], signal: AbortSignal, streaming: boolean): Promise<void> {
    await wait(SETTLE_MS, signal)
    let failedStreams = 0
    for (;;) {
      const ids = this.#visible(eventIds)
      if (signal.aborted || ids.length === 0) return
      let streamAt = Number.POSITIVE_INFINITY
      if (streaming) {
        failedStreams = (await this.#stream(ids, signal)) >= LASTING_MS ? 0 : failedStreams + 1
        streamAt = Date.now() + growingWait(failedStreams, MAX_STREAM_WAIT_MS)
      }
      await this.#pollUntil(streamAt, ids, signal)
    }
  }

  /** Resolves with how long updates came, in milliseconds: 0 where none did. */
  #stream(ids: string[], signal: AbortSignal): Promise<number> {
    return new Promise((resolve) => {
      let since = Number.POSITIVE_INFINITY
      const end = () => {
        signal.removeEventListener('abort', leave)
        if (!signal.aborted) for (const id of this.#live(ids)) this.#show(id, { status: 'lost' })
        resolve(Math.max(0, Date.now() - since))
      }
      const close = this.#transport.open(ids, {
        onUpdate: (update) => {
          since = Math.min(since, Date.now())
          const known = this.#followed.get(update.eventId)?.state.analytics ?? null
          this.#show(update.eventId, { status: 'live', analytics: applyUpdate(known, update) })
        },
        onAlive: () => {
          for (const id of this.#live(ids)) this.#show(id, {})
        },
        onEnd: end,
      })
      const leave = () => {
        close()
        end()
      }
      signal.addEventListener('abort', leave)
    })
  }

  /**
   * Polls until it is time for a stream, or as soon as the server can be reached again; while it cannot, the
   * waits grow.
   */
  async #pollUntil(streamAt: number, eventIds: string[], signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted && Date.now() < streamAt) {
      const ids = this.#visible(eventIds)
      if (ids.length === 0) return
      const reached = (await Promise.all(ids.map((id) => this.#poll(id, signal)))).some(Boolean)
      if (reached && failures > 0 && streamAt < Number.POSITIVE_INFINITY) return
      failures = reached ? 0 : failures + 1
      const pause = reached ? POLL_INTERVAL_MS : growingWait(failures, MAX_LOST_WAIT_MS)
      await wait(Math.min(pause, streamAt - Date.now()), signal)
    }
  }

  /** Resolves with whether the server responded. */
  async #poll(eventId: string, signal: AbortSignal): Promise<boolean> {
    try {
      const analytics = await this.#transport.read(eventId)
      if (!signal.aborted) this.#show(eventId, { status: 'polling', analytics })
      return true
    } catch (error) {
      const status = this.#transport.statusOf(error)
      if (!signal.aborted) this.#show(eventId, { status })
      return status !== 'lost'
    }
  }

  /** The events that are followed still, and may be seen as far as is known. */
  #visible(eventIds: string[]): string[] {
    return eventIds.filter((id) => {
      const followed = this.#followed.get(id)
      return followed && !hasEnded(followed.state)
    })
  }

  #live(eventIds: string[]): string[] {
    return eventIds.filter((id) => this.#followed.get(id)?.state.status === 'live')
  }

  #show(eventId: string, changes: Partial<LiveState>): void {
    const followed = this.#followed.get(eventId)
    if (!followed) return
    const state = { ...followed.state, ...changes }
    if (isCurrent(state)) state.checkedAt = Date.now()
    followed.state = state
    for (const listener of followed.listeners) listener(state)
  }
}
