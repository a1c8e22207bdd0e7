import { redirect } from '@sveltejs/kit'
import { pathAfterSignIn } from '#lib/server/auth/path-after-sign-in.ts'
import {
  hasSignedInRecently,
  requireSignInAgain,
  type SignInAgain,
  waysToProve,
} from '#lib/server/auth/sign-in-again.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import type { Actions, PageServerLoad } from './$types'

/** For what is no form of a page, such as a file: leads back to `next` once the person has signed in again. */
export const load: PageServerLoad = async (event) => {
  if (event.locals.viewer.kind !== 'member')
    redirect(303, `/login?next=${encodeURIComponent(pathAfterSignIn(event.url))}`)
  if (await hasSignedInRecently(event)) redirect(303, pathAfterSignIn(event.url))
  const again: SignInAgain = {
    ways: await waysToProve(event),
    action: event.url.search,
    fields: [],
    message: undefined,
  }
  return { again }
}

export const actions: Actions = {
  default: async (event) => {
    if (event.locals.viewer.kind !== 'member')
      redirect(303, `/login?next=${encodeURIComponent(pathAfterSignIn(event.url))}`)
    const failure = await requireSignInAgain(event, await readForm(event.request))
    return failure ?? redirect(303, pathAfterSignIn(event.url))
  },
}
