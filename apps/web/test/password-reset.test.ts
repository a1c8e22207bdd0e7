import { ATTEMPT_LIMITS } from '@eungmo/api/attempts/attempt-budget'
import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { createMailer } from '@eungmo/api/mail/mailer'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestMailServer } from '../../../packages/api/test/support/test-mail-server.ts'
import { changePassword } from '../src/lib/server/auth/change-password.ts'
import { inviteStaff } from '../src/lib/server/auth/invite-staff.ts'
import { accountOfReset, requestReset, resetByMail } from '../src/lib/server/auth/reset-by-mail.ts'
import { resetPassword } from '../src/lib/server/auth/reset-password.ts'
import { resolveViewer } from '../src/lib/server/auth/resolve-viewer.ts'
import { TOO_MANY_ATTEMPTS } from '../src/lib/server/auth/sign-in.ts'
import { runInRequest } from '../src/lib/server/http/request-scope.ts'
import { authMail } from '../src/lib/server/mail/auth-mail.ts'
import { Browser, createTestAuth } from './browser.ts'
import { startTestAuth } from './start-test-auth.ts'

const { connection } = await startTestAuth()
const { db, sql } = connection
const server = await startTestMailServer()
const mailer = createMailer({
  smtpUrl: server.url,
  from: 'no-reply@event.kr',
  log: { error: (...line) => expect.unreachable(JSON.stringify(line)) },
})
afterAll(async () => {
  await mailer.close()
  await server.stop()
})
const auth = createTestAuth(db, { mail: authMail(mailer, 'https://event.kr') })

const PASSWORD = 'long-enough-password'
const NEW_PASSWORD = 'another-long-password'
const secrets = parseSecretKeys(`test:${Buffer.alloc(32, 7).toString('base64')}`)
const dependencies = { db, secrets, observe: () => undefined }

let people = 0
let email: string
let addresses = 0
function newBrowser(): Browser {
  addresses += 1
  return new Browser(`203.0.113.${addresses}`)
}
beforeEach(async () => {
  await mailer.settled()
  people += 1
  email = `owner${people}@shop.test`
  server.received.length = 0
  await sql`delete from auth_rate_limits`
  await sql`delete from verifications`
  const body = { email, password: PASSWORD, name: '김사장', shopName: '링고베이커리' }
  expect((await newBrowser().call(auth, '/sign-up/email', body)).ok).toBe(true)
})

const request = (to = email, browser = newBrowser()) => requestReset(auth, dependencies, browser.visit(), to)
const signIn = async (password = PASSWORD) => {
  const browser = newBrowser()
  const { ok } = await browser.call(auth, '/sign-in/email', { email, password })
  return { ok, browser, userId: (await resolveViewer(browser.visit(), auth, db)).userId }
}
const reset = (token: string, newPassword = NEW_PASSWORD) =>
  resetByMail(auth, newBrowser().visit(), { token, newPassword })

/** The token of each link that has arrived for the address. */
async function tokens(count: number): Promise<string[]> {
  await expect.poll(() => server.received.length).toBe(count)
  return server.received.map(({ text = '' }) => /\/reset-password\/(\S+)/.exec(text)?.[1] ?? '')
}

