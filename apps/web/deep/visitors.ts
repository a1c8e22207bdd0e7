const VISITORS = 16
const REQUEST_TIMEOUT_MS = 20_000

interface Shop {
  origin: string
  event: { id: string; slug: string }
}

interface Visit {
  path: string
  body?: object
}

/** Visitors who send one request after another until they are stopped, each again once where it failed. */
export class Visitors {
  /** Requests that succeeded. */
  succeeded = 0
  /** The application number of each entry that was accepted. */
  readonly applicationNumbers: string[] = []
  /** Why the first attempt of a request failed. */
  readonly failed: string[] = []
  /** Why the second one failed as well. */
  readonly failedTwice: string[] = []
  #isStopping = false
  #entries = 0
  readonly #shop: Shop
  readonly #running: Promise<void>[]

  constructor(shop: Shop) {
    this.#shop = shop
    this.#running = Array.from({ length: VISITORS }, () => this.#visit())
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.all(this.#running)
  }

  async #visit(): Promise<void> {
    const { id, slug } = this.#shop.event
    while (!this.#isStopping) {
      await this.#send({ path: `/e/${slug}` })
      await this.#send({ path: `/api/v1/events/${id}` })
      await this.#send({ path: '/api/v1/participations', body: this.#entry() })
    }
  }

  #entry(): object {
    return {
      eventId: this.#shop.event.id,
      name: '이응모',
      phoneNumber: `010${String(++this.#entries + 70_000_000)}`,
      entryPath: 'SNS',
      privacyConsent: true,
      submissionId: crypto.randomUUID(),
    }
  }

  async #send(visit: Visit): Promise<void> {
    const failure = await this.#attempt(visit)
    if (failure === undefined) return
    this.failed.push(failure)
    const again = await this.#attempt(visit)
    if (again !== undefined) this.failedTwice.push(again)
  }

  /** Resolves with why the request failed; undefined where it succeeded. */
  async #attempt({ path, body }: Visit): Promise<string | undefined> {
    try {
      const response = await fetch(this.#shop.origin + path, {
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        ...(body && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      })
      const text = await response.text()
      if (!response.ok) return `${path}: ${response.status} ${text.slice(0, 200)}`
      if (body) this.applicationNumbers.push(JSON.parse(text).applicationNumber)
      this.succeeded++
      return undefined
    } catch (error) {
      return `${path}: ${error}`
    }
  }
}

/** A reader of live updates who opens the next stream when one ends, until it is stopped. */
export class LiveReader {
  /** Streams that have ended in order. */
  ended = 0
  /** Streams that sent an update. */
  live = 0
  /** Why streams were not opened, or broke off. */
  readonly failed: string[] = []
  readonly #stopping = new AbortController()
  readonly #running: Promise<void>

  constructor({ origin, event }: Shop, cookie: string) {
    const input = encodeURIComponent(JSON.stringify({ eventIds: [event.id] }))
    this.#running = this.#follow(`${origin}/api/trpc/analytics.live?input=${input}`, cookie)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #follow(url: string, cookie: string): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        const response = await fetch(url, { headers: { cookie }, signal })
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
        await this.#read(response)
        this.ended++
      } catch (error) {
        if (!signal.aborted) this.failed.push(String(error))
      }
    }
  }

  async #read(response: Response): Promise<void> {
    let text = ''
    let isLive = false
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (isLive) continue
      text += chunk
      isLive = text.includes('"hours":"all"')
      if (isLive) this.live++
    }
  }
}
