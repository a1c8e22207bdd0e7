import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { ownerExists } from '@eungmo/db/queries/shop-members'
import { beforeEach, describe, expect, it } from 'vitest'
import { createOwner } from '../src/lib/server/auth/create-owner.ts'
import { resolveViewer } from '../src/lib/server/auth/resolve-viewer.ts'
import { setupCode } from '../src/lib/server/auth/setup-code.ts'
import { setupCodeLine } from '../src/lib/server/auth/setup-code-line.ts'
import { SIGN_UP_NOT_ALLOWED } from '../src/lib/server/auth/sign-up-rules.ts'
import { Browser, createTestAuth } from './browser.ts'
import { startTestAuth } from './start-test-auth.ts'

/** The operator's instance, which no rule binds. */
const { connection, auth: operator } = await startTestAuth()
const { db, sql } = connection

const keysOf = (byte: number) => parseSecretKeys(`k${byte}:${Buffer.alloc(32, byte).toString('base64')}`)
const code = setupCode(keysOf(7))
const invite = createTestAuth(db, { signUp: { mode: 'invite', setupCode: code } })
const closed = createTestAuth(db, { signUp: { mode: 'closed', setupCode: code } })
type TestAuth = typeof invite

const PASSWORD = 'long-enough-password'
const OWNER = { email: 'owner@shop.test', name: '사장님', shopName: '링고베이커리' }
const rejected = { ok: false, code: SIGN_UP_NOT_ALLOWED }

let addresses = 0
function newBrowser(): Browser {
  addresses += 1
  return new Browser(`203.0.113.${addresses}`)
}
const signUp = (auth: TestAuth, body: Record<string, string>) =>
  newBrowser().call(auth, '/sign-up/email', { name: '새 사람', password: PASSWORD, ...body })

async function signIn(email: string, password = PASSWORD) {
  const browser = newBrowser()
  expect((await browser.call(invite, '/sign-in/email', { email, password })).ok).toBe(true)
  return { browser, ...(await resolveViewer(browser.visit(), invite, db)) }
}

/** Invites an address to the owner's shop; returns the invitation's id. */
async function invitationFor(email: string): Promise<string> {
  const { browser, viewer } = await signIn(OWNER.email)
  if (viewer.kind !== 'member') throw new Error('the owner has no shop')
  const body = { organizationId: viewer.shopId, email, role: 'staff' }
  expect((await browser.call(invite, '/organization/invite-member', body)).ok).toBe(true)
  const [row] = await sql`select id from shop_invitations where lower(email) = ${email.toLowerCase()}`
  return String(row?.id)
}

beforeEach(async () => {
  await sql`truncate users, shops, verifications, auth_rate_limits cascade`
})

