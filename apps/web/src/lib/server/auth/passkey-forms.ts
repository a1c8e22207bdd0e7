import { fail, type RequestEvent } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { forPage } from '../api/error-response.ts'
import { tooMuchError } from '../forms/account-errors.ts'
import { readForm } from '../forms/read-form.ts'
import { dependencies } from '../process/dependencies.ts'
import { auth } from './auth.ts'
import type { AuthFailure } from './call-auth.ts'
import { USER_NOT_VERIFIED } from './passkey-plugin.ts'
import { passkeyOptions, storePasskey } from './passkeys.ts'
import { requireSignInAgain } from './sign-in-again.ts'

/** The sentence for a device's response that was rejected. */
export function passkeyError(event: Pick<RequestEvent, 'setHeaders'>, response: AuthFailure): string {
  const tooMuch = tooMuchError(event, response)
  if (tooMuch) return tooMuch
  return response.code === USER_NOT_VERIFIED ? m.passkey_not_verified() : m.passkey_failed()
}

/** The action that begins to add a passkey: the page's script hands what it returns to the device. */
export async function beginPasskey(event: RequestEvent) {
  const again = await requireSignInAgain(event, await readForm(event.request))
  return again ?? { passkeyOptions: await forPage(passkeyOptions(auth(), event), event.url) }
}

/** The action that stores the passkey that the device has created. */
export async function addPasskey(event: RequestEvent) {
  const form = await readForm(event.request)
  const again = await requireSignInAgain(event, form)
  if (again) return again
  const response = await storePasskey(auth(), dependencies().db, event, form.passkey)
  if (!response.ok) return fail(response.status, { passkeyMessage: passkeyError(event, response) })
  return { done: m.passkey_added() }
}
