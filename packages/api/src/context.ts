import type { Dependencies } from './dependencies.ts'
import type { Locale } from './locale.ts'

/** Who sent the request. A member acts for one shop, by session or by API key. */
export type Viewer =
  | { kind: 'anonymous' }
  | { kind: 'member'; userId: string; shopId: string; role: 'owner' | 'staff'; via: 'session' | 'api-key' }

export type Member = Extract<Viewer, { kind: 'member' }>

/** What every procedure receives; created per request by the server that mounts the API. */
export interface Context {
  dependencies: Dependencies
  viewer: Viewer
  /**
   * Who sent the request as of now: a response that lasts checks again whether its viewer is still signed in
   * and a member.
   */
  currentViewer: () => Promise<Viewer>
  locale: Locale
  /** The client's address as the server determined it; the key of rate limits. */
  clientAddress: string
  /** The header Idempotency-Key as sent; null without one. */
  idempotencyKey: string | null
}
