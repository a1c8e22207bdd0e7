import type { ParticipantPage } from '@eungmo/api/participants/schema'
import { parseApiError } from '#lib/api-error.ts'
import * as m from '#lib/paraglide/messages.js'
import { type LoadedPage, loadParticipants, type ParticipantRequest } from './load-participants.ts'

type Row = ParticipantPage['items'][number]

/** What was requested, and the first page of it as far as it has arrived. */
interface Found {
  request: ParticipantRequest
  /** By `performance.now()`. */
  requestedAt: number
  first: LoadedPage
}

/**
 * The participants that a page shows, in this page only: no address holds a name or a number. Each request ends
 * the one before, here and on the server, so that a late response never replaces a newer one. What is shown stays
 * until the next response has come.
 */
export class ParticipantList {
  /** Undefined until something was requested. */
  found = $state.raw<Found>()
  loading = $state<'first' | 'more'>()
  /** Why the newest request failed, in the reader's language. */
  error = $state<string>()
  #more = $state.raw<{ of: LoadedPage; items: Row[]; nextCursor: string | null }>()
  #newest = new AbortController()

  /** Rows that follow a first page, if any were loaded. */
  furtherOf(first: ParticipantPage): { items: Row[]; nextCursor: string | null } | undefined {
    return this.#more?.of === first ? this.#more : undefined
  }

  /** Shows the first page of a request. Never rejects: see `error`. */
  load(request: ParticipantRequest): Promise<void> {
    const requestedAt = performance.now()
    return this.#run('first', { ...request }, (first) => {
      this.found = { request, requestedAt, first }
    })
  }

  /** Shows the rows after those that are shown. Never rejects: see `error`. */
  loadMore(request: ParticipantRequest, first: LoadedPage): Promise<void> {
    const further = this.furtherOf(first)
    const cursor = further ? further.nextCursor : first.nextCursor
    if (!cursor) return Promise.resolve()
    const before = further?.items ?? []
    return this.#run('more', { ...request, cursor }, ({ items, nextCursor }) => {
      this.#more = { of: first, items: [...before, ...items], nextCursor }
    })
  }

  /** Ends what runs. */
  stop(): void {
    this.#newest.abort()
    this.loading = undefined
  }

  async #run(
    kind: 'first' | 'more',
    request: ParticipantRequest & { cursor?: string },
    show: (page: LoadedPage) => void,
  ): Promise<void> {
    this.#newest.abort()
    this.#newest = new AbortController()
    const { signal } = this.#newest
    this.loading = kind
    this.error = undefined
    try {
      for await (const page of loadParticipants({ ...request, signal })) if (!signal.aborted) show(page)
    } catch (error) {
      if (!signal.aborted) this.error = parseApiError(error, m.error_unexpected()).message
    }
    if (!signal.aborted) this.loading = undefined
  }
}
