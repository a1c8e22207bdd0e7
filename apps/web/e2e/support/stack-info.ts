/** Addresses and credentials of the running stack. */
export interface StackInfo {
  baseUrl: string
  /** The web app's process id; after a SIGKILL the app is started again. */
  webPid: number
  /** The demo's open event. */
  eventId: string
  slug: string
  ownerEmail: string
  ownerPassword: string
  apiKey: string
}
