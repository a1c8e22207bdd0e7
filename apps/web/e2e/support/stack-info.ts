/** What a test needs to know about the running stack. */
export interface StackFacts {
  baseUrl: string
  /** The web app's process; killed, it is started again. */
  webPid: number
  /** The demo's open event. */
  eventId: string
  slug: string
  ownerEmail: string
  ownerPassword: string
  apiKey: string
}
