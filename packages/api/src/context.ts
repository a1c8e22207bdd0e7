import type { Dependencies } from './dependencies.ts'

export type Locale = 'ko' | 'en'

/** Who asks. A member acts for one shop, by session or by API key. */
export type Viewer =
  | { kind: 'anonymous' }
  | { kind: 'member'; userId: string; shopId: string; role: 'owner' | 'staff'; via: 'session' | 'api-key' }

export type Member = Extract<Viewer, { kind: 'member' }>

/** What every procedure gets. The mount makes one for each request. */
export interface Context {
  dependencies: Dependencies
  viewer: Viewer
  locale: Locale
  /** The client's address as the mount trusts it; rate limits count by it. */
  clientAddress: string
  /** The header Idempotency-Key as it came; null without one. */
  idempotencyKey: string | null
}
