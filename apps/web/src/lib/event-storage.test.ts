import { signReceipt } from '@eungmo/draw/receipts'
import { afterEach, expect, test, vi } from 'vitest'
import { storedReceipt, storeReceipt } from './event-storage.ts'

afterEach(() => vi.unstubAllGlobals())

const receipt = JSON.stringify(
  signReceipt(new Uint8Array(32).fill(5), {
    eventId: '0190a6f0-0000-7000-8000-000000000001',
    rules: 'ab'.repeat(32),
    id: 'jwR_2DIMT175uATW8nVCAvFUiyI5KoXhbRuZZZz2gRI',
    applicationNumber: 'K7M2-9QXA',
    person: '75'.repeat(32),
    visited: 0,
    n: 0,
    at: '2026-12-20T09:00:00.000Z',
  }),
)

/** The part of the browser's storage that pages use. */
function browserStorage(items = new Map<string, string>()) {
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

test('a stored receipt is returned as it was stored', () => {
  vi.stubGlobal('localStorage', browserStorage())
  storeReceipt('event', receipt)
  expect(storedReceipt('event')).toBe(receipt)
  expect(storedReceipt('another')).toBeNull()
})

test.each(['', '{', '{}', 'null'])('%j is no receipt, and deleted on sight', (text) => {
  const storage = browserStorage()
  vi.stubGlobal('localStorage', storage)
  storeReceipt('event', text)
  expect(storedReceipt('event')).toBeNull()
  expect(storage.getItem('eungmo:receipt:event')).toBeNull()
})

test('a receipt with a salt, which leads to the phone number, is deleted on sight', () => {
  const storage = browserStorage()
  vi.stubGlobal('localStorage', storage)
  storeReceipt('event', '{"receipt":{"n":0,"salt":"09090909"}}')
  expect(storedReceipt('event')).toBeNull()
  expect(storage.getItem('eungmo:receipt:event')).toBeNull()
})
