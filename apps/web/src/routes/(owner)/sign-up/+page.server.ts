import { ownerExists } from '@eungmo/db/queries/shop-members'
import { fail, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth, signUp } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import { noticeHash, shownNoticeVersion } from '#lib/server/auth/owner-notice.ts'
import { pathAfterSignIn } from '#lib/server/auth/path-after-sign-in.ts'
import { SIGN_UP_NOT_ALLOWED } from '#lib/server/auth/sign-up-rules.ts'
import { newPasswordError, tooMuchError } from '#lib/server/forms/account-errors.ts'
import { signUpForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { operator } from '#lib/server/process/operator.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.userId) redirect(303, pathAfterSignIn(url))
  const mode = signUp()
  const awaitsFirstOwner = mode !== 'open' && !(await ownerExists(dependencies().db))
  return { mode, awaitsFirstOwner, operator: operator(), notice: noticeHash(operator(), 'owner') }
}

export const actions: Actions = {
  default: async (event) => {
    const {
      shopName = '',
      name = '',
      email = '',
      password = '',
      setupCode = '',
      notice,
    } = await readForm(event.request)
    const values = { shopName, name, email: email.trim(), setupCode: setupCode.trim() }
    const parsed = signUpForm.safeParse({ ...values, password })
    const wrong = new Set(parsed.error?.issues.map((issue) => issue.path[0]))
    const passwordError = await newPasswordError(password, [shopName, name, email])
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
    const noticeVersion = await shownNoticeVersion(dependencies().db, {
      operator: operator(),
      account: 'owner',
      hash: notice,
    })
    if (noticeVersion === undefined)
      return fail(409, { values, errors: {}, message: m.owner_notice_changed() })
    // The same for an address that has an account: that is nobody else's business.
    const response = await callAuth(auth(), event, '/sign-up/email', { ...parsed.data, noticeVersion })
    if (response.ok) return { signUpEmail: parsed.data.email }
    const rejected = response.code === SIGN_UP_NOT_ALLOWED
    return fail(response.status, {
      values,
      errors: { setupCode: rejected && setupCode !== '' ? m.sign_up_code_wrong() : undefined },
      message: tooMuchError(event, response) ?? (rejected ? m.sign_up_not_allowed() : m.error_unexpected()),
    })
  },
}
