import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { getLocale } from '#lib/paraglide/runtime.js'

/** Resolves with the message of a conflict in place of the result. Rejects with every other error. */
export async function orConflict<T extends object>(change: Promise<T>): Promise<T | string> {
  try {
    return await change
  } catch (cause) {
    const { status, body } = toErrorResponse(cause, getLocale())
    if (status !== 409) throw cause
    return body.message
  }
}
