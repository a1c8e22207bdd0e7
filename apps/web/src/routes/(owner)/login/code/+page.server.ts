import { listPasskeys } from '@eungmo/db/queries/passkeys'
import { fail, type RequestEvent, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth } from '#lib/server/auth/auth.ts'
import { readAuthenticatorApp } from '#lib/server/auth/authenticator-app.ts'
import { pathAfterSignIn } from '#lib/server/auth/path-after-sign-in.ts'
import {
  findPendingUser,
  proveSecondFactor,
  type SecondFactorProof,
  SIGN_IN_EXPIRED,
} from '#lib/server/auth/prove-second-factor.ts'
import { codeError } from '#lib/server/forms/account-errors.ts'
import { codeForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { Actions, PageServerLoad } from './$types'

const kindOf = ({ searchParams }: URL): SecondFactorProof['kind'] =>
  searchParams.get('with') === 'recovery' ? 'recovery' : 'app'

function redirectExpired({ url }: Pick<RequestEvent, 'url'>): never {
  redirect(303, `/login?next=${encodeURIComponent(pathAfterSignIn(url))}&expired=1`)
}

export const load: PageServerLoad = async ({ locals, url, request }) => {
  const { viewer, userId } = locals
  if (userId) redirect(303, pathAfterSignIn(url))
  const isHeld = viewer.kind === 'unverified' && viewer.missing === 'proof'
  const pendingId = isHeld ? viewer.userId : await findPendingUser(auth(), request)
  if (!pendingId) redirectExpired({ url })
  const { db } = dependencies()
  const [app, passkeys] = await Promise.all([
    readAuthenticatorApp(auth(), db, { userId: pendingId }),
    listPasskeys(db, { userId: pendingId }),
  ])
  return {
    kind: kindOf(url),
    hasApp: app.state === 'confirmed',
    hasPasskey: passkeys.length > 0,
    next: pathAfterSignIn(url),
  }
}

export const actions: Actions = {
  default: async (event) => {
    const kind = kindOf(event.url)
    const { code, trust } = codeForm.parse(await readForm(event.request))
    if (!code) return fail(400, { message: m.factor_code_missing() })
    const response = await proveSecondFactor(auth(), dependencies(), event, {
      kind,
      code,
      trustDevice: trust === 'on',
      purpose: 'prove',
    })
    if (response.ok) redirect(303, pathAfterSignIn(event.url))
    if (response.code === SIGN_IN_EXPIRED) redirectExpired(event)
    return fail(response.status, { message: codeError(event, response, kind) })
  },
}
