import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { CLIENT_ADDRESS_HEADER } from '../src/lib/server/auth/client-address-header.ts'
import { Browser, createTestAuth } from './browser.ts'
import { startTestAuth } from './start-test-auth.ts'

const { connection } = await startTestAuth()

/** A provider that says who signed in there, as the id token of the test does: `<account id> <e-mail address>`. */
const provider = {
  clientId: 'test',
  clientSecret: 'test',
  verifyIdToken: async () => true,
  getUserInfo: async ({ idToken = '' }: { idToken?: string | undefined }) => {
    const [id = '', email = ''] = idToken.split(' ')
    return { user: { id, email, name: '사장님', emailVerified: true }, data: { id, sub: id } }
  },
}
const auth = createTestAuth(connection.db, { providers: { google: provider, kakao: provider } })

const signInAt = (name: 'google' | 'kakao', token: string) =>
  new Browser().call(auth, '/sign-in/social', { provider: name, idToken: { token } })
const userIdsOf = async (email: string) =>
  (
    await connection.sql`select u.id, a.provider_id from users u join accounts a on a.user_id = u.id
    where u.email = ${email} order by a.created_at`
  ).map((row) => `${row.id} ${row.provider_id}`)

test('an account at one provider is not opened by another with the same e-mail address', async () => {
  const email = 'owner@shop.test'
  expect(await signInAt('google', `g-1 ${email}`)).toMatchObject({ ok: true })
  expect((await signInAt('google', `g-1 ${email}`)).ok, 'the same account again').toBe(true)
  expect((await signInAt('kakao', `k-1 ${email}`)).ok).toBe(false)
  expect((await signInAt('google', `g-2 ${email}`)).ok, 'another account at the same provider').toBe(false)
  expect(await userIdsOf(email)).toEqual([expect.stringMatching(/ google$/)])
})

test('an account with a password is not opened by a provider with the same e-mail address', async () => {
  const email = 'password@shop.test'
  const person = { email, password: 'long-enough-password', name: '사장님', shopName: '가게' }
  expect((await new Browser().call(auth, '/sign-up/email', person)).ok).toBe(true)
  expect((await signInAt('google', `g-3 ${email}`)).ok).toBe(false)
  expect(await userIdsOf(email)).toEqual([expect.stringMatching(/ credential$/)])
})

describe('a sign-in with a provider', () => {
  // Starting is limited by address.
  let visitors = 0
  let address = ''
  const newAddress = () => {
    address = `198.51.100.${++visitors}`
    return address
  }
  const person = {
    email: 'logged@shop.test',
    password: 'long-enough-password',
    name: '사장님',
    shopName: '기록 가게',
  }

  // The providers' endpoints for codes: the code of these tests is the id token.
  beforeAll(() => {
    vi.stubGlobal('fetch', async (_: unknown, { body }: { body: URLSearchParams | string }) =>
      Response.json({ access_token: 'test', id_token: new URLSearchParams(body).get('code') }),
    )
  })
  afterAll(() => vi.unstubAllGlobals())

  /** Starts at the provider and returns from there, as a browser does; resolves to where that leads. */
  async function returnFrom(name: 'google' | 'kakao', token: string, query: Record<string, string> = {}) {
    const browser = new Browser(newAddress())
    const started = await browser.call(auth, '/sign-in/social', {
      provider: name,
      callbackURL: '/admin/events',
      disableRedirect: true,
    })
    if (!started.ok) throw new Error(`not started: ${started.status}`)
    const { url } = started.body as { url: string }
    const state = new URL(url).searchParams.get('state') ?? ''
    const { request } = browser.visit({ [CLIENT_ADDRESS_HEADER]: address })
    const path = `/api/auth/callback/${name}?${new URLSearchParams({ state, code: token, ...query })}`
    return auth.handler(new Request(`http://shop.test${path}`, { headers: request.headers }))
  }
  const newLines = async (run: () => Promise<unknown>) => {
    const before = await connection.sql<{ id: string }[]>`select id from access_log`
    await run()
    return connection.sql`select action, actor_id, shop_id, client_address from access_log
      where not id = any(${before.map(({ id }) => id)}::uuid[]) order by at`
  }

  test('that succeeds is one line', async () => {
    const lines = await newLines(async () => {
      const response = await returnFrom('google', 'g-10 google@shop.test')
      expect(response.headers.get('location')).toBe('/admin/events')
    })
    expect(lines).toMatchObject([{ action: 'sign-in', client_address: address }])
  })

  test('that fails is one line: of the account whose address was reported, where one has it', async () => {
    await new Browser().call(auth, '/sign-up/email', person)
    const [user] = await connection.sql`select u.id, m.shop_id from users u
      join shop_members m on m.user_id = u.id where u.email = ${person.email}`
    const lines = await newLines(async () => {
      const response = await returnFrom('kakao', `k-10 ${person.email.toUpperCase()}`)
      expect(response.headers.get('location')).toContain('/login?error=account_not_linked')
    })
    expect(lines).toEqual([
      { action: 'fail-sign-in', actor_id: user?.id, shop_id: user?.shop_id, client_address: address },
    ])
  })

  test.each<[string, Record<string, string>]>([
    ['cancelled at the provider', { error: 'access_denied', code: '' }],
    ['of another browser', { state: 'forged' }],
    ['without a code', { code: '' }],
  ])('that was %s is one line without an account', async (_, query) => {
    const lines = await newLines(async () => {
      const response = await returnFrom('kakao', 'k-11 nobody@shop.test', query)
      expect(response.headers.get('location')).toContain('/login?error=')
    })
    expect(lines).toEqual([
      { action: 'fail-sign-in', actor_id: null, shop_id: null, client_address: address },
    ])
  })

  test('gets no session while the log cannot be written', async () => {
    const sessions = async () => (await connection.sql`select 1 from sessions`).length
    const before = await sessions()
    await connection.sql`alter table access_log rename to access_log_away`
    try {
      for (const token of ['g-10 google@shop.test', `k-12 ${person.email}`])
        await expect(returnFrom('google', token)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    } finally {
      await connection.sql`alter table access_log_away rename to access_log`
    }
    expect(await sessions()).toBe(before)
  })
})
