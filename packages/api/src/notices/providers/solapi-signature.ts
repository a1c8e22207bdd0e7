import { createHmac, randomBytes } from 'node:crypto'

const SALT_BYTES = 16

/**
 * The Authorization header of solapi's API (developers.solapi.com, API key): HMAC-SHA256 of date and salt under the
 * secret. solapi accepts a date within 15 minutes of its own clock, and each signature once.
 */
export function solapiAuthorization(
  { apiKey, apiSecret }: { apiKey: string; apiSecret: string },
  date: string = new Date().toISOString(),
  salt: string = randomBytes(SALT_BYTES).toString('hex'),
): string {
  const signature = createHmac('sha256', apiSecret).update(`${date}${salt}`).digest('hex')
  return `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`
}
