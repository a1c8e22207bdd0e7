import { error, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import * as m from '#lib/paraglide/messages.js'
import { auth, configuredProviders } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import { pathAfterSignIn } from '#lib/server/auth/path-after-sign-in.ts'
import type { RequestHandler } from './$types'

const redirectSchema = z.object({ url: z.url() })

/**
 * Redirects the browser to Kakao, Naver or Google. A link rather than a form: the page's content security
 * policy allows forms to post to us only.
 */
export const GET: RequestHandler = async (event) => {
  const provider = configuredProviders().find((each) => each === event.params.provider)
  if (!provider) error(404, m.error_not_found())
  const callbackURL = pathAfterSignIn(event.url)
  const response = await callAuth(auth(), event, '/sign-in/social', {
    provider,
    callbackURL,
    disableRedirect: true,
  })
  const parsed = redirectSchema.safeParse(response.ok ? response.body : null)
  if (!parsed.success) error(502, m.login_provider_failed())
  redirect(303, parsed.data.url, { external: true })
}
