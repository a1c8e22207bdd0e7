import { sessions, shopMembers, users, verifications } from '@eungmo/db/schema'
import { beforeEach, expect, test } from 'vitest'
import { endSessions } from '../src/operator/end-sessions.ts'
import { DAY_MS } from '../src/seoul-time.ts'
import { runOperator } from './support/operator-command.ts'
import { startTwoShops } from './support/two-shops.ts'

const { api, members } = await startTwoShops()
const { db } = api.dependencies
const { owner, stranger } = members

const emailOf = ({ userId }: { userId: string }) => `${userId}@example.com`

async function createSession({ userId }: { userId: string }): Promise<void> {
  const id = Bun.randomUUIDv7()
  await db.insert(sessions).values({
    id,
    token: id,
    userId,
    expiresAt: new Date(Date.now() + DAY_MS),
  })
}
const signedIn = async () =>
  (await api.sql`select user_id from sessions`).map((row) => row.user_id).toSorted()

beforeEach(async () => {
  await api.sql`delete from sessions`
  for (const member of [owner, owner, stranger]) await createSession(member)
})

test('one account is signed out everywhere, and the access log of each of its shops says so', async () => {
  await db.insert(shopMembers).values({
    id: Bun.randomUUIDv7(),
    shopId: stranger.shopId,
    userId: owner.userId,
    role: 'staff',
  })
  const before = Bun.randomUUIDv7()
  const email = emailOf(owner)
  expect(await endSessions(db, { target: email.toUpperCase() })).toBe(
    `Ended 2 sessions of ${email.toUpperCase()}.`,
  )
  expect(await signedIn()).toEqual([stranger.userId])
  const lines = await api.sql`select shop_id, actor_kind, actor_id, action, subject_id from access_log
    where id > ${before}::uuid`
  const line = { actor_kind: 'operator', actor_id: null, action: 'end-sessions', subject_id: owner.userId }
  expect(lines).toHaveLength(2)
  expect(lines).toEqual(
    expect.arrayContaining([
      { ...line, shop_id: owner.shopId },
      { ...line, shop_id: stranger.shopId },
    ]),
  )
})

test.each([
  { target: emailOf(owner), left: [stranger.userId] },
  { target: 'all', left: [] },
])(
  'trusted devices and links to reset a password end with the sessions: $target',
  async ({ target, left }) => {
    await db.delete(verifications)
    for (const { userId: value } of [owner, stranger]) {
      const identifier = crypto.randomUUID()
      const expiresAt = new Date(Date.now() + DAY_MS)
      await db.insert(verifications).values({ id: Bun.randomUUIDv7(), identifier, value, expiresAt })
    }
    await endSessions(db, { target })
    expect((await db.select().from(verifications)).map(({ value }) => value)).toEqual(left)
  },
)

test('all accounts are signed out', async () => {
  expect(await endSessions(db, { target: 'all' })).toBe('Ended 3 sessions of 2 accounts.')
  expect(await signedIn()).toEqual([])
  expect(await endSessions(db, { target: 'all' })).toBe('Ended 0 sessions of 0 accounts.')
})

test('an account without a session, or a shop, is no error, and an unknown address is one', async () => {
  const userId = Bun.randomUUIDv7()
  await db.insert(users).values({ id: userId, name: 'alone', email: emailOf({ userId }) })
  expect(await endSessions(db, { target: emailOf({ userId }) })).toMatch(/^Ended 0 sessions/)
  await expect(endSessions(db, { target: 'nobody@example.com' })).rejects.toThrow('No account has')
  expect(await signedIn()).toHaveLength(3)
})

test('the command takes an address, or all', async () => {
  expect(await runOperator(api.url, 'end-sessions', ['all'])).toEqual({
    exitCode: 0,
    stdout: 'Ended 3 sessions of 2 accounts.\n',
    stderr: '',
  })
  expect(await runOperator(api.url, 'end-sessions', [])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Usage: bun run operator:end-sessions'),
  })
})
