import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { deleteAccount } from '../src/operator/delete-account.ts'
import { runOperator } from './support/operator-command.ts'
import { startTwoShops } from './support/two-shops.ts'

const { api, members, callers } = await startTwoShops()
const { db } = api.dependencies
const { owner, staff, stranger } = members
const emailOf = ({ userId }: { userId: string }) => `${userId}@example.com`

/** The tables in which a text stands, in whichever column. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await api.sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('public', 'analytics') and table_type = 'BASE TABLE' order by 1`
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await api.sql.unsafe(`select 1 from ${name} t where t::text like $1 limit 1`, [`%${text}%`])
    if (rows.length > 0) found.push(name)
  }
  return found
}

async function storeMuch(userId: string): Promise<void> {
  const invite = (email: string, inviter: string) => api.sql`
    insert into shop_invitations (id, shop_id, email, role, status, inviter_id, expires_at)
    values (${randomUUID()}, ${owner.shopId}, ${email}, 'staff', 'pending', ${inviter}, now() + interval '1 day')`
  await invite(`friend-of-${userId}@shop.test`, userId)
  await invite(`${userId}@example.com`, stranger.userId)
  await api.sql`
    insert into sessions (id, token, user_id, expires_at)
    values (${randomUUID()}, ${randomUUID()}, ${userId}, now() + interval '1 day')`
  await api.sql`
    insert into accounts (id, account_id, provider_id, user_id, password)
    values (${randomUUID()}, ${userId}, 'credential', ${userId}, 'hash')`
  await api.sql`
    insert into verifications (id, identifier, value, expires_at)
    values (${randomUUID()}, 'hash', ${userId}, now() + interval '1 day')`
}

test('an account leaves nothing but its opaque id in the access log', async () => {
  await storeMuch(staff.userId)
  expect(await tablesWith(staff.userId)).toContain('public.sessions')
  expect(await deleteAccount(db, { target: emailOf(staff).toUpperCase() })).toContain('Deleted the account')
  expect(await tablesWith(emailOf(staff))).toEqual([])
  expect((await tablesWith(staff.userId)).filter((name) => !name.startsWith('public.access_log'))).toEqual([])
  const lines = await api.sql`
    select actor_kind, action from access_log where subject_id = ${staff.userId} and shop_id = ${owner.shopId}`
  expect(lines).toEqual([{ actor_kind: 'operator', action: 'remove-member' }])
})

test('the last owner of a shop hands it over first: the account stays, and so does the rest', async () => {
  const { staff: successor } = await api.createShop('셋째 가게')
  await api.sql`
    insert into shop_members (id, shop_id, user_id, role)
    values (${randomUUID()}, ${owner.shopId}, ${successor.userId}, 'staff')`
  const deleting = deleteAccount(db, { target: emailOf(owner) })
  await expect(deleting).rejects.toThrow(
    'is the last owner of 링고베이커리: make somebody else its owner first.',
  )
  expect(await tablesWith(emailOf(owner))).toContain('public.users')
  const [row] = await api.sql`
    select id from shop_members where shop_id = ${owner.shopId} and user_id = ${successor.userId}`
  await callers.owner.shops.changeRole({ memberId: String(row?.id), role: 'owner' })
  await deleteAccount(db, { target: emailOf(owner) })
  expect(await tablesWith(emailOf(owner))).toEqual([])
})

test('the command says what it did, and which address has no account', async () => {
  const { staff: member } = await api.createShop()
  const address = emailOf(member)
  expect(await runOperator(api.url, 'delete-account', [address])).toEqual({
    exitCode: 0,
    stdout: `Deleted the account of ${address}.\n`,
    stderr: '',
  })
  expect(await runOperator(api.url, 'delete-account', [address])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(`No account has the e-mail address ${address}.`),
  })
})