describe('where sign-up is by invitation', () => {
  beforeEach(async () => {
    await operator.api.signUpEmail({ body: { ...OWNER, password: PASSWORD } })
  })

  it('a stranger gets the same rejection whether or not the address has an account', async () => {
    for (const email of [OWNER.email, 'stranger@shop.test'])
      expect(await signUp(invite, { email, shopName: '가게' })).toMatchObject(rejected)
    expect(await sql`select 1 from users`).toHaveLength(1)
    expect(await sql`select 1 from shops`).toHaveLength(1)
  })

  it('an invitation lets its own address sign up and join, and no other', async () => {
    const invitationId = await invitationFor('Staff@Shop.Test')
    expect(await signUp(invite, { email: 'friend@shop.test', invitationId })).toMatchObject(rejected)
    expect((await signUp(invite, { email: 'staff@shop.test', invitationId })).ok).toBe(true)
    const { browser } = await signIn('staff@shop.test')
    expect((await browser.call(invite, '/organization/accept-invitation', { invitationId })).ok).toBe(true)
    expect((await resolveViewer(browser.visit(), invite, db)).viewer).toMatchObject({ role: 'staff' })
  })

  it.each(['canceled', 'accepted', 'expired'])('a %s invitation lets nobody sign up', async (state) => {
    const invitationId = await invitationFor('late@shop.test')
    if (state === 'expired')
      await sql`update shop_invitations set expires_at = now() where id = ${invitationId}`
    else await sql`update shop_invitations set status = ${state} where id = ${invitationId}`
    expect(await signUp(invite, { email: 'late@shop.test', invitationId })).toMatchObject(rejected)
  })

  it('signing in with a provider creates an account for a verified, invited address only', async () => {
    await invitationFor('kakao@shop.test')
    const create = async (email: string, emailVerified: boolean) => {
      const { internalAdapter } = await invite.$context
      const source = { method: 'oauth', oauth: { providerId: 'kakao' } } as const
      return internalAdapter.createUser({ email, emailVerified, name: '직원' }, source)
    }
    for (const [email, verified] of [
      ['stranger@shop.test', true],
      ['kakao@shop.test', false],
    ] as const)
      await expect(create(email, verified)).rejects.toMatchObject({ body: { code: SIGN_UP_NOT_ALLOWED } })
    expect(await create('kakao@shop.test', true)).toMatchObject({ email: 'kakao@shop.test' })
  })

  it('somebody without a shop opens none', async () => {
    const invitationId = await invitationFor('staff@shop.test')
    await signUp(invite, { email: 'staff@shop.test', invitationId })
    const { browser } = await signIn('staff@shop.test')
    const response = await browser.call(invite, '/organization/create', { name: '내 가게', slug: 'mine' })
    expect(response).toMatchObject({ ok: false, status: 403 })
  })

  it('the setup code is worthless, as there is an owner', async () => {
    const body = { email: 'second@shop.test', shopName: '둘째', setupCode: code }
    expect(await signUp(invite, body)).toMatchObject(rejected)
    expect(await setupCodeLine(db, { mode: 'invite', secrets: keysOf(7), publicUrl: '' })).toBeUndefined()
  })

  it('the operator opens a shop for a new person and for one with an account', async () => {
    const second = { email: 'Second@Shop.Test', name: '둘째 사장님', shopName: '둘째 가게' }
    const password = await createOwner(operator, second)
    const { viewer } = await signIn('second@shop.test', password)
    expect(viewer).toMatchObject({ role: 'owner' })
    expect(await createOwner(operator, { ...second, shopName: '셋째 가게' })).toBeUndefined()
    const shops = await sql`
      select s.name, m.role from shop_members m join shops s on s.id = m.shop_id
      join users u on u.id = m.user_id where u.email = 'second@shop.test' order by m.created_at`
    expect(shops.map(({ name, role }) => [name, role])).toEqual([
      ['둘째 가게', 'owner'],
      ['셋째 가게', 'owner'],
    ])
  })
})

it('where sign-up is closed, an invitation opens no account', async () => {
  await operator.api.signUpEmail({ body: { ...OWNER, password: PASSWORD } })
  const invitationId = await invitationFor('staff@shop.test')
  expect(await signUp(closed, { email: 'staff@shop.test', invitationId })).toMatchObject(rejected)
})

describe.each([
  ['invite', invite],
  ['closed', closed],
] as const)('in a new installation with SIGN_UP=%s', (mode, auth) => {
  it('the first owner signs up with the code that every process prints, and nobody without it', async () => {
    const line = await setupCodeLine(db, { mode, secrets: keysOf(7), publicUrl: 'https://event.kr' })
    expect(line).toBe(
      `There is no owner yet: sign up at https://event.kr/sign-up with the setup code ${code}`,
    )
    expect(code).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    expect(setupCode(keysOf(8))).not.toBe(code)
    const body = { email: OWNER.email, shopName: '첫 가게' }
    for (const typed of ['', 'abcd-efgh-jkmn-pqrs', setupCode(keysOf(8))])
      expect(await signUp(auth, { ...body, setupCode: typed })).toMatchObject(rejected)
    expect(await signUp(auth, { email: OWNER.email, setupCode: code }), 'no shop').toMatchObject(rejected)
    expect(await ownerExists(db)).toBe(false)
    const typed = code.replaceAll('-', ' ').toUpperCase()
    expect((await signUp(auth, { ...body, setupCode: typed })).ok).toBe(true)
    expect((await signIn(OWNER.email)).viewer).toMatchObject({ role: 'owner' })
  })

  it('of more sign-ups at once than connections, all with the code, one becomes the owner', async () => {
    const replicas = [auth, createTestAuth(db, { signUp: { mode, setupCode: code } })]
    const responses = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        signUp(replicas[i % 2] ?? auth, { email: `${i}@shop.test`, shopName: '가게', setupCode: code }),
      ),
    )
    expect(responses.filter(({ ok }) => ok)).toHaveLength(1)
    for (const response of responses) if (!response.ok) expect(response).toMatchObject(rejected)
    expect(await sql`select 1 from users`).toHaveLength(1)
    expect(await sql`select 1 from shops`).toHaveLength(1)
  })
})
