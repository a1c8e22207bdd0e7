import { createHash } from 'node:crypto'
import { insertApiKey, revokeApiKey } from '@eungmo/db/queries/api-keys'
import { describe, expect, it } from 'vitest'
import { resetPassword } from '../src/lib/server/auth/reset-password.ts'
import { recheckViewer, resolveViewer } from '../src/lib/server/auth/resolve-viewer.ts'
import { Browser, createTestAuth } from './browser.ts'
import { startTestAuth } from './start-test-auth.ts'

const { connection, auth } = await startTestAuth()
let people = 0

/** A person with an address of their own, so that request limits do not mix. */
function newPerson() {
  people += 1
  return {
    browser: new Browser(`203.0.113.${people}`),
    email: `Person${people}@Shop.Test`,
    password: 'long-enough-password',
    name: '사장님',
  }
}

async function owner() {
  const { browser, ...person } = newPerson()
  const response = await browser.call(auth, '/sign-up/email', { ...person, shopName: '링고베이커리' })
  expect(response.ok).toBe(true)
  const { email, password } = person
  expect((await browser.call(auth, '/sign-in/email', { email, password })).ok).toBe(true)
  const { viewer } = await resolveViewer(browser.visit(), auth, connection.db)
  if (viewer.kind !== 'member') throw new Error('signing up created no member')
  return { browser, viewer, ...person }
}

/** The paths of a JSON value's members, without their values. */
const shapeOf = (value: unknown, path = ''): string[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, member]) => shapeOf(member, path ? `${path}.${key}` : key))
    : [path]

describe('signing up', () => {
  it('creates user, shop and owner at once', async () => {
    const { viewer } = await owner()
    expect(viewer).toMatchObject({ role: 'owner', via: 'session' })
    // UUIDv7: the version digit.
    expect(viewer.shopId[14]).toBe('7')
  })

  it('leaves nothing behind when the shop cannot be created', async () => {
    const { browser, ...person } = newPerson()
    const { sql } = connection
    await sql`alter table shop_members add constraint no_owner check (role <> 'owner') not valid`
    const response = await browser.call(auth, '/sign-up/email', { ...person, shopName: '가게' })
    await sql`alter table shop_members drop constraint no_owner`
    expect(response.ok).toBe(false)
    expect(await sql`select 1 from users where email = ${person.email.toLowerCase()}`).toHaveLength(0)
    expect(await sql`select 1 from shops where name = '가게'`).toHaveLength(0)

    const again = await browser.call(auth, '/sign-up/email', { ...person, shopName: '가게' })
    expect(again.ok).toBe(true)
  })

  it('tells nobody whether an e-mail address has an account, and changes nothing of one', async () => {
    const taken = await owner()
    const { browser, name } = newPerson()
    const bodies: unknown[] = []
    for (const email of [taken.email, 'free@shop.test']) {
      const response = await browser.call(auth, '/sign-up/email', {
        email,
        password: 'a-second-good-password',
        name,
        shopName: '둘째 가게',
      })
      bodies.push(response.ok && shapeOf(response.body))
      expect(browser.jar.size, 'neither is signed in').toBe(0)
    }
    expect(bodies[0]).toEqual(bodies[1])
    expect(bodies[0]).toContain('user.email')
    const { email, password } = taken
    expect((await new Browser().call(auth, '/sign-in/email', { email, password })).ok).toBe(true)
  })
})

describe('who sends a request', () => {
  it('is anonymous without a cookie, with a forged one, and after signing out', async () => {
    const { browser } = await owner()
    const forged = new Browser()
    for (const name of browser.jar.keys()) forged.jar.set(name, 'made-up.signature')
    for (const stranger of [new Browser(), forged]) {
      const { viewer, userId } = await resolveViewer(stranger.visit(), auth, connection.db)
      expect(viewer.kind).toBe('anonymous')
      expect(userId).toBeNull()
    }
    const before = browser.visit()
    expect((await recheckViewer(before.request, auth, connection.db)).kind).toBe('member')
    await browser.call(auth, '/sign-out', {})
    expect((await resolveViewer(before, auth, connection.db)).viewer.kind).toBe('anonymous')
    expect((await recheckViewer(before.request, auth, connection.db)).kind).toBe('anonymous')
  })

  it('is anonymous 30 days after the sign-in, however much the session was used', async () => {
    const { browser, viewer } = await owner()
    const signInDaysAgo = (days: number) =>
      connection.sql`update sessions set created_at = now() - make_interval(days => ${days})
        where user_id = ${viewer.userId}`
    await signInDaysAgo(29)
    expect((await resolveViewer(browser.visit(), auth, connection.db)).viewer.kind).toBe('member')
    await signInDaysAgo(31)
    const { viewer: late, userId } = await resolveViewer(browser.visit(), auth, connection.db)
    expect(late.kind).toBe('anonymous')
    expect(userId).toBeNull()
    expect((await recheckViewer(browser.visit().request, auth, connection.db)).kind).toBe('anonymous')
  })

  it('acts for a shop only while the user is a member of it', async () => {
    const { browser, viewer } = await owner()
    const { request } = browser.visit()
    expect(await recheckViewer(request, auth, connection.db)).toEqual(viewer)
    await connection.sql`delete from shop_members where user_id = ${viewer.userId}`
    expect((await recheckViewer(request, auth, connection.db)).kind).toBe('anonymous')
    const after = await resolveViewer(browser.visit(), auth, connection.db)
    expect(after).toEqual({ viewer: { kind: 'anonymous' }, userId: viewer.userId })
  })

  it('acts for the shop with an API key, under /api/v1 only, until the key is revoked', async () => {
    const { viewer } = await owner()
    const key = `eungmo_${crypto.randomUUID()}`
    const row = await insertApiKey(connection.db, {
      id: Bun.randomUUIDv7(),
      shopId: viewer.shopId,
      createdBy: viewer.userId,
      name: '홈페이지',
      prefix: key.slice(0, 13),
      hash: createHash('sha256').update(key).digest('hex'),
      scopes: ['draws:write'],
      lifetimeDays: 1,
    })
    const resolve = (bearer: string, path = '/api/v1/events') =>
      resolveViewer(new Browser().visit({ authorization: `Bearer ${bearer}` }, path), auth, connection.db)
    expect((await resolve(key)).viewer).toEqual({
      kind: 'member',
      userId: viewer.userId,
      role: 'owner',
      shopId: viewer.shopId,
      via: 'api-key',
      apiKeyId: row.id,
      scopes: ['draws:write'],
    })
    for (const path of ['/admin/events', '/api/trpc/events.list', '/api/v1'])
      expect((await resolve(key, path)).viewer.kind, path).toBe('anonymous')
    expect((await resolve(`${key}x`)).viewer.kind).toBe('anonymous')
    const [used] = await connection.sql`select last_used_at from api_keys where id = ${row.id}`
    expect(used?.last_used_at).not.toBeNull()

    await revokeApiKey(connection.db, { shopId: viewer.shopId, apiKeyId: row.id })
    expect((await resolve(key)).viewer.kind).toBe('anonymous')
  })
})

