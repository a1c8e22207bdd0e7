import { isUnavailable } from '@eungmo/db/connection/statement-error'
import { pause } from '@eungmo/db/timing/pause'
import pLimit from 'p-limit'
import type { Analytics } from './schema.ts'

/** Receives the changes of events. Neither function may wait or throw. */
export interface Follower {
  changed(eventId: string): void
  failed(error: unknown): void
}

/** Least time between two reads of one event: many changes in a row become one. */
const MIN_READ_INTERVAL_MS = 40
/** Reads of an event take at most a fifth of the time, however long one takes. */
const PAUSE_PER_READ = 4
/** Connections of the pool that live updates may occupy at a time. */
const MAX_CONCURRENT_READS = 2
const RETRY_INTERVAL_MS = 500

/** The newest counts of one event, while it has followers. */
class Topic {
  readonly followers = new Set<Follower>()
  newest: Analytics | undefined
  readonly #eventId: string
  readonly #read: () => Promise<Analytics>
  readonly #closing: AbortSignal
  #text = ''
  #due = false
  #running = false

  constructor(eventId: string, read: () => Promise<Analytics>, closing: AbortSignal) {
    this.#eventId = eventId
    this.#read = read
    this.#closing = closing
  }

  /** Has the counts read again; the followers of this moment get a result whose read starts after it. */
  refresh(): void {
    this.#due = true
    if (!this.#running) void this.#run()
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#due && this.followers.size > 0 && !this.#closing.aborted) {
      this.#due = false
      const start = performance.now()
      const audience = [...this.followers]
      try {
        this.#store(await this.#read())
        for (const follower of audience) follower.changed(this.#eventId)
      } catch (error) {
        if (isUnavailable(error)) {
          this.#due = true
          await pause(RETRY_INTERVAL_MS, this.#closing)
        } else for (const follower of audience) follower.failed(error)
      }
      const took = performance.now() - start
      await pause(Math.max(MIN_READ_INTERVAL_MS, took * PAUSE_PER_READ), this.#closing)
    }
    this.#running = false
  }

  /** Counts that did not change remain the same object, so that followers recognise what they have sent. */
  #store(counts: Analytics): void {
    const text = JSON.stringify(counts)
    if (text === this.#text) return
    this.#text = text
    this.newest = counts
  }
}

/**
 * The newest counts of the events that are followed. An event is read once per change, however many
 * followers it has; a follower never gets counts whose read started before it joined.
 */
export class SharedCounts {
  readonly #topics = new Map<string, Topic>()
  readonly #closing = new AbortController()
  readonly #slots = pLimit(MAX_CONCURRENT_READS)
  readonly #read: (eventId: string) => Promise<Analytics>

  constructor(read: (eventId: string) => Promise<Analytics>) {
    this.#read = read
  }

  /** Aborted once these counts are closed. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  /** The newest counts that were read, or undefined before the first read. */
  newest(eventId: string): Analytics | undefined {
    return this.#topics.get(eventId)?.newest
  }

  /** Follows an event, which is read again. Returns a function that leaves. */
  join(eventId: string, follower: Follower): () => void {
    const topic =
      this.#topics.get(eventId) ??
      new Topic(eventId, () => this.#slots(() => this.#read(eventId)), this.#closing.signal)
    this.#topics.set(eventId, topic)
    topic.followers.add(follower)
    topic.refresh()
    return () => {
      topic.followers.delete(follower)
      if (topic.followers.size === 0 && this.#topics.get(eventId) === topic) this.#topics.delete(eventId)
    }
  }

  /** Has an event read again, if it is followed; without an id every event that is followed. */
  refresh(eventId?: string): void {
    const topics = eventId === undefined ? this.#topics.values() : [this.#topics.get(eventId)]
    for (const topic of topics) topic?.refresh()
  }

  close(): void {
    this.#closing.abort()
  }
}