describe('a link of a password reset', () => {
  it('sets a new password and ends every session', async () => {
    const { browser, userId } = await signIn()
    expect(userId).not.toBeNull()
    expect((await request(email.toUpperCase())).ok).toBe(true)
    const [token = ''] = await tokens(1)
    expect(server.received[0]?.recipients).toEqual([email])
    expect(await accountOfReset(auth, token)).toMatchObject({ email, name: '김사장' })
    expect((await reset(token)).ok).toBe(true)
    await mailer.settled()
    expect(server.received[1]).toMatchObject({ subject: '응모 비밀번호가 바뀌었어요', recipients: [email] })
    expect((await resolveViewer(browser.visit(), auth, db)).userId).toBeNull()
    const lines = await sql`select actor_id, client_address from access_log where action = 'reset-password'`
    expect(lines).toEqual([{ actor_id: userId, client_address: `203.0.113.${addresses}` }])
    expect((await signIn()).ok).toBe(false)
    expect((await signIn(NEW_PASSWORD)).ok).toBe(true)
  })

  it('works once, and then neither does any other of the account, also when used at the same time', async () => {
    await request()
    await request()
    const [first = '', second = ''] = await tokens(2)
    const responses = await Promise.all([1, 2, 3].map((n) => reset(first, `${NEW_PASSWORD}-${n}`)))
    expect(responses.filter(({ ok }) => ok)).toHaveLength(1)
    for (const token of [first, second, 'made-up'])
      expect(await reset(token)).toMatchObject({ ok: false, status: 400, code: 'INVALID_TOKEN' })
    expect(await accountOfReset(auth, second)).toBeUndefined()
  })

  it('works for 30 minutes', async () => {
    await request()
    const [token = ''] = await tokens(1)
    const [row] = await sql`select extract(epoch from expires_at - now())::int as left from verifications`
    expect(row?.left).toBeGreaterThan(29 * 60)
    expect(row?.left).toBeLessThanOrEqual(30 * 60)
    await sql`update verifications set expires_at = now() - interval '1 second'`
    expect(await accountOfReset(auth, token)).toBeUndefined()
    expect((await reset(token)).ok).toBe(false)
    expect((await signIn()).ok).toBe(true)
  })

  it('ends when the password is changed, which its owner learns by e-mail', async () => {
    await request()
    const [token = ''] = await tokens(1)
    const { browser, userId } = await signIn()
    const input = { userId: userId ?? '', password: PASSWORD, newPassword: NEW_PASSWORD }
    expect((await changePassword(auth, dependencies, browser.visit(), input)).ok).toBe(true)
    await mailer.settled()
    expect(server.received.at(-1)).toMatchObject({
      subject: '응모 비밀번호가 바뀌었어요',
      recipients: [email],
    })
    expect((await reset(token)).ok).toBe(false)
  })

  it('ends when the operator sets a password', async () => {
    await request()
    const [token = ''] = await tokens(1)
    expect(await resetPassword(auth, db, email, NEW_PASSWORD)).toBe(true)
    expect((await reset(token, `${NEW_PASSWORD}-2`)).ok).toBe(false)
    expect((await signIn(NEW_PASSWORD)).ok).toBe(true)
  })

  it('is not in the database, where only its hash is', async () => {
    await request()
    const [token = ''] = await tokens(1)
    const rows = await sql`select * from verifications`
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('requesting a link', () => {
  it('looks the same for an address without an account, and sends nothing there', async () => {
    const responses: unknown[] = []
    for (const to of [email, 'nobody@shop.test']) {
      const start = performance.now()
      responses.push(await request(to))
      expect(performance.now() - start, to).toBeGreaterThanOrEqual(295)
    }
    expect(responses[0]).toEqual(responses[1])
    await mailer.settled()
    expect(server.received.map(({ recipients }) => recipients)).toEqual([[email]])
  })

  it('has a budget per address, whether or not it has an account', async () => {
    for (const to of [email, `${email}.invalid`]) {
      for (let i = 0; i < ATTEMPT_LIMITS.free; i++) expect((await request(to)).ok).toBe(true)
      expect(await request(to), to).toMatchObject({ ok: false, status: 429 })
    }
    expect((await request('other@shop.test')).ok).toBe(true)
  })

  it('has a budget per client, whatever the address', async () => {
    const browser = newBrowser()
    const statuses: number[] = []
    for (let i = 0; i < 11; i++) {
      const response = await request(`many${i}@shop.test`, browser)
      statuses.push(response.ok ? 200 : response.status)
    }
    expect(statuses).toEqual([...Array(10).fill(200), 429])
  })
})

it('an address gets a limited number of invitations, from all shops together', async () => {
  const to = `invited${people}@shop.test`
  const { browser } = await signIn()
  const { viewer } = await resolveViewer(browser.visit(), auth, db)
  if (viewer.kind !== 'member') throw new Error('the owner has no shop')
  const invite = (address: string) =>
    inviteStaff(auth, dependencies, browser.visit(), { shopId: viewer.shopId, email: address })
  for (let i = 0; i < ATTEMPT_LIMITS.free; i++) {
    expect((await invite(to)).ok).toBe(true)
    if (i === 0) expect(await invite(to), 'what is open already costs nothing').toMatchObject({ status: 400 })
    const [open] = await sql`select id from shop_invitations where email = ${to} and status = 'pending'`
    const cancelled = { invitationId: open?.id }
    expect((await browser.call(auth, '/organization/cancel-invitation', cancelled)).ok).toBe(true)
  }
  expect(await invite(to.toUpperCase())).toMatchObject({ status: 429, code: TOO_MANY_ATTEMPTS })
  expect((await invite(`other-${to}`)).ok).toBe(true)
  await mailer.settled()
  expect(server.received.filter(({ recipients }) => recipients.includes(to))).toHaveLength(
    ATTEMPT_LIMITS.free,
  )
})

it('more resets at once than connections all end, and each ends its sessions', async () => {
  const accounts = Array.from({ length: 6 }, (_, i) => `crowd${people}-${i}@shop.test`)
  for (const each of accounts) {
    const body = { email: each, password: PASSWORD, name: '김사장', shopName: '가게' }
    await newBrowser().call(auth, '/sign-up/email', body)
    await newBrowser().call(auth, '/sign-in/email', { email: each, password: PASSWORD })
    await request(each)
  }
  const links = await tokens(accounts.length)
  const responses = await Promise.all(links.map((token) => reset(token)))
  expect(responses.map(({ ok }) => ok)).toEqual(accounts.map(() => true))
  const left = await sql`
    select 1 from sessions s join users u on u.id = s.user_id where u.email = any(${accounts})`
  expect(left).toHaveLength(0)
})

describe.each([
  ['ko', '응모 비밀번호 다시 정하기', '링고베이커리에서 함께하자고 초대했어요'],
  ['en', 'Reset your Eungmo password', '링고베이커리 invites you'],
] as const)('in %s', (locale, resetSubject, inviteSubject) => {
  it('the link and an invitation arrive as text and HTML', async () => {
    const { browser } = await signIn()
    const { viewer } = await resolveViewer(browser.visit(), auth, db)
    if (viewer.kind !== 'member') throw new Error('the owner has no shop')
    await runInRequest({ locale, requestId: 'test' }, async () => {
      await request()
      const invite = { organizationId: viewer.shopId, email: `staff-${locale}@shop.test`, role: 'staff' }
      expect((await browser.call(auth, '/organization/invite-member', invite)).ok).toBe(true)
    })
    await expect.poll(() => server.received.length).toBe(2)
    const sentTo = (to: string) => server.received.find(({ recipients }) => recipients.includes(to))
    const [resetMail, invitation] = [sentTo(email), sentTo(`staff-${locale}@shop.test`)]
    expect(resetMail?.subject).toBe(resetSubject)
    const [row] = await sql`select id from shop_invitations where email = ${`staff-${locale}@shop.test`}`
    expect(invitation).toMatchObject({ subject: inviteSubject, recipients: [`staff-${locale}@shop.test`] })
    for (const [mail, link] of [
      [resetMail, /https:\/\/event\.kr\/reset-password\/\S+/],
      [invitation, new RegExp(`https://event\\.kr/join/${row?.id}`)],
    ] as const) {
      expect(mail?.text).toMatch(link)
      expect(mail?.html).toMatch(/<a href="https:\/\/event\.kr\//)
    }
  })
})
