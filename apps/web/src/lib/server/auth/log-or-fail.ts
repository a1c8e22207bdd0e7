import type { AuthFailure } from './call-auth.ts'
import type { Auth } from './create-auth.ts'

const RETRY_AFTER_S = 5

/** Writes a line of the access log; resolves with a failure of 503 where it cannot be written. */
export async function logOrFail(auth: Auth, write: () => Promise<void>): Promise<AuthFailure | undefined> {
  try {
    await write()
    return undefined
  } catch (error) {
    auth.options.logger.log('warn', 'the access log could not be written', error)
    return { ok: false, status: 503, code: '', retryAfter: RETRY_AFTER_S }
  }
}
