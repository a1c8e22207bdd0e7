import { ATTEMPT_LIMITS } from '@eungmo/api/attempts/attempt-budget'
import { authSecrets } from '@eungmo/api/crypto/auth-secrets'
import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { removeAuthenticatorApp } from '@eungmo/db/queries/second-factors'
import { listUserSessions } from '@eungmo/db/queries/user-sessions'
import { describe, expect, it } from 'vitest'
import { beginAuthenticatorApp, readAuthenticatorApp } from '../src/lib/server/auth/authenticator-app.ts'
import { endSession } from '../src/lib/server/auth/end-session.ts'
import { CODE_USED, SIGN_IN_EXPIRED } from '../src/lib/server/auth/prove-second-factor.ts'
import { renewRecoveryCodes } from '../src/lib/server/auth/recovery-codes.ts'
import { resetPassword } from '../src/lib/server/auth/reset-password.ts'
import { recheckViewer, resolveViewer } from '../src/lib/server/auth/resolve-viewer.ts'
import { TOO_MANY_ATTEMPTS } from '../src/lib/server/auth/sign-in.ts'
import { createTestAuth } from './browser.ts'
import { PASSWORD, startPeople } from './start-people.ts'

const people = await startPeople()
const { auth, db, sql, newBrowser, password, prove, viewerOf, owner, ownerWithApp, actionsOf } = people

describe('setting up an authenticator app', () => {
  it('counts only once a code of it was entered', async () => {
    const { browser, email, userId } = await owner()
    await beginAuthenticatorApp(auth, db, { userId })
    expect(await prove(browser, { code: '000000', purpose: 'set-up' })).toMatchObject({ status: 401 })
    expect((await viewerOf(browser)).kind).toBe('member')
    const other = newBrowser()
    expect((await password(other, email)).ok).toBe(true)
    expect((await viewerOf(other)).kind, 'no code is needed').toBe('member')
    expect(await prove(other, { code: '000000' }), 'nor accepted').toMatchObject({ status: 400 })
  })

  it('leaves the secret out of everything once it is confirmed, and encrypts it in the database', async () => {
    const { userId, recovery } = await ownerWithApp()
    expect(await readAuthenticatorApp(auth, db, { userId })).toEqual({ state: 'confirmed', codesLeft: 10 })
    expect(await beginAuthenticatorApp(auth, db, { userId }), 'nothing replaces a confirmed app').toBe(false)
    const [row] = await sql`select secret, backup_codes from two_factors where user_id = ${userId}`
    expect(row?.secret).toMatch(/^\$ba\$1\$[0-9a-f]{100,}$/)
    for (const code of recovery) expect(row?.backup_codes).not.toContain(code)
  })

  it('holds every other session of the account until it has proved the second factor', async () => {
    const { browser, email, userId } = await owner()
    const other = newBrowser()
    await password(other, email)
    const { request } = other.visit()
    const code = await people.beginApp(userId)
    expect((await prove(browser, { code: await code(0), purpose: 'set-up' })).ok).toBe(true)

    expect(await viewerOf(browser)).toMatchObject({ kind: 'member' })
    const held = { kind: 'unverified', userId, missing: 'proof' }
    expect(await resolveViewer(other.visit(), auth, db)).toEqual({ viewer: held, userId: null })
    expect(await recheckViewer(request, auth, db), 'an open stream').toEqual(held)
    expect((await prove(other, { code: await code(1) })).ok).toBe(true)
    expect((await viewerOf(other)).kind).toBe('member')
  })
})

