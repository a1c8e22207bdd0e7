import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { logFailure } from '@eungmo/api/errors/log-failure'
import type { Locale } from '@eungmo/api/locale'
import { error, redirect } from '@sveltejs/kit'
import { getLocale } from '#lib/paraglide/runtime.js'
import { logger } from '../process/logger.ts'

/**
 * Ends a load function with the error page of an API error: its status and message, and 404 for an address
 * that is no id. An unexpected error is rethrown, so that handleError logs it and names the request to the
 * visitor.
 */
export function throwPageError(cause: unknown, locale: Locale): never {
  logFailure(logger, cause)
  const { status, body } = toErrorResponse(cause, locale)
  if (status === 500) throw cause
  error(status === 400 ? 404 : status, body.message)
}

/** An API error as JSON, as everywhere under /api. */
export function jsonErrorResponse(cause: unknown, locale: Locale): Response {
  logFailure(logger, cause)
  const { status, body, headers } = toErrorResponse(cause, locale)
  return Response.json(body, { status, headers })
}

/** Resolves with what an owner's page needs; where nobody is signed in, redirects to sign-in and back. */
export async function forPage<T>(data: Promise<T>, url: URL): Promise<T> {
  const locale = getLocale()
  try {
    return await data
  } catch (cause) {
    const { status, body } = toErrorResponse(cause, locale)
    // The sign-in leads on to a second factor that is missing.
    if (status === 401 || body.code === 'SECOND_FACTOR_REQUIRED') {
      redirect(303, `/login?next=${encodeURIComponent(url.pathname + url.search)}`)
    }
    throwPageError(cause, locale)
  }
}
