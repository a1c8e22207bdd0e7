import { fail } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth } from '#lib/server/auth/auth.ts'
import { accountOfReset, resetByMail } from '#lib/server/auth/reset-by-mail.ts'
import { newPasswordError, tooMuchError } from '#lib/server/forms/account-errors.ts'
import { newPasswordForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import type { Actions, PageServerLoad } from './$types'
import { forgetResetToken, readResetToken } from './reset-token.ts'

export const load: PageServerLoad = async ({ cookies }) => {
  const token = readResetToken(cookies)
  const account = token === undefined ? undefined : await accountOfReset(auth(), token)
  return { email: account?.email }
}

export const actions: Actions = {
  default: async (event) => {
    const { password = '' } = await readForm(event.request)
    const token = readResetToken(event.cookies)
    const account = token === undefined ? undefined : await accountOfReset(auth(), token)
    if (token === undefined || !account) return fail(400, { expired: true })
    const parsed = newPasswordForm.safeParse({ password })
    const flaw = await newPasswordError(password, [account.email, account.name])
    if (!parsed.success || flaw) {
      return fail(400, { passwordError: flaw ?? m.sign_up_password_short() })
    }
    const newPassword = parsed.data.password
    const response = await resetByMail(auth(), event, { token, newPassword })
    if (!response.ok) {
      const message = tooMuchError(event, response)
      return fail(response.status, message === undefined ? { expired: true } : { message })
    }
    forgetResetToken(event.cookies)
    return { doneFor: account.email }
  },
}
