import { fail, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import { pathAfterSignIn } from '#lib/server/auth/path-after-sign-in.ts'
import { signUpForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.userId) redirect(303, pathAfterSignIn(url))
}

export const actions: Actions = {
  default: async (event) => {
    const { shopName = '', name = '', email = '', password = '' } = await readForm(event.request)
    const values = { shopName, name, email: email.trim() }
    const parsed = signUpForm.safeParse({ ...values, password })
    if (!parsed.success) {
      const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]))
      return fail(400, {
        values,
        errors: {
          shopName: wrong.has('shopName') ? m.sign_up_shop_missing() : undefined,
          name: wrong.has('name') ? m.sign_up_name_missing() : undefined,
          email: wrong.has('email') ? m.sign_up_email_wrong() : undefined,
          password: wrong.has('password') ? m.sign_up_password_short() : undefined,
        },
      })
    }
    const response = await callAuth(auth(), event, '/sign-up/email', parsed.data)
    if (response.ok) redirect(303, pathAfterSignIn(event.url))
    const taken = response.code.startsWith('USER_ALREADY_EXISTS')
    return fail(response.status, {
      values,
      errors: { email: taken ? m.sign_up_email_taken() : undefined },
      message: taken ? undefined : response.status === 429 ? m.login_too_often() : m.error_unexpected(),
    })
  },
}
