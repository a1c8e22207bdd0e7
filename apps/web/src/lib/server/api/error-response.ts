import { toErrorResponse } from '@eungmo/api/errors/error-body'
import { error, redirect } from '@sveltejs/kit'
import { getLocale } from '#lib/paraglide/runtime.js'

/**
 * Waits for what an owner's page needs, and turns the API's refusals into the page's: sign-in where nobody is signed in, 404 for
 * what is not there (also for an address that is no id), 403 for another shop's.
 */
export async function forPage<T>(answer: Promise<T>, url: URL): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    const { status, body } = toErrorResponse(cause, getLocale())
    if (status === 401) redirect(303, `/login?next=${encodeURIComponent(url.pathname + url.search)}`)
    if (status >= 500) throw cause
    error(status === 400 ? 404 : status, body.message)
  }
}