describe('signing in with a second factor', () => {
  it('begins no session before the code, and one after it', async () => {
    const { email, userId, codeAt } = await ownerWithApp()
    const browser = newBrowser()
    const before = await sql`select id from sessions where user_id = ${userId}`
    expect(await password(browser, email)).toMatchObject({ ok: true, body: { twoFactorRedirect: true } })
    expect(await sql`select id from sessions where user_id = ${userId}`).toEqual(before)
    expect((await viewerOf(browser)).kind).toBe('anonymous')
    expect(await prove(browser, { code: '000000' })).toMatchObject({ status: 401 })
    expect((await viewerOf(browser)).kind).toBe('anonymous')
    expect((await prove(browser, { code: await codeAt(1) })).ok).toBe(true)
    expect((await viewerOf(browser)).kind).toBe('member')
    expect((await actionsOf(userId)).slice(-3)).toEqual([
      'await-second-factor',
      'fail-second-factor',
      'sign-in',
    ])
  })

  it('accepts each code once', async () => {
    const { email, codeAt } = await ownerWithApp()
    const first = newBrowser()
    await password(first, email)
    expect((await prove(first, { code: await codeAt(1) })).ok).toBe(true)
    const second = newBrowser()
    await password(second, email)
    expect(await prove(second, { code: await codeAt(1) })).toMatchObject({ status: 401, code: CODE_USED })
    expect((await viewerOf(second)).kind).toBe('anonymous')
  })

  it('accepts each recovery code once, however it is typed', async () => {
    const { email, userId, recovery } = await ownerWithApp()
    const typed = ` ${recovery[3]?.replaceAll('-', ' ').toUpperCase()} `
    for (const expected of [true, false]) {
      const browser = newBrowser()
      await password(browser, email)
      expect((await prove(browser, { kind: 'recovery', code: typed })).ok).toBe(expected)
    }
    expect(await readAuthenticatorApp(auth, db, { userId })).toMatchObject({ codesLeft: 9 })
    expect(await actionsOf(userId)).toContain('use-recovery-code')
  })

  it('rejects the old recovery codes once there are new ones', async () => {
    const { email, userId, recovery } = await ownerWithApp()
    await renewRecoveryCodes(auth, db, { userId })
    const browser = newBrowser()
    await password(browser, email)
    expect((await prove(browser, { kind: 'recovery', code: recovery[0] ?? '' })).ok).toBe(false)
  })

  it('slows guesses of one account down, from wherever they come', async () => {
    const { email, codeAt } = await ownerWithApp()
    for (let i = 0; i < ATTEMPT_LIMITS.free; i++) {
      const guesser = newBrowser()
      await password(guesser, email)
      expect(await prove(guesser, { code: `00000${i}` })).toMatchObject({ status: 401 })
    }
    const browser = newBrowser()
    await password(browser, email)
    expect(await prove(browser, { code: await codeAt(1) })).toMatchObject({
      status: 429,
      code: TOO_MANY_ATTEMPTS,
    })
  })

  async function trustedBrowser() {
    const account = await ownerWithApp()
    const browser = newBrowser()
    await password(browser, account.email)
    const proof = { code: await account.codeAt(1), trustDevice: true }
    expect((await prove(browser, proof)).ok).toBe(true)
    await browser.call(auth, '/sign-out', {})
    await password(browser, account.email)
    return { ...account, trusted: browser }
  }

  it('does not ask again on a device that is trusted', async () => {
    const { email, userId, trusted } = await trustedBrowser()
    expect((await viewerOf(trusted)).kind).toBe('member')
    expect((await actionsOf(userId)).at(-1)).toBe('sign-in')

    const other = newBrowser()
    await password(other, email)
    expect((await viewerOf(other)).kind, 'another device').toBe('anonymous')
  })

  it('asks a trusted device again once the app was removed, and another one set up', async () => {
    const { browser, email, userId, trusted } = await trustedBrowser()
    await removeAuthenticatorApp(db, { userId })
    const codeAt = await people.beginApp(userId)
    expect((await prove(browser, { code: await codeAt(0), purpose: 'set-up' })).ok).toBe(true)
    await trusted.call(auth, '/sign-out', {})
    expect(await password(trusted, email)).toMatchObject({ body: { twoFactorRedirect: true } })
  })

  it('is removed as a whole, or not at all', async () => {
    const { email, userId } = await trustedBrowser()
    await sql`create function fail_now() returns trigger language plpgsql as $$ begin raise 'away'; end $$`
    await sql`create trigger fail_now before delete on verifications execute function fail_now()`
    await expect(removeAuthenticatorApp(db, { userId })).rejects.toThrow()
    await sql`drop function fail_now cascade`
    expect(await readAuthenticatorApp(auth, db, { userId })).toEqual({ state: 'confirmed', codesLeft: 10 })
    expect(await password(newBrowser(), email)).toMatchObject({ body: { twoFactorRedirect: true } })
  })

  it('asks a trusted device again once a session was ended', async () => {
    const { email, userId, trusted } = await trustedBrowser()
    const [session] = await listUserSessions(db, { userId })
    const ended = { userId, sessionId: session?.id ?? '', clientAddress: '203.0.113.1' }
    expect(await endSession(db, ended)).toBe(true)
    expect(await password(trusted, email)).toMatchObject({ body: { twoFactorRedirect: true } })
  })

  it('needs the password first', async () => {
    const { codeAt } = await ownerWithApp()
    expect(await prove(newBrowser(), { code: await codeAt(1) })).toMatchObject({
      status: 401,
      code: SIGN_IN_EXPIRED,
    })
  })
})

