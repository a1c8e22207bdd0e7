import type { StackFacts } from './stack-info.ts'

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
}

interface Analytics {
  total: number
  channels: { entryPath: string; count: number }[]
}

const hour = 3_600_000
let made = 0

/** The demo shop, as another program of the owner's sees it: over REST with its API key. */
export class Shop {
  readonly facts: StackFacts

  constructor(facts: StackFacts) {
    this.facts = facts
  }

  /** Makes an event that is open from an hour ago for ten days, unless told otherwise. */
  async event(fields: Partial<EventFields> = {}): Promise<TestEvent> {
    const { publish = true, ...given } = fields
    const title = given.title ?? `시험 이벤트 ${++made}`
    const event = await this.call<TestEvent>('POST', '/events', {
      winnerCount: 1,
      ...given,
      title,
      startsAt: given.startsAt ?? new Date(Date.now() - hour),
      endsAt: given.endsAt ?? new Date(Date.now() + 240 * hour),
      announcementDate: given.announcementDate ?? new Date(Date.now() + 264 * hour),
    })
    if (publish) await this.call('POST', `/events/${event.id}/publish`, {})
    return event
  }

  async enter(eventId: string, phoneNumber: string, name = '이응모'): Promise<{ applicationNumber: string }> {
    return this.call('POST', '/participations', {
      eventId,
      name,
      phoneNumber,
      entryPath: 'SNS',
      privacyConsent: true,
    })
  }

  analytics(eventId: string): Promise<Analytics> {
    return this.call('GET', `/events/${eventId}/analytics`)
  }

  async participants(eventId: string): Promise<{ items: { name: string; phoneNumber: string }[] }> {
    return this.call('GET', `/events/${eventId}/participants`)
  }

  draw(eventId: string, winnerCount: number, visitBonus = false): Promise<{ drawLogId: string }> {
    return this.call('POST', `/events/${eventId}/draw-winners`, { winnerCount, visitBonus })
  }

  /** Calls an event off; only the pages' own procedures can. */
  async cancel(eventId: string): Promise<void> {
    const answer = await fetch(`${this.facts.baseUrl}/api/trpc/events.cancel`, {
      method: 'POST',
      headers: this.#headers,
      body: JSON.stringify({ eventId }),
    })
    if (!answer.ok) throw new Error(`events.cancel: ${answer.status} ${await answer.text()}`)
  }

  /** The in-store link's path, with its token. */
  async storeLink(eventId: string): Promise<string> {
    const answer = await fetch(
      `${this.facts.baseUrl}/api/trpc/channels.list?input=${encodeURIComponent(JSON.stringify({ eventId }))}`,
      { headers: this.#headers },
    )
    const { result }: { result: { data: { kind: string; link: string }[] } } = await answer.json()
    const store = result.data.find(({ kind }) => kind === 'store')
    if (!store) throw new Error('The event has no in-store link.')
    const { pathname, search } = new URL(store.link)
    return pathname + search
  }

  async call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.facts.baseUrl}/api/v1${path}`, {
      method,
      headers: this.#headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }

  get #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.facts.apiKey}`, 'content-type': 'application/json' }
  }
}
