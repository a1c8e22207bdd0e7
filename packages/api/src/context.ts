import type { ApiKeyScope } from '@eungmo/db/queries/api-keys'
import type { Dependencies } from './dependencies.ts'
import type { Locale } from './locale.ts'

interface MemberOfShop {
  kind: 'member'
  /** Of an API key: who created it. */
  userId: string
  shopId: string
  role: 'owner' | 'staff'
}

interface SessionMember {
  via: 'session'
  sessionId: string
  /** When the session's holder last proved who they are. */
  authenticatedAt: Date
  /** When a person last used the session; a stream is no use. */
  lastActiveAt: Date
}

/** Acts for one shop, by session or by API key. */
export type Member = MemberOfShop &
  (SessionMember | { via: 'api-key'; apiKeyId: string; scopes: readonly ApiKeyScope[] })

/** A member and where the request came from: what the access log needs. */
export type Actor = Member & { clientAddress: string }

/** Who runs a command on the server; acts on one shop's data. */
export interface Operator {
  via: 'command'
  shopId: string
  /** User and machine, in place of an address. */
  clientAddress: string
}

/** The clock: what a job does with one shop's data, such as a draw at its published time. */
export interface Schedule {
  via: 'schedule'
  shopId: string
}

/**
 * Signed in, but may see nothing yet: the account's second factor is to be proved (`proof`), or one is to be set
 * up (`set-up`).
 */
export interface Unverified {
  kind: 'unverified'
  userId: string
  missing: 'proof' | 'set-up'
}

/** Who sent the request. */
export type Viewer = { kind: 'anonymous' } | Unverified | Member

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
