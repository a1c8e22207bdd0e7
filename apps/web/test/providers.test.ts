import { expect, test } from 'vitest'
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
