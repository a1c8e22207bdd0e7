import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'

const PERIOD_MS = 30_000

/** An authenticator app with the secret that the page shows. Each call returns a code that it has not returned. */
export function createAuthenticator(shownSecret: string): () => Promise<string> {
  const secret = new TextDecoder().decode(base32.decode(shownSecret.replace(/\s/g, '')))
  const start = Math.floor(Date.now() / PERIOD_MS) - 1
  let used = 0
  return () => {
    // The code before, the present one and the next are accepted.
    const step = start + used++
    if (step > Math.floor(Date.now() / PERIOD_MS) + 1) throw new Error('The next code is not valid yet.')
    return createOTP(secret).hotp(step)
  }
}
