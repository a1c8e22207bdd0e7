import { redirect } from '@sveltejs/kit'
import { rememberResetToken } from '../reset-token.ts'
import type { RequestHandler } from './$types'

/**
 * Where the link of the message leads. The token moves to a cookie: it must not stay in the address, which the
 * browser's history stores and sends on as Referer. A mail scanner that opens the link uses nothing up.
 */
export const GET: RequestHandler = ({ params, cookies, setHeaders, url }) => {
  rememberResetToken(cookies, params.token, url)
  setHeaders({ 'referrer-policy': 'no-referrer' })
  redirect(303, '/reset-password')
}
