import { throwPageError } from '#lib/server/api/error-response.ts'
import { auth } from '#lib/server/auth/auth.ts'
import { CLIENT_ADDRESS_HEADER } from '#lib/server/auth/client-address-header.ts'
import type { RequestHandler } from './$types'

/**
 * Where Kakao, Naver and Google redirect the browser after sign-in. The only endpoint of better-auth's that
 * is public.
 */
export const GET: RequestHandler = async ({ request, url, getClientAddress, locals }) => {
  const instance = auth()
  const headers = new Headers(request.headers)
  headers.set(CLIENT_ADDRESS_HEADER, getClientAddress())
  const address = new URL(`${url.pathname}${url.search}`, instance.options.baseURL)
  try {
    return await instance.handler(new Request(address, { headers }))
  } catch (cause) {
    throwPageError(cause, locals.locale)
  }
}
