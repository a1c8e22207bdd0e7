/** What a test needs to know about the running stack. */
export interface StackFacts {
  baseUrl: string
  /** The demo's open event. */
  eventId: string
  slug: string
  ownerEmail: string
  ownerPassword: string
  apiKey: string
}
