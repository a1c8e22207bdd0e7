import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { ACCESS_ACTION_GROUPS } from '@eungmo/db/schema'
import { expect, it } from 'vitest'
import { resetPassword } from '../src/lib/server/auth/reset-password.ts'
import { resolveViewer } from '../src/lib/server/auth/resolve-viewer.ts'
import { signIn } from '../src/lib/server/auth/sign-in.ts'
import { Browser } from './browser.ts'
import { startTestAuth } from './start-test-auth.ts'

const { connection, auth } = await startTestAuth()

const PASSWORD = 'long-enough-password'
const EMAIL = 'owner@shop.test'
const STAFF_EMAIL = 'staff@shop.test'
const secrets = parseSecretKeys(`test:${Buffer.alloc(32, 7).toString('base64')}`)
const owner = new Browser('203.0.113.10')
const staff = new Browser('203.0.113.11')

interface Line {
  action: string
  shop_id: string | null
  actor_id: string | null
  actor_role: string | null
  client_address: string
  subject_id: string | null
}
const seen = new Set<string>()
const written = new Set<string>()
/** The lines since the last call. */
async function newLines(): Promise<Line[]> {
  const rows = await connection.sql<(Line & { id: string })[]>`select * from access_log order by at`
  const fresh = rows.filter(({ id }) => !seen.has(id))
  for (const { id, action } of fresh) {
    seen.add(id)
    written.add(action)
  }
  return fresh
}
const from = (browser: Browser, email: string, password: string) =>
  signIn(auth, { db: connection.db, secrets, observe: () => undefined }, browser.visit(), { email, password })

async function memberOf(browser: Browser) {
  const { viewer } = await resolveViewer(browser.visit(), auth, connection.db)
  if (viewer.kind !== 'member') throw new Error('nobody is signed in')
  return viewer
}

it('signing in, failing to, and signing out are lines with account, shop and address', async () => {
  await owner.call(auth, '/sign-up/email', {
    email: EMAIL,
    password: PASSWORD,
    name: '사장님',
    shopName: '가게',
  })
  expect(await newLines()).toEqual([])
  expect((await from(owner, EMAIL, PASSWORD)).ok).toBe(true)
  const { userId, shopId } = await memberOf(owner)
  const account = { shop_id: shopId, actor_id: userId, actor_role: 'owner', client_address: '203.0.113.10' }
  expect(await newLines()).toMatchObject([{ action: 'sign-in', ...account }])

  const guesser = new Browser('198.51.100.1')
  expect((await from(guesser, EMAIL, 'a-wrong-password')).ok).toBe(false)
  expect(await newLines()).toMatchObject([
    { action: 'fail-sign-in', ...account, client_address: '198.51.100.1' },
  ])
  expect((await from(guesser, 'nobody@shop.test', 'a-wrong-password')).ok).toBe(false)
  expect(await newLines()).toMatchObject([{ action: 'fail-sign-in', shop_id: null, actor_id: null }])

  await owner.call(auth, '/sign-out', {})
  expect(await newLines()).toMatchObject([{ action: 'sign-out', ...account }])
})

it('inviting and joining are lines of the shop, with who did it, and nothing else changes roles', async () => {
  await from(owner, EMAIL, PASSWORD)
  const { userId, shopId: organizationId } = await memberOf(owner)
  await staff.call(auth, '/sign-up/email', { email: STAFF_EMAIL, password: PASSWORD, name: '직원' })
  await from(staff, STAFF_EMAIL, PASSWORD)
  await newLines()

  const invite = { organizationId, email: STAFF_EMAIL, role: 'staff' }
  expect((await owner.call(auth, '/organization/invite-member', invite)).ok).toBe(true)
  const byOwner = { shop_id: organizationId, actor_id: userId, actor_role: 'owner' }
  expect(await newLines()).toMatchObject([{ action: 'invite-member', ...byOwner }])

  const [first] = await connection.sql`select id from shop_invitations where email = ${STAFF_EMAIL}`
  const cancelled = await owner.call(auth, '/organization/cancel-invitation', { invitationId: first?.id })
  expect(cancelled.ok).toBe(true)
  expect(await newLines()).toMatchObject([{ action: 'cancel-invitation', ...byOwner, subject_id: first?.id }])

  await owner.call(auth, '/organization/invite-member', invite)
  await newLines()
  const [second] = await connection.sql`
    select id from shop_invitations where email = ${STAFF_EMAIL} and status = 'pending'`
  const invitation = { invitationId: second?.id }
  expect((await staff.call(auth, '/organization/accept-invitation', invitation)).ok).toBe(true)
  const [member] = await connection.sql`
    select m.id, m.user_id from shop_members m join users u on u.id = m.user_id where u.email = ${STAFF_EMAIL}`
  const about = { shop_id: organizationId, subject_id: member?.user_id }
  expect(await newLines()).toMatchObject([{ action: 'add-member', actor_id: member?.user_id, ...about }])

  // Roles are changed, and logged, by packages/api/src/shops/change-roles.ts alone.
  const change = { organizationId, memberId: member?.id, memberIdOrEmail: member?.id, role: 'owner' }
  for (const path of ['update-member-role', 'remove-member', 'leave'])
    expect(await owner.call(auth, `/organization/${path}`, change)).toMatchObject({ ok: false, status: 404 })
  expect(await newLines()).toEqual([])
})

it('resetting a password is a line for each session that it ends', async () => {
  await newLines()
  expect(await resetPassword(auth, connection.db, EMAIL, 'another-good-password')).toBe(true)
  expect(await newLines()).toMatchObject([{ action: 'end-sessions', client_address: 'command' }])
})

it('every action on accounts and members is written by something above', () => {
  const { session, member } = ACCESS_ACTION_GROUPS
  // Of roles: packages/api/test/shop-members.test.ts. Of resets: password-reset.test.ts.
  const elsewhere = ['change-role', 'remove-member', 'reset-password']
  const here = [...session, ...member].filter((each) => !elsewhere.includes(each))
  expect([...written].toSorted()).toEqual(here.toSorted())
})

it('while the log cannot be written, nobody signs in and no member is invited', async () => {
  await from(owner, EMAIL, 'another-good-password')
  const { shopId: organizationId } = await memberOf(owner)
  await connection.sql`alter table access_log rename to access_log_away`
  try {
    const late = await from(new Browser('203.0.113.12'), EMAIL, 'another-good-password')
    expect(late).toMatchObject({ ok: false, status: 503 })
    const wrong = await from(new Browser('203.0.113.13'), EMAIL, 'a-wrong-password')
    expect(wrong).toMatchObject({ ok: false, status: 503 })
    const invited = await owner.call(auth, '/organization/invite-member', {
      organizationId,
      email: 'late@shop.test',
      role: 'staff',
    })
    expect(invited).toMatchObject({ ok: false, status: 503 })
  } finally {
    await connection.sql`alter table access_log_away rename to access_log`
  }
  expect(await connection.sql`select 1 from shop_invitations where email = 'late@shop.test'`).toHaveLength(0)
})
