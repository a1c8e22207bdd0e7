import { ATTEMPT_LIMITS } from '@eungmo/api/attempts/attempt-budget'
import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { listUserSessions } from '@eungmo/db/queries/user-sessions'
import { describe, expect, it } from 'vitest'
import { changePassword } from '../src/lib/server/auth/change-password.ts'
import { endSession } from '../src/lib/server/auth/end-session.ts'
import { resolveViewer } from '../src/lib/server/auth/resolve-viewer.ts'
import { describeDevice } from '../src/routes/(owner)/admin/account/describe-device.ts'
import { Browser } from './browser.ts'
import { startTestAuth } from './start-test-auth.ts'

const { connection, auth } = await startTestAuth()

const PASSWORD = 'long-enough-password'
const NEW_PASSWORD = 'another-long-password'
const secrets = parseSecretKeys(`test:${Buffer.alloc(32, 7).toString('base64')}`)

async function signUp(email: string): Promise<void> {
  const body = { email, password: PASSWORD, name: '사장님', shopName: '가게' }
  expect((await new Browser(`192.0.2.${email.length}`).call(auth, '/sign-up/email', body)).ok).toBe(true)
}

async function signedIn(email: string, address: string, password = PASSWORD) {
  const browser = new Browser(address)
  const { ok } = await browser.call(auth, '/sign-in/email', { email, password })
  return { browser, ok }
}

const userOf = async (browser: Browser) => (await resolveViewer(browser.visit(), auth, connection.db)).userId

async function change(browser: Browser, userId: string, password: string, newPassword = NEW_PASSWORD) {
  const dependencies = { db: connection.db, secrets, observe: () => undefined }
  const input = { userId, password, newPassword }
  const response = await changePassword(auth, dependencies, browser.visit(), input)
  return response.ok ? 200 : response.status
}

describe('changing the password', () => {
  it('takes the present one, signs every other device out, and gives this one a new session', async () => {
    await signUp('changes@shop.test')
    const { browser: here } = await signedIn('changes@shop.test', '203.0.113.1')
    const { browser: there } = await signedIn('changes@shop.test', '203.0.113.2')
    const userId = (await userOf(here)) ?? ''
    const before = here.jar.get('eungmo.session_token')

    expect(await change(here, userId, 'not-the-password')).toBe(400)
    expect(await userOf(there)).toBe(userId)

    expect(await change(here, userId, PASSWORD)).toBe(200)
    expect(await userOf(there)).toBeNull()
    expect(await userOf(here)).toBe(userId)
    expect(here.jar.get('eungmo.session_token')).not.toBe(before)
    expect((await signedIn('changes@shop.test', '203.0.113.3')).ok).toBe(false)
    expect((await signedIn('changes@shop.test', '203.0.113.4', NEW_PASSWORD)).ok).toBe(true)
  })

  it('is no place to guess the present one', async () => {
    await signUp('left-open@shop.test')
    const { browser } = await signedIn('left-open@shop.test', '203.0.113.5')
    const userId = (await userOf(browser)) ?? ''
    for (let i = 0; i < ATTEMPT_LIMITS.free; i++)
      expect(await change(browser, userId, `guess-${i}-guess`)).toBe(400)
    expect(await change(browser, userId, PASSWORD)).toBe(429)
    const lines = await connection.sql`
      select client_address from access_log where action = 'fail-sign-in' and actor_id = ${userId}`
    expect(lines).toEqual(Array(ATTEMPT_LIMITS.free).fill({ client_address: '203.0.113.5' }))
  })
})

it('a session ends for its own user only, and then authenticates nothing', async () => {
  await signUp('two-devices@shop.test')
  await signUp('stranger-to-it@shop.test')
  const { browser: here } = await signedIn('two-devices@shop.test', '203.0.113.6')
  const { browser: there } = await signedIn('two-devices@shop.test', '203.0.113.7')
  const { browser: stranger } = await signedIn('stranger-to-it@shop.test', '203.0.113.8')
  const userId = (await userOf(here)) ?? ''
  const strangerId = (await userOf(stranger)) ?? ''

  const sessions = await listUserSessions(connection.db, { userId })
  expect(sessions.map((session) => session.ipAddress)).toEqual(['203.0.113.7', '203.0.113.6'])
  const sessionId = sessions[0]?.id ?? ''
  const clientAddress = '203.0.113.6'
  const end = (user: string) => endSession(connection.db, { userId: user, sessionId, clientAddress })
  const lines = () => connection.sql`
    select client_address, actor_id from access_log where action = 'end-sessions' and actor_id = ${userId}`
  expect(await end(strangerId)).toBe(false)
  await connection.sql`alter table access_log rename to access_log_away`
  await expect(end(userId)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await connection.sql`alter table access_log_away rename to access_log`
  expect(await lines()).toEqual([])
  expect(await userOf(there)).toBe(userId)
  expect(await end(userId)).toBe(true)
  expect(await lines()).toEqual([{ client_address: clientAddress, actor_id: userId }])
  expect(await userOf(there)).toBeNull()
  expect(await userOf(here)).toBe(userId)
})

it.each([
  [
    'Mozilla/5.0 (Linux; Android 14; SM-S918N) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
    'Chrome · Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari · iOS',
  ],
  ['nothing known', undefined],
  ['', undefined],
  [null, undefined],
])('the device of %j is %j', (userAgent, device) => {
  expect(describeDevice(userAgent)).toBe(device)
})
