import { signIn } from './sign-in.ts'
import type { StackInfo } from './stack-info.ts'

export interface TestEvent {
  id: string
  slug: string
  title: string
}

interface EventFields {
  title: string
  startsAt: Date
  endsAt: Date
  announcementDate: Date
  winnerCount: number
  visitBonus: number
  alternateCount: number
  beacon: 'none' | 'quicknet'
  beaconDelay: number
  publish: boolean
  asksMarketing: boolean
  sitOutMonths: number
  drawsAutomatically: boolean
  prizes: { name: string; count: number; valueWon?: number; ownerPaysTax?: boolean; isDelivered?: boolean }[]
}

interface DrawOutcome {
  drawLogId: string
  winners: { rank: number; applicationNumber: string }[]
}

interface Analytics {
  total: number
  channels: { entryPath: string; count: number }[]
  views: {
    total: number
    channels: { entryPath: string; count: number }[]
    shared: number
    direct: number
    other: number
  } | null
}

const HOUR_MS = 3_600_000
/** Less than the 15 minutes after which an owner signs in again for API keys and members. */
const MAX_SESSION_AGE_MS = 600_000
let createdEvents = 0

/** Acts on the demo shop over REST with its API key, and as its owner where REST does not offer it. */
export class ShopClient {
  readonly stack: StackInfo
  #cookie = Promise.resolve('')
  #signedInAt = 0

  constructor(stack: StackInfo) {
    this.stack = stack
  }

  /** Creates an event. Defaults to one published and open, from an hour ago for ten days. */
  async createEvent(fields: Partial<EventFields> = {}): Promise<TestEvent> {
    const { publish = true, ...overrides } = fields
    const title = overrides.title ?? `시험 이벤트 ${++createdEvents}`
    const event = await this.call<TestEvent>('POST', '/events', {
      winnerCount: 1,
      ...overrides,
      title,
      startsAt: overrides.startsAt ?? new Date(Date.now() - HOUR_MS),
      endsAt: overrides.endsAt ?? new Date(Date.now() + 240 * HOUR_MS),
      announcementDate: overrides.announcementDate ?? new Date(Date.now() + 264 * HOUR_MS),
    })
    if (publish) await this.call('POST', `/events/${event.id}/publish`, {})
    return event
  }

  async enter(
    eventId: string,
    phoneNumber: string,
    name = '이응모',
    entryPath = 'SNS',
  ): Promise<{ applicationNumber: string }> {
    return this.call('POST', '/participations', {
      eventId,
      name,
      phoneNumber,
      entryPath,
      privacyConsent: true,
    })
  }

  /** The proof of an entry, with which its entrant corrects the name and withdraws. */
  async proveEntry(eventId: string, entry: object): Promise<string> {
    const { proof } = await this.call<{ proof: string }>('POST', '/participations/own-data', {
      eventId,
      ...entry,
    })
    return proof
  }

  /** Creates an announced event whose winner, with this phone number, sits out of later ones. */
  async createEarlierWinner(phoneNumber: string): Promise<TestEvent> {
    const event = await this.createEvent({ sitOutMonths: 2 })
    await this.enter(event.id, phoneNumber)
    await this.close(event.id)
    await this.draw(event.id, 1)
    return event
  }

  /** The proof of a claim, with which its winner confirms and declines. */
  async proveClaim(token: string, phoneNumber: string): Promise<string> {
    const response = await this.#mutate('claims.prove', { token, lastDigits: phoneNumber.slice(-4) })
    const { result }: { result: { data: { proof: string } } } = await response.json()
    return result.data.proof
  }

  /** Creates an open event that the phone number has entered already. */
  async createEnteredEvent(phoneNumber: string): Promise<TestEvent> {
    const event = await this.createEvent()
    await this.enter(event.id, phoneNumber)
    return event
  }

  analytics(eventId: string): Promise<Analytics> {
    return this.call('GET', `/events/${eventId}/analytics`)
  }