describe('where a second factor is required', () => {
  const strict = Object.assign(createTestAuth(db), { secondFactor: 'required' as const })

  it('an account without one sees nothing until it has set one up', async () => {
    const { browser, userId } = await owner()
    const held = { kind: 'unverified', userId, missing: 'set-up' }
    expect(await resolveViewer(browser.visit(), strict, db)).toEqual({ viewer: held, userId: null })
    expect(await recheckViewer(browser.visit().request, strict, db)).toEqual(held)
  })

  it('an account with one sees its shop', async () => {
    const { browser } = await ownerWithApp()
    expect((await viewerOf(browser, strict)).kind).toBe('member')
  })
})

it('the operator resets a lost device together with the password', async () => {
  const { email, userId } = await ownerWithApp()
  expect(await resetPassword(auth, db, email, PASSWORD)).toBe(true)
  expect(await readAuthenticatorApp(auth, db, { userId })).toEqual({ state: 'none' })
  const browser = newBrowser()
  await password(browser, email)
  expect((await viewerOf(browser)).kind).toBe('member')
})

it('a passkey holds sessions of a password alone, until the operator resets it with the password', async () => {
  const { browser, email, userId } = await owner()
  await sql`insert into passkeys (id, user_id, public_key, credential_id, counter, device_type, backed_up)
    values (${Bun.randomUUIDv7()}, ${userId}, 'key', ${userId}, 0, 'singleDevice', false)`
  const held = { kind: 'unverified', userId, missing: 'proof' }
  expect(await viewerOf(browser), 'a session that began before').toEqual(held)
  const other = newBrowser()
  await password(other, email)
  expect(await viewerOf(other)).toEqual(held)
  expect((await actionsOf(userId)).at(-1)).toBe('await-second-factor')
  expect(await resetPassword(auth, db, email, PASSWORD)).toBe(true)
  expect(await sql`select id from passkeys where user_id = ${userId}`).toHaveLength(0)
  await password(other, email)
  expect((await viewerOf(other)).kind).toBe('member')
})

it('changing the password leaves the second factor proved', async () => {
  const { browser } = await ownerWithApp()
  const body = { currentPassword: PASSWORD, newPassword: 'another-good-password', revokeOtherSessions: true }
  expect((await browser.call(auth, '/change-password', body)).ok).toBe(true)
  expect((await viewerOf(browser)).kind).toBe('member')
})

it('a new key in SECRET_KEYS leaves second factors readable', async () => {
  const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`
  const withKeys = (keys: string) => createTestAuth(db, { secrets: authSecrets(parseSecretKeys(keys)) })
  const { userId } = await owner()
  await beginAuthenticatorApp(withKeys(key('old', 1)), db, { userId })
  const rotated = withKeys([key('new', 2), key('old', 1)].join(','))
  expect(await readAuthenticatorApp(rotated, db, { userId })).toMatchObject({ state: 'unconfirmed' })
})
