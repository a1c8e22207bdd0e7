import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import { toErrorResponse } from '@eungmo/api/errors/error-response'
import type { RequestEvent } from '@sveltejs/kit'
import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies'
import pLimit from 'p-limit'
import { z } from 'zod'
import { CLIENT_ADDRESS_HEADER } from './client-address-header.ts'
import type { Auth } from './create-auth.ts'

export type AuthResponse = { ok: true; body: unknown } | AuthFailure

export interface AuthFailure {
  ok: false
  status: number
  code: string
  /** Seconds to wait, with 429 and 503; 0 where nothing is known. */
  retryAfter: number
}

/**
 * Requests that hold a connection of the pool while a hook takes another one, for a line of the access log. More
 * of them at once than the pool has connections would wait for each other.
 */
const HOLDING_PATHS = new Set(['/change-password', '/reset-password', '/organization/accept-invitation'])
const MAX_HOLDING_REQUESTS = 3
const limit = pLimit(MAX_HOLDING_REQUESTS)

const apiError = z.object({ code: z.string().optional() })

/** The part of a request event that better-auth needs. */
export interface Visitor extends Pick<RequestEvent, 'request' | 'getClientAddress'> {
  cookies: Pick<RequestEvent['cookies'], 'set'>
}

/**
 * Sends a request to one of better-auth's own endpoints for this visitor, through its rate limit, and copies
 * its cookies to the response. `path` is below /api/auth. The visitor's origin was checked before
 * (http/origin-check.ts), so the request names ours. Without a body it is a GET.
 */
export async function callAuth(
  auth: Auth,
  visitor: Visitor,
  path: string,
  body: object | null,
): Promise<AuthResponse> {
  const base = new URL('/api/auth', auth.options.baseURL)
  const send = () =>
    handleRequest(
      auth,
      new Request(`${base}${path}`, {
        method: body === null ? 'GET' : 'POST',
        headers: {
          'content-type': 'application/json',
          origin: base.origin,
          cookie: visitor.request.headers.get('cookie') ?? '',
          'user-agent': visitor.request.headers.get('user-agent') ?? '',
          [CLIENT_ADDRESS_HEADER]: visitor.getClientAddress(),
        },
        body: body === null ? null : JSON.stringify(body),
      }),
    )
  const response = HOLDING_PATHS.has(path) ? await limit(send) : await send()
  copyCookies(response.headers, visitor.cookies)
  const content: unknown = await response.json().catch(() => null)
  if (response.ok) return { ok: true, body: content }
  const { data } = apiError.safeParse(content)
  const retryAfter = response.headers.get('retry-after') ?? response.headers.get('x-retry-after')
  return { ok: false, status: response.status, code: data?.code ?? '', retryAfter: Number(retryAfter ?? 0) }
}

/** What is thrown is logged, and has its status: 503 where the database is away or too many sign in at once. */
async function handleRequest(auth: Auth, request: Request): Promise<Response> {
  try {
    return await auth.handler(request)
  } catch (error) {
    const level = asDomainError(error).code === 'UNAVAILABLE' ? 'warn' : 'error'
    auth.options.logger.log(level, `${new URL(request.url).pathname}: failed`, error)
    const { status, body, headers } = toErrorResponse(error, 'ko')
    return Response.json(body, { status, headers })
  }
}

/** Copies better-auth's Set-Cookie headers to SvelteKit's response. */
export function copyCookies(headers: Headers, cookies: Visitor['cookies']): void {
  for (const line of headers.getSetCookie()) {
    for (const [name, attributes] of parseSetCookieHeader(line)) {
      cookies.set(name, attributes.value, { ...toCookieOptions(attributes), path: attributes.path || '/' })
    }
  }
}
