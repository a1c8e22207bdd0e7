import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'

const PERIOD_MS = 30_000

/** An authenticator app with the secret that the page shows. Each call returns a code that it has not returned. */
export function createAuthenticator(shownSecret: string): () => Promise<string> {
  const secret = new TextDecoder().decode(base32.decode(shownSecret.replace(/\s/g, '')))
  let used = 0
  return () => {
    const now = Math.floor(Date.now() / PERIOD_MS)
    // The present code and the next: the half minute may end before they arrive, and both are still accepted.
    const step = Math.max(used + 1, now)
    if (step > now + 1) throw new Error('The next code is not valid yet.')
    used = step
    return createOTP(secret).hotp(step)
  }
}
