import { createHash } from 'node:crypto'
import type { Viewer } from '@eungmo/api/context'
import type { Database } from '@eungmo/db/connection/client'
import { findApiKey, recordApiKeyUse } from '@eungmo/db/queries/api-keys'
import { hasSecondFactor } from '@eungmo/db/queries/second-factors'
import { findMembership } from '@eungmo/db/queries/shop-members'
import type { RequestEvent } from '@sveltejs/kit'
import { apiKeyOf } from '../http/api-key-of.ts'
import { withCause } from './auth-cause.ts'
import { copyCookies } from './call-auth.ts'
import { type Auth, SESSION_LIFETIME_S } from './create-auth.ts'

interface Visitor extends Pick<RequestEvent, 'request'> {
  cookies: Pick<RequestEvent['cookies'], 'set'>
}

/**
 * Who sends a request. `userId` is set for a signed-in user who belongs to no shop yet, too; not while a second
 * factor is missing.
 */
export interface SignedIn {
  viewer: Viewer
  userId: string | null
}

const anonymous: SignedIn = { viewer: { kind: 'anonymous' }, userId: null }

/**
 * Who sends the request: the member whom an API key (under /api/v1) or the session cookie authenticates. A
 * wrong, revoked or expired key, and an expired session, are anonymous. Renews the session's cookie
 * when better-auth does.
 */
export async function resolveViewer(visitor: Visitor, auth: Auth, db: Database): Promise<SignedIn> {
  const apiKey = apiKeyOf(visitor.request)
  if (apiKey !== undefined) return viewerOfKey(db, apiKey)
  const { headers, response } = await readSession(visitor.request.headers, auth)
  copyCookies(headers, visitor.cookies)
  return response ? viewerOfSession(auth, db, response) : anonymous
}

/**
 * Who sent the request as of now, for a response that lasts: its session may have ended meanwhile. Renews
 * nothing, since the response's cookies are sent already.
 */
export async function recheckViewer(request: Request, auth: Auth, db: Database): Promise<Viewer> {
  const apiKey = apiKeyOf(request)
  if (apiKey !== undefined) return (await viewerOfKey(db, apiKey)).viewer
  const { response } = await readSession(request.headers, auth, { disableRefresh: true })
  return response ? (await viewerOfSession(auth, db, response)).viewer : anonymous.viewer
}

/** For better-auth's types: the columns have a value. */
const NEVER = new Date(0)

type Session = NonNullable<Awaited<ReturnType<Auth['api']['getSession']>>>

async function readSession(
  headers: Headers,
  auth: Auth,
  query: { disableRefresh?: boolean } = {},
): Promise<{ headers: Headers; response: Session | null }> {
  if (!headers.get('cookie')?.includes('eungmo.session_token='))
    return { headers: new Headers(), response: null }
  return withCause(() => auth.api.getSession({ headers, query, returnHeaders: true }))
}

/**
 * The one place that asks for a second factor: pages, form actions, tRPC, REST by session, and streams learn from
 * here who sends a request. Sessions that began before the second factor did are no exception.
 */
async function viewerOfSession(auth: Auth, db: Database, { user, session }: Session): Promise<SignedIn> {
  // better-auth renews a session with each day of its use.
  if (Date.now() - session.createdAt.getTime() > SESSION_LIFETIME_S * 1_000) return anonymous
  const userId = user.id
  const preferredShopId = session.activeOrganizationId ?? null
  const [membership, hasFactor] = await Promise.all([
    findMembership(db, { userId, preferredShopId }),
    session.secondFactor || hasSecondFactor(db, { userId }),
  ])
  const mustSetUp = !hasFactor && auth.secondFactor === 'required'
  if (mustSetUp) return { viewer: { kind: 'unverified', userId, missing: 'set-up' }, userId: null }
  if (hasFactor && !session.secondFactor)
    return { viewer: { kind: 'unverified', userId, missing: 'proof' }, userId: null }
  if (!membership) return { viewer: anonymous.viewer, userId }
  const { id: sessionId, authenticatedAt, lastActiveAt } = session
  const times = { authenticatedAt: authenticatedAt ?? NEVER, lastActiveAt: lastActiveAt ?? NEVER }
  return { viewer: { kind: 'member', userId, ...membership, via: 'session', sessionId, ...times }, userId }
}

async function viewerOfKey(db: Database, apiKey: string): Promise<SignedIn> {
  const hash = createHash('sha256').update(apiKey).digest('hex')
  const key = await findApiKey(db, { hash })
  if (!key) return anonymous
  await recordApiKeyUse(db, { apiKeyId: key.id })
  const { id: apiKeyId, createdBy: userId, shopId, scopes } = key
  const viewer = { kind: 'member', userId, shopId, role: 'owner', via: 'api-key', apiKeyId, scopes } as const
  return { viewer, userId: null }
}