  async participants(eventId: string): Promise<{ items: { name: string; phoneNumber: string }[] }> {
    return this.call('GET', `/events/${eventId}/participants`)
  }

  draw(eventId: string, winnerCount: number, visitBonus = false): Promise<DrawOutcome> {
    return this.call('POST', `/events/${eventId}/draw-winners`, { winnerCount, visitBonus })
  }

  /** Ends an open event now. Its winners may be announced at once by default. */
  async close(eventId: string, announcementDate?: Date): Promise<void> {
    const endsAt = new Date(Date.now() - 1_000)
    await this.call('PATCH', `/events/${eventId}`, { endsAt, announcementDate: announcementDate ?? endsAt })
  }

  /** Moves the announcement of a default event to an earlier day, which is a new version of the consent text. */
  async changeConsentText(eventId: string): Promise<void> {
    const inDays = (days: number) => new Date(Date.now() + days * 24 * HOUR_MS)
    await this.call('PATCH', `/events/${eventId}`, { endsAt: inDays(3), announcementDate: inDays(5) })
  }

  /** The cookie of a session whose owner, the demo owner, has signed in within the last ten minutes. */
  sessionCookie(): Promise<string> {
    if (Date.now() - this.#signedInAt > MAX_SESSION_AGE_MS) {
      this.#signedInAt = Date.now()
      this.#cookie = signIn(this.stack)
    }
    return this.#cookie
  }

  /** Calls a mutation over tRPC as the demo owner, where REST does not offer it. */
  async mutate(procedure: string, input: object): Promise<void> {
    await this.#mutate(procedure, input)
  }

  async #mutate(procedure: string, input: object): Promise<Response> {
    const response = await fetch(`${this.stack.baseUrl}/api/trpc/${procedure}`, {
      method: 'POST',
      headers: {
        cookie: await this.sessionCookie(),
        origin: this.stack.baseUrl,
        'content-type': 'application/json',
      },
      body: JSON.stringify(input),
    })
    if (!response.ok) throw new Error(`${procedure}: ${response.status} ${await response.text()}`)
    return response
  }

  /** Uploads the picture of an event as the form does, and resolves to its version. */
  async setPicture(eventId: string, file: Uint8Array, altText = '딸기 케이크'): Promise<string> {
    const body = new FormData()
    body.set('altText', altText)
    body.set('picture', new Blob([new Uint8Array(file)]), 'photo.jpg')
    const headers = { cookie: await this.sessionCookie(), origin: this.stack.baseUrl }
    const path = `/admin/events/${eventId}/picture`
    const response = await fetch(`${this.stack.baseUrl}${path}?/save`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...headers, accept: 'text/html' },
      body,
    })
    if (response.status !== 303) throw new Error(`The picture: ${response.status} ${await response.text()}`)
    const page = await (await fetch(this.stack.baseUrl + path, { headers })).text()
    const [, version] = /\/picture\/([\w-]{43})\//.exec(page) ?? []
    if (!version) throw new Error('The page of the picture shows none.')
    return version
  }

  cancel(eventId: string): Promise<void> {
    return this.mutate('events.cancel', { eventId })
  }

  /** Path and query of the in-store link, with its token. */
  async storeLink(eventId: string): Promise<string> {
    const response = await fetch(
      `${this.stack.baseUrl}/api/trpc/channels.list?input=${encodeURIComponent(JSON.stringify({ eventId }))}`,
      { headers: { cookie: await this.sessionCookie() } },
    )
    const { result }: { result: { data: { kind: string; link: string }[] } } = await response.json()
    const store = result.data.find(({ kind }) => kind === 'store')
    if (!store) throw new Error('The event has no in-store link.')
    const { pathname, search } = new URL(store.link)
    return pathname + search
  }

  async call<Body>(method: string, path: string, body?: object): Promise<Body> {
    const response = await fetch(`${this.stack.baseUrl}/api/v1${path}`, {
      method,
      headers: this.#headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }

  get #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.stack.apiKey}`, 'content-type': 'application/json' }
  }
}
