import { fail } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth } from '#lib/server/auth/auth.ts'
import { requestReset } from '#lib/server/auth/reset-by-mail.ts'
import { tooMuchError } from '#lib/server/forms/account-errors.ts'
import { inviteForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { sendsMail } from '#lib/server/process/mailer.ts'
import { operator } from '#lib/server/process/operator.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = () => ({ sendsMail: sendsMail(), operator: operator() })

export const actions: Actions = {
  default: async (event) => {
    const { email = '' } = await readForm(event.request)
    const parsed = inviteForm.safeParse({ email: email.trim() })
    if (!parsed.success || !sendsMail()) {
      return fail(400, { email, emailError: m.sign_up_email_wrong() })
    }
    const response = await requestReset(auth(), dependencies(), event, parsed.data.email)
    if (response.ok) return { sentTo: parsed.data.email }
    return fail(response.status, { email, message: tooMuchError(event, response) ?? m.error_unexpected() })
  },
}
