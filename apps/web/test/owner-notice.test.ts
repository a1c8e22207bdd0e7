import { storeOwnerNotice } from '@eungmo/db/queries/owner-notices'
import { expect, test } from 'vitest'
import { noticeHash, shownNoticeVersion } from '../src/lib/server/auth/owner-notice.ts'
import { Browser } from './browser.ts'
import { startTestAuth } from './start-test-auth.ts'

const { connection, auth } = await startTestAuth()
const { db, sql } = connection

const host = { name: '은모 호스팅', contact: 'help@host.test' }

test('each notice is stored once, in both languages, with who runs the installation and how to ask', async () => {
  const shown = (account: 'owner' | 'staff', operator: typeof host | null = host) =>
    shownNoticeVersion(db, { operator, account, hash: noticeHash(operator, account) })
  const versions = [
    await shown('owner'),
    await shown('staff'),
    await shown('owner', null),
    await shown('owner'),
  ]
  expect(new Set(versions).size).toBe(3)
  expect(versions[3]).toBe(versions[0])
  const [row] = await sql`select ko, en from owner_notices where version = ${versions[0] ?? 0}`
  expect(row?.ko).toMatch(/^은모 호스팅에서 이름과 이메일을 .* 문의: help@host\.test$/)
  expect(row?.en).toContain(host.name)
})

test('a notice that has changed since it was shown is not taken for the new one', async () => {
  const hash = noticeHash({ ...host, contact: 'old@host.test' }, 'owner')
  expect(await shownNoticeVersion(db, { operator: host, account: 'owner', hash })).toBeUndefined()
})

test('the version that was shown is stored with the new account, and of no account that exists already', async () => {
  const noticeVersion = await storeOwnerNotice(db, { ko: '첫 안내', en: 'first' })
  const body = {
    name: '새 사장님',
    email: 'new@shop.test',
    password: 'long-enough-password',
    shopName: '가게',
  }
  const signUp = (version: number) =>
    new Browser().call(auth, '/sign-up/email', { ...body, noticeVersion: version })
  expect((await signUp(noticeVersion)).ok).toBe(true)
  const later = await storeOwnerNotice(db, { ko: '다음 안내', en: 'second' })
  expect((await signUp(later)).ok).toBe(true)
  const rows = await sql`select notice_version from users where email = ${body.email}`
  expect(rows.map(({ notice_version }) => notice_version)).toEqual([noticeVersion])
})
