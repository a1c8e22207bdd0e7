import { findApiKey } from '@eungmo/db/queries/api-keys'
import { beforeEach, describe, expect, test } from 'vitest'
import { RECHECK_INTERVAL_MS } from '../src/analytics/follow-analytics.ts'
import type { Actor, Viewer } from '../src/context.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { openLive } from './support/live.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const waits = new Set<() => void>()
const { api } = await startTwoShops({
  wait: (_ms, signal) =>
    new Promise<void>((resolve) => {
      const end = () => resolve(void waits.delete(end))
      waits.add(end)
      signal?.addEventListener('abort', end, { once: true })
    }),
})

let owner: Actor
let staff: Actor
beforeEach(async () => {
  ;({ owner, staff } = await api.createShop())
})

async function memberIdOf({ userId, shopId }: Actor): Promise<string> {
  const [row] = await api.sql`
    select id from shop_members where shop_id = ${shopId} and user_id = ${userId ?? ''}`
  return String(row?.id)
}
async function roleOf({ userId, shopId }: Actor): Promise<string | undefined> {
  const [row] = await api.sql<{ role: string }[]>`
    select role from shop_members where shop_id = ${shopId} and user_id = ${userId ?? ''}`
  return row?.role
}
const changeRole = async (by: Actor, of: Actor, role: 'owner' | 'staff') =>
  api.as(by).shops.changeRole({ memberId: await memberIdOf(of), role })
const removeMember = async (by: Actor, of: Actor) =>
  api.as(by).shops.removeMember({ memberId: await memberIdOf(of) })
const handOver = async (by: Actor, to: Actor, afterwards: 'staff' | 'leave') =>
  api.as(by).shops.handOver({ memberId: await memberIdOf(to), afterwards })
const leave = (by: Actor) => api.as(by).shops.leave({ shopId: by.shopId })
/** Makes staff a second owner. */
async function promote(): Promise<void> {
  await changeRole(owner, staff, 'owner')
  staff = { ...staff, role: 'owner' }
}
const linesOf = async ({ shopId }: Actor) =>
  (
    await api.sql`select action, actor_id, subject_id from access_log where shop_id = ${shopId} order by at, id`
  ).map(({ action, actor_id, subject_id }) => [action, actor_id, subject_id])

describe('owners of a shop', () => {
  test('make a staff member a second owner, and either makes the other staff again', async () => {
    await promote()
    expect(await roleOf(staff)).toBe('owner')
    await changeRole(staff, owner, 'staff')
    expect(await roleOf(owner)).toBe('staff')
    expect(await linesOf(owner)).toEqual([
      ['change-role', owner.userId, staff.userId],
      ['change-role', staff.userId, owner.userId],
    ])
  })

  test('hand the shop over, and are staff or gone afterwards', async () => {
    await handOver(owner, staff, 'staff')
    expect([await roleOf(owner), await roleOf(staff)]).toEqual(['staff', 'owner'])
    staff = { ...staff, role: 'owner' }
    await handOver(staff, owner, 'leave')
    expect([await roleOf(owner), await roleOf(staff)]).toEqual(['owner', undefined])
    expect(await linesOf(owner)).toEqual([
      ['change-role', owner.userId, staff.userId],
      ['change-role', owner.userId, owner.userId],
      ['change-role', staff.userId, owner.userId],
      ['remove-member', staff.userId, staff.userId],
    ])
  })

  test('remove staff and each other, and everybody may leave', async () => {
    await promote()
    await removeMember(staff, owner)
    expect(await roleOf(owner)).toBeUndefined()
    const other = await api.createShop()
    await leave(other.staff)
    expect(await roleOf(other.staff)).toBeUndefined()
    expect(await linesOf(other.owner)).toEqual([['remove-member', other.staff.userId, other.staff.userId]])
  })

  test('the last one is neither demoted nor removed, and does not leave: 409 LAST_OWNER', async () => {
    await expectApiError(changeRole(owner, owner, 'staff'), 'LAST_OWNER')
    await expectApiError(removeMember(owner, owner), 'LAST_OWNER')
    await expectApiError(leave(owner), 'LAST_OWNER')
    expect(await roleOf(owner)).toBe('owner')
    expect(await linesOf(owner)).toEqual([])
  })

  test('two who demote, remove or leave at once never leave a shop without an owner', async () => {
    const ways = [
      (by: Actor, of: Actor) => changeRole(by, of, 'staff'),
      (by: Actor, of: Actor) => removeMember(by, of),
      (by: Actor) => leave(by),
      (by: Actor, of: Actor) => handOver(by, of, 'leave'),
    ]
    for (const first of ways)
      for (const second of ways) {
        ;({ owner, staff } = await api.createShop())
        await promote()
        await Promise.allSettled([first(owner, staff), second(staff, owner)])
        const roles = [await roleOf(owner), await roleOf(staff)]
        expect(roles, `${first} and ${second}`).toContain('owner')
      }
  })

  test('a former owner changes nothing, also with a request that was on its way', async () => {
    await promote()
    await changeRole(staff, owner, 'staff')
    await expectApiError(changeRole(owner, staff, 'staff'), 'FORBIDDEN')
    await expectApiError(
      api.as({ ...owner, role: 'staff' }).shops.handOver({
        memberId: await memberIdOf(staff),
        afterwards: 'staff',
      }),
      'FORBIDDEN',
    )
    expect(await roleOf(staff)).toBe('owner')
  })

  test('change members of their own shop only', async () => {
    const stranger = await api.createShop('다른 가게')
    const memberId = await memberIdOf(stranger.staff)
    const { shops } = api.as(owner)
    await expectApiError(shops.changeRole({ memberId, role: 'owner' }), 'NOT_FOUND')
    await expectApiError(shops.removeMember({ memberId }), 'NOT_FOUND')
    await expectApiError(shops.handOver({ memberId, afterwards: 'staff' }), 'NOT_FOUND')
    await expectApiError(handOver(owner, owner, 'leave'), 'NOT_FOUND')
    await expectApiError(shops.leave({ shopId: stranger.owner.shopId }), 'NOT_FOUND')
    expect(await roleOf(stranger.staff)).toBe('staff')
  })
})

