import type { Unverified } from '@eungmo/api/context'
import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import * as m from '#lib/paraglide/messages.js'
import { auth, configuredProviders } from '#lib/server/auth/auth.ts'
import { pathAfterSignIn } from '#lib/server/auth/path-after-sign-in.ts'
import { signIn } from '#lib/server/auth/sign-in.ts'
import { SIGN_UP_NOT_ALLOWED } from '#lib/server/auth/sign-up-rules.ts'
import { tooMuchError } from '#lib/server/forms/account-errors.ts'
import { signInForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { Actions, PageServerLoad } from './$types'

/** better-auth's response to a right password of an account with an authenticator app. */
const pendingResponse = z.object({ twoFactorRedirect: z.literal(true) })

/** Where the second factor is proved or set up. */
const pathOfMissing = (missing: Unverified['missing'], url: URL): string =>
  `${missing === 'proof' ? '/login/code' : '/second-factor'}?next=${encodeURIComponent(pathAfterSignIn(url))}`

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.userId) {
    const path = pathAfterSignIn(url)
    // The owner's pages send somebody who belongs to no shop any more back here.
    redirect(303, locals.viewer.kind !== 'member' && path.startsWith('/admin') ? '/welcome' : path)
  }
  if (locals.viewer.kind === 'unverified') redirect(303, pathOfMissing(locals.viewer.missing, url))
  // better-auth redirects here when signing in with a provider failed.
  const error = url.searchParams.get('error')
  const message = error === SIGN_UP_NOT_ALLOWED ? m.sign_up_not_allowed() : m.login_provider_failed()
  return {
    providers: configuredProviders(),
    message: error === null ? undefined : message,
    expired: url.searchParams.has('expired'),
  }
}

export const actions: Actions = {
  default: async (event) => {
    const { email, password } = signInForm.parse(await readForm(event.request))
    if (!email || !password) return fail(400, { email, message: m.login_missing() })
    const response = await signIn(auth(), dependencies(), event, { email, password })
    if (!response.ok) {
      return fail(response.status, { email, message: tooMuchError(event, response) ?? m.login_wrong() })
    }
    const isPending = pendingResponse.safeParse(response.body).success
    redirect(303, isPending ? pathOfMissing('proof', event.url) : pathAfterSignIn(event.url))
  },
}
