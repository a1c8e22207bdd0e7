import { createHash } from 'node:crypto'
import type { Viewer } from '@eungmo/api/context'
import type { Database } from '@eungmo/db/connection/client'
import { findApiKey, recordApiKeyUse } from '@eungmo/db/queries/api-keys'
import { findMembership } from '@eungmo/db/queries/shop-members'
import type { RequestEvent } from '@sveltejs/kit'
import { bearerToken } from '../http/bearer-token.ts'
import { copyCookies } from './call-auth.ts'
import type { Auth } from './create-auth.ts'

interface Visitor extends Pick<RequestEvent, 'request'> {
  cookies: Pick<RequestEvent['cookies'], 'set'>
}

/** Who sends a request. `userId` is set for a signed-in user who belongs to no shop yet, too. */
export interface SignedIn {
  viewer: Viewer
  userId: string | null
}

const anonymous: SignedIn = { viewer: { kind: 'anonymous' }, userId: null }

/**
 * Who sends the request: the member whom an API key (`Authorization: Bearer`) or the session cookie
 * authenticates. A wrong or revoked key, and an expired session, are anonymous. Renews the session's cookie
 * when better-auth does.
 */
export async function resolveViewer(visitor: Visitor, auth: Auth, db: Database): Promise<SignedIn> {
  const bearer = bearerToken(visitor.request.headers)
  if (bearer) return viewerOfKey(db, bearer)
  if (!visitor.request.headers.get('cookie')?.includes('eungmo.session_token=')) return anonymous

  const { headers, response } = await auth.api.getSession({
    headers: visitor.request.headers,
    returnHeaders: true,
  })
  copyCookies(headers, visitor.cookies)
  if (!response) return anonymous
  const userId = response.user.id
  const preferredShopId = response.session.activeOrganizationId ?? null
  const membership = await findMembership(db, { userId, preferredShopId })
  return {
    viewer: membership ? { kind: 'member', userId, ...membership, via: 'session' } : anonymous.viewer,
    userId,
  }
}

async function viewerOfKey(db: Database, bearer: string): Promise<SignedIn> {
  const hash = createHash('sha256').update(bearer).digest('hex')
  const key = await findApiKey(db, { hash })
  if (!key) return anonymous
  await recordApiKeyUse(db, { apiKeyId: key.id })
  const userId = key.createdBy ?? key.id
  return {
    viewer: { kind: 'member', userId, shopId: key.shopId, role: 'owner', via: 'api-key' },
    userId: null,
  }
}
