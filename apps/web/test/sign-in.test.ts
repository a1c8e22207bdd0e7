import { ATTEMPT_LIMITS } from '@eungmo/api/attempts/attempt-budget'
import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { deleteExpiredSignIns } from '@eungmo/db/queries/expired-sign-ins'
import { describe, expect, it } from 'vitest'
import { inTurn } from '../src/lib/server/auth/password-hash.ts'
import { findPasswordFlaw } from '../src/lib/server/auth/password-rules.ts'
import { signIn, TOO_MANY_ATTEMPTS } from '../src/lib/server/auth/sign-in.ts'
import { Browser } from './browser.ts'
import { startTestAuth } from './start-test-auth.ts'

const { connection, auth } = await startTestAuth()

const PASSWORD = 'long-enough-password'
const secrets = parseSecretKeys(`test:${Buffer.alloc(32, 7).toString('base64')}`)

const from = (browser: Browser, email: string, password: string) =>
  signIn(auth, { db: connection.db, secrets, observe: () => undefined }, browser.visit(), { email, password })

/** Wrong passwords, each from an address of its own, until one is not even looked at. */
async function guessUntilExhausted(email: string, network: string): Promise<number[]> {
  const statuses: number[] = []
  for (let i = 1; i <= ATTEMPT_LIMITS.free + 1; i++) {
    const response = await from(new Browser(`${network}.${i}`), email, `guess-${i}-guess`)
    statuses.push(response.ok ? 200 : response.status)
  }
  return statuses
}

async function signUp(email: string): Promise<void> {
  const body = { email, password: PASSWORD, name: '사장님', shopName: '가게' }
  expect((await new Browser(`192.0.2.${email.length}`).call(auth, '/sign-up/email', body)).ok).toBe(true)
}

const exhausted = [...Array(ATTEMPT_LIMITS.free).fill(401), 429]

describe('guessing passwords from many addresses', () => {
  it('slows one account down, also for the right password, and no other account', async () => {
    await signUp('guessed@shop.test')
    await signUp('calm@shop.test')
    expect(await guessUntilExhausted('Guessed@Shop.Test', '198.51.100')).toEqual(exhausted)
    expect(await from(new Browser('203.0.113.1'), 'guessed@shop.test', PASSWORD)).toEqual({
      ok: false,
      status: 429,
      code: TOO_MANY_ATTEMPTS,
      retryAfter: 30,
    })
    expect((await from(new Browser('203.0.113.2'), 'calm@shop.test', PASSWORD)).ok).toBe(true)
  })

  it('looks the same for an address without an account', async () => {
    expect(await guessUntilExhausted('nobody@shop.test', '198.51.101')).toEqual(exhausted)
  })

  it('never locks the owner out of a browser that has signed in before', async () => {
    await signUp('known@shop.test')
    const known = new Browser('203.0.113.3')
    expect((await from(known, 'known@shop.test', PASSWORD)).ok).toBe(true)
    expect(await guessUntilExhausted('known@shop.test', '198.51.102')).toEqual(exhausted)
    expect((await from(known, 'known@shop.test', PASSWORD)).ok).toBe(true)
    // The token is of this account only, and no other text is one.
    const other = new Browser('203.0.113.4')
    for (const [name, value] of known.jar) other.jar.set(name, value)
    expect((await from(other, 'guessed@shop.test', PASSWORD)).ok).toBe(false)
    other.jar.set('eungmo.known_browser', 'made.up')
    expect((await from(other, 'known@shop.test', PASSWORD)).ok).toBe(false)
  })

  it('counts only what was a guess', async () => {
    await signUp('careful@shop.test')
    for (let i = 0; i < ATTEMPT_LIMITS.free * 2; i++)
      expect((await from(new Browser(`203.0.114.${i}`), 'careful@shop.test', PASSWORD)).ok).toBe(true)
  })
})

