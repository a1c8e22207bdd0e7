import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { expect, test } from 'vitest'
import { DONE_MAX_AGE_S, openDoneEntry, sealDoneEntry } from './done-envelope.ts'

const EVENT_ID = '0190a6f0-0000-7000-8000-000000000001'
const OTHER_EVENT_ID = '0190a6f0-0000-7000-8000-000000000002'
const keys = parseSecretKeys(`k1:${Buffer.alloc(32, 1).toString('base64')}`)
const entry = { applicationNumber: 'K7M2-9QXF', name: '김하늘', tickets: 1, receipt: null }

test('the done page shows an entry for two hours, on its own event only, also from a copied cookie', () => {
  const now = Date.parse('2026-12-20T09:00:00.000Z')
  const sealed = sealDoneEntry(keys, EVENT_ID, entry, now)
  const end = now + DONE_MAX_AGE_S * 1000
  expect(openDoneEntry(keys, EVENT_ID, sealed, end - 1)).toMatchObject(entry)
  expect(openDoneEntry(keys, EVENT_ID, sealed, end)).toBeNull()
  expect(openDoneEntry(keys, OTHER_EVENT_ID, sealed, now)).toBeNull()
  expect(openDoneEntry(keys, EVENT_ID, `${sealed.slice(0, -4)}AAAA`, now)).toBeNull()
  expect(openDoneEntry(keys, EVENT_ID, '', now)).toBeNull()
})
