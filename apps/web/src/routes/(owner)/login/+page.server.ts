import { fail, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth, configuredProviders } from '#lib/server/auth/auth.ts'
import { pathAfterSignIn } from '#lib/server/auth/path-after-sign-in.ts'
import { signIn } from '#lib/server/auth/sign-in.ts'
import { tooMuchError } from '#lib/server/forms/account-errors.ts'
import { signInForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.userId) redirect(303, pathAfterSignIn(url))
  return { providers: configuredProviders() }
}

export const actions: Actions = {
  default: async (event) => {
    const { email, password } = signInForm.parse(await readForm(event.request))
    if (!email || !password) return fail(400, { email, message: m.login_missing() })
    const response = await signIn(auth(), dependencies(), event, { email, password })
    if (!response.ok) {
      return fail(response.status, { email, message: tooMuchError(event, response) ?? m.login_wrong() })
    }
    redirect(303, pathAfterSignIn(event.url))
  },
}
