import { fail, type RequestEvent, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth } from '#lib/server/auth/auth.ts'
import { beginAuthenticatorApp, readAuthenticatorApp } from '#lib/server/auth/authenticator-app.ts'
import { addPasskey, beginPasskey } from '#lib/server/auth/passkey-forms.ts'
import { pathAfterSignIn } from '#lib/server/auth/path-after-sign-in.ts'
import { proveSecondFactor, SIGN_IN_EXPIRED } from '#lib/server/auth/prove-second-factor.ts'
import { renewRecoveryCodes } from '#lib/server/auth/recovery-codes.ts'
import { hasSignedInRecently, requireSignInAgain } from '#lib/server/auth/sign-in-again.ts'
import { codeError } from '#lib/server/forms/account-errors.ts'
import { codeForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { Actions, PageServerLoad } from './$types'

function redirectToSignIn({ url }: Pick<RequestEvent, 'url'>): never {
  redirect(303, `/login?next=${encodeURIComponent(`${url.pathname}${url.search}`)}`)
}

/** The user who may set up a second factor: one who has none, or who has proved it. */
function requireUser({ locals: { viewer, userId }, url }: Pick<RequestEvent, 'locals' | 'url'>): string {
  if (viewer.kind === 'unverified' && viewer.missing === 'set-up') return viewer.userId
  return userId ?? redirectToSignIn({ url })
}

export const load: PageServerLoad = async (event) => {
  const userId = requireUser(event)
  const app = await readAuthenticatorApp(auth(), dependencies().db, { userId })
  // Otherwise a person at a left-open browser would connect an app of their own to a set-up that was begun.
  const mayConnect = app.state === 'unconfirmed' && (await hasSignedInRecently(event))
  return {
    app: mayConnect ? app : undefined,
    isConfirmed: app.state === 'confirmed',
    isRequired: event.locals.viewer.kind === 'unverified',
    next: pathAfterSignIn(event.url),
  }
}

export const actions: Actions = {
  begin: async (event) => {
    const userId = requireUser(event)
    const again = await requireSignInAgain(event, await readForm(event.request))
    if (again) return again
    if (!(await beginAuthenticatorApp(auth(), dependencies().db, { userId }))) redirect(303, '/admin/account')
    redirect(303, `${event.url.pathname}?next=${encodeURIComponent(pathAfterSignIn(event.url))}`)
  },
  beginPasskey: (event) => {
    requireUser(event)
    return beginPasskey(event)
  },
  addPasskey: async (event) => {
    requireUser(event)
    const added = await addPasskey(event)
    return 'done' in added ? redirect(303, pathAfterSignIn(event.url)) : added
  },
  /** Shows the recovery codes, this once. */
  confirm: async (event) => {
    const userId = requireUser(event)
    const form = await readForm(event.request)
    const again = await requireSignInAgain(event, form)
    if (again) return again
    const { code } = codeForm.parse(form)
    if (!code) return fail(400, { message: m.factor_code_missing() })
    const response = await proveSecondFactor(auth(), dependencies(), event, {
      kind: 'app',
      code,
      trustDevice: false,
      purpose: 'set-up',
    })
    if (response.ok) return { codes: await renewRecoveryCodes(auth(), dependencies().db, { userId }) }
    if (response.code === SIGN_IN_EXPIRED) redirectToSignIn(event)
    return fail(response.status, { message: codeError(event, response, 'app') })
  },
}
