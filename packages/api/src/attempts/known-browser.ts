import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Dependencies } from '../dependencies.ts'

const ID_BYTES = 16

const macOf = ({ secrets }: Pick<Dependencies, 'secrets'>, account: string, id: string): Buffer =>
  createHmac('sha256', secrets.newest.derive('budget')).update(`known-browser\0${account}\0${id}`).digest()

/**
 * A token for a browser in which somebody has just signed in to an account. It proves nothing but that: attempts
 * from there have a budget of their own, so that guesses from elsewhere never lock the account's holder out.
 */
export function createKnownBrowser(dependencies: Pick<Dependencies, 'secrets'>, account: string): string {
  const id = randomBytes(ID_BYTES).toString('base64url')
  return `${id}.${macOf(dependencies, account, id).toString('base64url')}`
}

/** The id in a token of this account; null where the token is of another account, or not ours. */
export function readKnownBrowser(
  dependencies: Pick<Dependencies, 'secrets'>,
  account: string,
  token: string,
): string | null {
  const [id = '', mac = ''] = token.split('.')
  const expected = macOf(dependencies, account, id)
  const actual = Buffer.from(mac, 'base64url')
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? id : null
}
