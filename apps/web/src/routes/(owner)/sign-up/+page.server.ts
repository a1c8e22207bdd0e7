import { fail, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import { pathAfterSignIn } from '#lib/server/auth/path-after-sign-in.ts'
import { newPasswordError, tooMuchError } from '#lib/server/forms/account-errors.ts'
import { signUpForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { operator } from '#lib/server/process/operator.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.userId) redirect(303, pathAfterSignIn(url))
  return { operator: operator() }
}

export const actions: Actions = {
  default: async (event) => {
    const { shopName = '', name = '', email = '', password = '' } = await readForm(event.request)
    const values = { shopName, name, email: email.trim() }
    const parsed = signUpForm.safeParse({ ...values, password })
    const wrong = new Set(parsed.error?.issues.map((issue) => issue.path[0]))
    const passwordError = await newPasswordError(password, Object.values(values))
    if (!parsed.success || passwordError) {
      return fail(400, {
        values,
        errors: {
          shopName: wrong.has('shopName') ? m.sign_up_shop_missing() : undefined,
          name: wrong.has('name') ? m.sign_up_name_missing() : undefined,
          email: wrong.has('email') ? m.sign_up_email_wrong() : undefined,
          password: passwordError ?? (wrong.has('password') ? m.sign_up_password_short() : undefined),
        },
      })
    }
    // The same for an address that has an account: that is nobody else's business.
    const response = await callAuth(auth(), event, '/sign-up/email', parsed.data)
    if (response.ok) return { signUpEmail: parsed.data.email }
    return fail(response.status, {
      values,
      errors: {},
      message: tooMuchError(event, response) ?? m.error_unexpected(),
    })
  },
}
