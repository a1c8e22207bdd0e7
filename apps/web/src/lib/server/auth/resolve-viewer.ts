import { createHash } from 'node:crypto'
import type { Viewer } from '@eungmo/api/context'
import type { Database } from '@eungmo/db/connection/client'
import { findApiKey, recordApiKeyUse } from '@eungmo/db/queries/api-keys'
import { findMembership } from '@eungmo/db/queries/shop-members'
import type { RequestEvent } from '@sveltejs/kit'
import { handCookiesOn } from './call-auth.ts'
import type { Auth } from './create-auth.ts'

interface Visitor extends Pick<RequestEvent, 'request'> {
  cookies: Pick<RequestEvent['cookies'], 'set'>
}

/** Who sends a request. `userId` is also there for somebody signed in who belongs to no shop yet. */
export interface SignedIn {
  viewer: Viewer
  userId: string | null
}

const nobody: SignedIn = { viewer: { kind: 'anonymous' }, userId: null }

/**
 * Who sends the request: the member that an API key (`Authorization: Bearer`) or the session cookie vouches for. A wrong or
 * revoked key, and an expired session, are anonymous. Renews the session's cookie when better-auth does.
 */
export async function resolveViewer(visitor: Visitor, auth: Auth, db: Database): Promise<SignedIn> {
  const bearer = /^Bearer +(\S+)$/i.exec(visitor.request.headers.get('authorization') ?? '')?.[1]
  if (bearer) return viewerOfKey(db, bearer)
  if (!visitor.request.headers.get('cookie')?.includes('eungmo.session_token=')) return nobody

  const { headers, response } = await auth.api.getSession({
    headers: visitor.request.headers,
    returnHeaders: true,
  })
  handCookiesOn(headers, visitor.cookies)
  if (!response) return nobody
  const userId = response.user.id
  const preferredShopId = response.session.activeOrganizationId ?? null
  const membership = await findMembership(db, { userId, preferredShopId })
  return {
    viewer: membership ? { kind: 'member', userId, ...membership, via: 'session' } : nobody.viewer,
    userId,
  }
}

async function viewerOfKey(db: Database, bearer: string): Promise<SignedIn> {
  const hash = createHash('sha256').update(bearer).digest('hex')
  const key = await findApiKey(db, { hash })
  if (!key) return nobody
  await recordApiKeyUse(db, { apiKeyId: key.id })
  const userId = key.createdBy ?? key.id
  return {
    viewer: { kind: 'member', userId, shopId: key.shopId, role: 'owner', via: 'api-key' },
    userId: null,
  }
}
