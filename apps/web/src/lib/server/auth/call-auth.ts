import type { RequestEvent } from '@sveltejs/kit'
import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies'
import { z } from 'zod'
import { type Auth, clientAddressHeader } from './create-auth.ts'

export type AuthResponse = { ok: true; body: unknown } | { ok: false; status: number; code: string }

const apiError = z.object({ code: z.string().optional() })

/** The part of a request event that a sign-in needs. */
interface Visitor extends Pick<RequestEvent, 'request' | 'getClientAddress'> {
  cookies: Pick<RequestEvent['cookies'], 'set'>
}

/**
 * Sends one of better-auth's own requests as this visitor, through its rate limit, and hands its cookies on. `path` is below
 * /api/auth. The visitor's own origin was checked before (hooks.server.ts), so the request names ours.
 */
export async function callAuth(
  auth: Auth,
  visitor: Visitor,
  path: string,
  body: object,
): Promise<AuthResponse> {
  const base = new URL('/api/auth', auth.options.baseURL)
  const response = await answerOf(
    auth,
    new Request(`${base}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: base.origin,
        cookie: visitor.request.headers.get('cookie') ?? '',
        'user-agent': visitor.request.headers.get('user-agent') ?? '',
        [clientAddressHeader]: visitor.getClientAddress(),
      },
      body: JSON.stringify(body),
    }),
  )
  handCookiesOn(response.headers, visitor.cookies)
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return { ok: true, body: answer }
  const { data } = apiError.safeParse(answer)
  return { ok: false, status: response.status, code: data?.code ?? '' }
}

/** A fault of ours is a 500 whose cause is logged without the values that were being written. */
async function answerOf(auth: Auth, request: Request): Promise<Response> {
  try {
    return await auth.handler(request)
  } catch (error) {
    const fault = error instanceof Error ? error : new Error('unknown fault')
    const cause = fault.cause instanceof Error ? fault.cause.message : fault.name
    auth.options.logger.log('error', `${new URL(request.url).pathname}: ${cause}`)
    return Response.json(null, { status: 500 })
  }
}

/** Copies better-auth's Set-Cookie lines onto SvelteKit's answer. */
export function handCookiesOn(headers: Headers, cookies: Visitor['cookies']): void {
  for (const line of headers.getSetCookie()) {
    for (const [name, attributes] of parseSetCookieHeader(line)) {
      cookies.set(name, attributes.value, { ...toCookieOptions(attributes), path: attributes.path || '/' })
    }
  }
}
