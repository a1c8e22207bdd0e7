import { json } from '@sveltejs/kit'
import { auth } from '#lib/server/auth/auth.ts'
import { passkeyError } from '#lib/server/auth/passkey-forms.ts'
import { signInByPasskey } from '#lib/server/auth/passkeys.ts'
import { pathAfterSignIn } from '#lib/server/auth/path-after-sign-in.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { RequestHandler } from './$types'

/** Signs in with what the device has signed. */
export const POST: RequestHandler = async (event) => {
  const { passkey } = await readForm(event.request)
  const response = await signInByPasskey(auth(), dependencies().db, event, passkey)
  if (response.ok) return json({ path: pathAfterSignIn(event.url) })
  return json({ message: passkeyError(event, response) }, { status: response.status })
}
