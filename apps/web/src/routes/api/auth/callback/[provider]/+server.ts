import { auth } from '#lib/server/auth/auth.ts'
import { CLIENT_ADDRESS_HEADER } from '#lib/server/auth/client-address-header.ts'
import type { RequestHandler } from './$types'

/**
 * Where Kakao, Naver and Google redirect the browser after sign-in. The only endpoint of better-auth's that
 * is public.
 */
export const GET: RequestHandler = ({ request, url, getClientAddress }) => {
  const instance = auth()
  const headers = new Headers(request.headers)
  headers.set(CLIENT_ADDRESS_HEADER, getClientAddress())
  return instance.handler(
    new Request(new URL(`${url.pathname}${url.search}`, instance.options.baseURL), { headers }),
  )
}
