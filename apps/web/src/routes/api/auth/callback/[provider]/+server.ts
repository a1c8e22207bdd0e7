import { auth } from '#lib/server/auth/auth.ts'
import { clientAddressHeader } from '#lib/server/auth/create-auth.ts'
import type { RequestHandler } from './$types'

/** Where Kakao, Naver and Google send the browser back. The only one of better-auth's own addresses that is open. */
export const GET: RequestHandler = ({ request, url, getClientAddress }) => {
  const instance = auth()
  const headers = new Headers(request.headers)
  headers.set(clientAddressHeader, getClientAddress())
  return instance.handler(
    new Request(new URL(`${url.pathname}${url.search}`, instance.options.baseURL), { headers }),
  )
}
