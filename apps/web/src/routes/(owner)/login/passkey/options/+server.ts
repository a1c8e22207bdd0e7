import { json } from '@sveltejs/kit'
import { auth } from '#lib/server/auth/auth.ts'
import { passkeyError } from '#lib/server/auth/passkey-forms.ts'
import { passkeySignInOptions } from '#lib/server/auth/passkeys.ts'
import type { RequestHandler } from './$types'

/** What the browser hands to the device of a person who signs in by passkey. */
export const POST: RequestHandler = async (event) => {
  const response = await passkeySignInOptions(auth(), event)
  if (response.ok) return json({ options: response.options })
  return json({ message: passkeyError(event, response) }, { status: response.status })
}
