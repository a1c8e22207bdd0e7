import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { expect } from 'vitest'
import { beginAuthenticatorApp, readAuthenticatorApp } from '../src/lib/server/auth/authenticator-app.ts'
import type { AuthResponse } from '../src/lib/server/auth/call-auth.ts'
import type { Auth } from '../src/lib/server/auth/create-auth.ts'
import { proveSecondFactor, type SecondFactorProof } from '../src/lib/server/auth/prove-second-factor.ts'
import { renewRecoveryCodes } from '../src/lib/server/auth/recovery-codes.ts'
import { resolveViewer } from '../src/lib/server/auth/resolve-viewer.ts'
import { signIn } from '../src/lib/server/auth/sign-in.ts'
import { Browser } from './browser.ts'
import { startTestAuth } from './start-test-auth.ts'

export const PASSWORD = 'long-enough-password'
const PERIOD_MS = 30_000
const PEOPLE_PER_NETWORK = 200

/** People who sign in with a password and a second factor, on a new database. Await it as startTestAuth. */
export async function startPeople() {
  const { connection, auth } = await startTestAuth()
  const { db, sql } = connection
  const secrets = parseSecretKeys(`test:${Buffer.alloc(32, 7).toString('base64')}`)
  const dependencies = { db, secrets, observe: () => undefined }
  let people = 0

  /** A browser with an address of its own, so that request limits do not mix. */
  function newBrowser(): Browser {
    people += 1
    return new Browser(`203.0.${Math.floor(people / PEOPLE_PER_NETWORK)}.${people % PEOPLE_PER_NETWORK}`)
  }

  const password = (browser: Browser, email: string) =>
    signIn(auth, dependencies, browser.visit(), { email, password: PASSWORD })

  const prove = (browser: Browser, proof: Partial<SecondFactorProof>): Promise<AuthResponse> =>
    proveSecondFactor(auth, dependencies, browser.visit(), {
      kind: 'app',
      code: '',
      trustDevice: false,
      purpose: 'prove',
      ...proof,
    })

  const viewerOf = async (browser: Browser, by: Auth = auth) =>
    (await resolveViewer(browser.visit(), by, db)).viewer

  /** An owner who is signed in with a password. */
  async function owner() {
    const browser = newBrowser()
    const email = `person${people}@shop.test`
    const body = { email, password: PASSWORD, name: '사장님', shopName: '가게' }
    await browser.call(auth, '/sign-up/email', body)
    expect((await password(browser, email)).ok).toBe(true)
    const viewer = await viewerOf(browser)
    if (viewer.kind !== 'member') throw new Error('nobody is signed in')
    return { browser, email, userId: viewer.userId }
  }

  /** Shows a person the secret of a new app; returns the app's codes around the present half minute. */
  async function beginApp(userId: string) {
    await beginAuthenticatorApp(auth, db, { userId })
    const app = await readAuthenticatorApp(auth, db, { userId })
    if (app.state !== 'unconfirmed') throw new Error('no secret is shown')
    const secret = new TextDecoder().decode(base32.decode(app.secret))
    const step = Math.floor(Date.now() / PERIOD_MS)
    /** Both are accepted, also when the half minute ends before they arrive. */
    return (offset: 0 | 1) => createOTP(secret).hotp(step + offset)
  }

  /** An owner with an authenticator app and recovery codes. */
  async function ownerWithApp() {
    const { browser, email, userId } = await owner()
    const codeAt = await beginApp(userId)
    expect((await prove(browser, { code: await codeAt(0), purpose: 'set-up' })).ok).toBe(true)
    const recovery = (await renewRecoveryCodes(auth, db, { userId })) ?? []
    return { browser, email, userId, codeAt, recovery }
  }

  /** What the access log says of a person, oldest first. */
  const actionsOf = async (userId: string): Promise<string[]> =>
    (await sql`select action from access_log where actor_id = ${userId} order by at, id`).map(
      ({ action }) => action,
    )

  return {
    auth,
    db,
    sql,
    dependencies,
    newBrowser,
    password,
    prove,
    viewerOf,
    owner,
    beginApp,
    ownerWithApp,
    actionsOf,
  }
}