it('marks the cookie Secure on https only', async () => {
  const plain = await owner()
  expect([...plain.browser.options.values()].map(({ secure }) => secure)).toEqual([false])
  const { browser, ...person } = newPerson()
  const overHttps = createTestAuth(connection.db, { publicUrl: 'https://shop.test' })
  await browser.call(overHttps, '/sign-up/email', { ...person, shopName: '가게' })
  await browser.call(overHttps, '/sign-in/email', person)
  expect([...browser.options.values()].map(({ secure, httpOnly }) => [secure, httpOnly])).toEqual([
    [true, true],
  ])
  expect((await resolveViewer(browser.visit(), overHttps, connection.db)).viewer.kind).toBe('member')
})

it('counts sign-in attempts of an address across replicas', async () => {
  const { email, password } = await owner()
  const replicas = [auth, createTestAuth(connection.db)] as const
  const guesser = new Browser('198.51.100.7')
  const statuses: number[] = []
  for (let i = 0; i < 11; i++) {
    const response = await guesser.call(replicas[i % 2 === 0 ? 0 : 1], '/sign-in/email', {
      email,
      password: `guess-${i}-guess`,
    })
    statuses.push(response.ok ? 200 : response.status)
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429])
  expect((await new Browser('198.51.100.8').call(auth, '/sign-in/email', { email, password })).ok).toBe(true)
})

it('resets a password and ends the sessions', async () => {
  const { browser, email, password } = await owner()
  expect(await resetPassword(auth, connection.db, email, 'another-good-password')).toBe(true)
  expect((await resolveViewer(browser.visit(), auth, connection.db)).viewer.kind).toBe('anonymous')
  const again = new Browser('198.51.100.9')
  expect((await again.call(auth, '/sign-in/email', { email, password })).ok).toBe(false)
  expect((await again.call(auth, '/sign-in/email', { email, password: 'another-good-password' })).ok).toBe(
    true,
  )
  expect(await resetPassword(auth, connection.db, 'nobody@shop.test', 'another-good-password')).toBe(false)
})

describe('signing in again in the same browser', () => {
  const tokenOf = (browser: Browser) => browser.jar.get('eungmo.session_token')
  /** A browser that has stolen the session's cookie. */
  function thiefOf(browser: Browser) {
    const thief = new Browser()
    thief.jar.set('eungmo.session_token', tokenOf(browser) ?? '')
    return thief
  }
  const kindOf = async (browser: Browser) =>
    (await resolveViewer(browser.visit(), auth, connection.db)).viewer.kind

  it('ends the session that the browser had, and no other one of the account', async () => {
    const { browser, email, password } = await owner()
    const other = new Browser()
    await other.call(auth, '/sign-in/email', { email, password })
    const thief = thiefOf(browser)
    expect(await kindOf(thief)).toBe('member')
    expect((await browser.call(auth, '/sign-in/email', { email, password })).ok).toBe(true)
    expect(tokenOf(browser)).not.toBe(tokenOf(thief))
    expect(await Promise.all([browser, thief, other].map(kindOf))).toEqual(['member', 'anonymous', 'member'])
  })

  it('keeps the session that the browser had when the password is wrong', async () => {
    const { browser, email } = await owner()
    const thief = thiefOf(browser)
    await browser.call(auth, '/sign-in/email', { email, password: 'a-wrong-password' })
    expect(await kindOf(thief)).toBe('member')
  })

  it('ends the session of another account, with a line in its access log', async () => {
    const [first, second] = [await owner(), await owner()]
    const thief = thiefOf(first.browser)
    const { email, password } = second
    expect((await first.browser.call(auth, '/sign-in/email', { email, password })).ok).toBe(true)
    expect(await kindOf(thief)).toBe('anonymous')
    const lines = await connection.sql`
      select action from access_log where actor_id = ${first.viewer.userId} order by at, id`
    expect(lines.map(({ action }) => action)).toEqual(['sign-in', 'end-sessions'])
  })
})
