import type { RequestEvent } from '@sveltejs/kit'
import { type AuthResponse, callAuth } from '../src/lib/server/auth/call-auth.ts'
import { type Auth, type AuthOptions, createAuth } from '../src/lib/server/auth/create-auth.ts'

type Cookies = RequestEvent['cookies']

/** A browser's cookies and address, as far as sign-in reads them. */
export class Browser {
  readonly jar = new Map<string, string>()
  readonly options = new Map<string, { secure: boolean; httpOnly: boolean }>()
  readonly #address: string

  constructor(address = '203.0.113.1') {
    this.#address = address
  }

  /** The request that this browser would send, as the hooks see it. */
  visit(headers: Record<string, string> = {}, path = '/admin') {
    const jar = [...this.jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
    const request = new Request(`http://shop.test${path}`, {
      headers: { ...(jar && { cookie: jar }), ...headers },
    })
    return { request, cookies: this.#cookies, getClientAddress: () => this.#address }
  }

  call(auth: Auth, path: string, body: object): Promise<AuthResponse> {
    return callAuth(auth, this.visit(), path, body)
  }

  get #cookies(): Pick<Cookies, 'get' | 'set'> {
    return {
      get: (name) => this.jar.get(name),
      set: (name, value, options) => {
        this.jar.set(name, value)
        this.options.set(name, { secure: options?.secure ?? false, httpOnly: options?.httpOnly ?? false })
      },
    }
  }
}

const quiet = { warn: () => undefined, error: () => undefined }

interface TestAuthOptions
  extends Partial<Pick<AuthOptions, 'publicUrl' | 'signUp' | 'mail' | 'providers' | 'secrets'>> {}

/** better-auth as the product creates it. */
export const createTestAuth = (
  db: AuthOptions['db'],
  {
    publicUrl = 'http://shop.test',
    signUp = { mode: 'open', setupCode: '' },
    mail,
    providers = {},
    secrets = [{ version: 1, value: 'a secret of the tests, long enough to be one' }],
  }: TestAuthOptions = {},
) =>
  createAuth({
    db,
    secrets,
    publicUrl,
    rateLimit: true,
    signUp,
    secondFactor: 'optional',
    mail,
    providers,
    log: quiet,
  })