test('with the role end the API keys and the open invitations of a former owner', async () => {
  const { key } = await api.as(owner).apiKeys.create({ name: '홈페이지', scopes: ['participants:read'] })
  const hash = new Bun.CryptoHasher('sha256').update(key).digest('hex')
  const invitationId = Bun.randomUUIDv7()
  await api.sql`
    insert into shop_invitations (id, shop_id, email, role, status, inviter_id, expires_at)
    values (${invitationId}, ${owner.shopId}, 'me-again@shop.test', 'staff', 'pending', ${owner.userId ?? ''},
      now() + interval '7 days')`
  expect(await findApiKey(api.dependencies.db, { hash })).toBeDefined()
  await handOver(owner, staff, 'staff')
  expect(await findApiKey(api.dependencies.db, { hash })).toBeUndefined()
  const [invitation] = await api.sql`select status from shop_invitations where id = ${invitationId}`
  expect(invitation?.status).toBe('canceled')
  expect(await linesOf(owner)).toContainEqual(['cancel-invitation', owner.userId, invitationId])
})

test('a change of owners shows on the privacy page with its date', async () => {
  const { slug } = await createOpenEvent(api.as(owner))
  const before = await api.anonymous.events.privacy({ slug })
  await api.sql`update users set name = '새 사장님' where id = ${staff.userId ?? ''}`
  await handOver(owner, staff, 'leave')
  const after = await api.anonymous.events.privacy({ slug })
  expect(after.shop.privacyOfficer).toBe('새 사장님')
  expect(Date.parse(after.shop.changedAt)).toBeGreaterThan(Date.parse(before.shop.changedAt))
})

test('an open stream ends within 30 seconds after its viewer was removed', async () => {
  const { id } = await createOpenEvent(api.as(owner))
  const currentViewer = (of: Actor) => async (): Promise<Viewer> => {
    const role = await roleOf(of)
    return role === undefined ? { kind: 'anonymous' } : { ...of, role: role === 'owner' ? 'owner' : 'staff' }
  }
  const open = (viewer: Actor) =>
    openLive(api, { viewer, eventIds: [id], currentViewer: currentViewer(viewer) })
  const removed = await open(staff)
  await removed.next()
  await removeMember(owner, staff)
  const ended = removed.next()
  expect(RECHECK_INTERVAL_MS).toBe(30_000)
  await expect.poll(() => waits.size).toBeGreaterThan(0)
  for (const end of [...waits]) end()
  await expect(ended).rejects.toThrow('UNAUTHENTICATED')
})