it('hashes a bounded number of passwords at a time, and turns the rest away with the seconds to wait', async () => {
  let running = 0
  let peak = 0
  const release = Promise.withResolvers<void>()
  const hashes = Array.from({ length: 30 }, () =>
    inTurn(async () => {
      running += 1
      peak = Math.max(peak, running)
      await release.promise
      running -= 1
    }).then(
      () => 'hashed',
      (error: unknown) => error,
    ),
  )
  const response = await from(new Browser('203.0.113.5'), 'busy@shop.test', PASSWORD)
  expect(response).toMatchObject({ ok: false, status: 503, retryAfter: 2 })
  release.resolve()
  const outcomes = await Promise.all(hashes)
  expect(peak).toBe(2)
  expect(outcomes.filter((outcome) => outcome === 'hashed')).toHaveLength(22)
  expect(outcomes.at(-1)).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfter: 2 } })
})

describe('a new password', () => {
  it.each([
    ['123456789', 'short'],
    ['👩‍🍳👩‍🍳👩‍🍳', 'short'],
    ['1234567890', 'common'],
    ['password123!', 'common'],
    ['P@ssw0rd2024', 'common'],
    ['aaaaaaaaaaaaaaaaaaaa', 'common'],
    ['비밀번호비밀번호비밀번호', 'common'],
    ['ringobakery', 'common'],
    ['링고베이커리링고베이커리', 'common'],
    ['eungmo12345', 'common'],
    ['112233445566778899', 'common'],
    ['10YTUHBNZN', 'common'],
  ])('%s is too %s', async (password, flaw) => {
    expect(await findPasswordFlaw(password, ['ringobakery@shop.test', '링고베이커리'])).toBe(flaw)
  })

  it.each([PASSWORD, '우리동네 빵집 최고예요', 'k7m2-9qxa-abcd-efgh', 'x7x7x7골목끝집', 'ekdlsjtm82골목'])(
    '%s is good, whatever kinds of characters it has',
    async (password) => {
      expect(await findPasswordFlaw(password, ['ringobakery@shop.test', '링고베이커리'])).toBeUndefined()
    },
  )
})

it('deletes what sign-in no longer needs: expired sessions, verifications, invitations and counts', async () => {
  const { sql } = connection
  await signUp('leaving@shop.test')
  await from(new Browser('203.0.113.6'), 'leaving@shop.test', PASSWORD)
  const [shop] = await sql`select shop_id, user_id from shop_members limit 1`
  for (const expiresAt of [`now() - interval '1 second'`, `now() + interval '1 day'`]) {
    await sql`insert into verifications (id, identifier, value, expires_at)
      values (${Bun.randomUUIDv7()}, 'oauth', 'state', ${sql.unsafe(expiresAt)})`
    await sql`insert into shop_invitations (id, shop_id, email, status, inviter_id, expires_at)
      values (${Bun.randomUUIDv7()}, ${shop?.shop_id}, 'a@b.test', 'pending', ${shop?.user_id}, ${sql.unsafe(expiresAt)})`
  }
  await sql`update sessions set expires_at = now() where user_id <> ${shop?.user_id}`
  const counts = async () => {
    const [row] = await sql`select (select count(*)::int from sessions) sessions,
      (select count(*)::int from sessions where expires_at <= now()) ended,
      (select count(*)::int from verifications) verifications,
      (select count(*)::int from shop_invitations) invitations, (select count(*)::int from auth_rate_limits) counts`
    return row
  }
  const before = await counts()
  expect(before?.ended).toBeGreaterThan(0)
  await deleteExpiredSignIns(connection.db)
  expect(await counts()).toMatchObject({
    sessions: before?.sessions - before?.ended,
    verifications: 1,
    invitations: 1,
    counts: before?.counts,
  })
  await sql`update auth_rate_limits set last_request = last_request - 3600001`
  expect(await deleteExpiredSignIns(connection.db)).toBe(before?.counts)
})
