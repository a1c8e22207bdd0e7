import { authSecrets } from '@eungmo/api/crypto/auth-secrets'
import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { resealAuthTexts } from '@eungmo/api/reseal/reseal-auth-texts'
import { countAuthTexts } from '@eungmo/db/queries/auth-texts'
import { expect, it } from 'vitest'
import { beginAuthenticatorApp, readAuthenticatorApp } from '../src/lib/server/auth/authenticator-app.ts'
import { createTestAuth } from './browser.ts'
import { startPeople } from './start-people.ts'

const { db, sql, owner } = await startPeople()

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`
const [older, newer] = [key('old', 1), key('new', 2)]
const versionOf = (keys: string) => authSecrets(parseSecretKeys(keys))[0].version
const read = (keys: string, userId: string) =>
  readAuthenticatorApp(createTestAuth(db, { secrets: authSecrets(parseSecretKeys(keys)) }), db, { userId })
const stored = async () =>
  (await countAuthTexts(db)).map(({ column, version, count }) => ({ column, version, count }))

it('second factors are encrypted with the newest key, and read after the older one is gone', async () => {
  const { userId } = await owner()
  const auth = createTestAuth(db, { secrets: authSecrets(parseSecretKeys(older)) })
  await beginAuthenticatorApp(auth, db, { userId })
  const before = await read(older, userId)
  expect(before).toMatchObject({ state: 'unconfirmed' })
  const both = ['backup_codes', 'secret']
  const under = (keys: string) =>
    both.map((column) => expect.objectContaining({ column, version: versionOf(keys), count: 1 }))
  expect(await stored()).toEqual(expect.arrayContaining(under(older)))

  const missing = await resealAuthTexts(db, parseSecretKeys(newer))
  expect(missing.flatMap(({ unreadable }) => unreadable)).toHaveLength(2)
  expect(await stored()).toEqual(expect.arrayContaining(under(older)))

  const rotated = parseSecretKeys(`${newer},${older}`)
  const outcomes = await resealAuthTexts(db, rotated)
  expect(
    outcomes
      .filter(({ resealed }) => resealed > 0)
      .map(({ table }) => table)
      .toSorted(),
  ).toEqual(['two_factors.backup_codes', 'two_factors.secret'])
  expect(await stored()).toEqual(expect.arrayContaining(under(newer)))
  expect((await stored()).filter(({ version }) => version === versionOf(older))).toEqual([])
  expect(await read(newer, userId)).toEqual(before)
  expect((await resealAuthTexts(db, rotated)).every(({ resealed }) => resealed === 0)).toBe(true)
  await sql`delete from two_factors where user_id = ${userId}`
})
